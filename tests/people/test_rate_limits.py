"""Limits on guessing: counted in one place for all, by the address that a proxy of ours saw."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse

from academy.lib.access import PUBLIC, SIGNED_IN, access
from academy.lib.limits import rate_limited, within_limit
from academy.records.views import LOOK_UPS
from academy.urls import urlpatterns as ours
from tests.factories.people import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.people.test_rate_limits")]


@access(PUBLIC)
@rate_limited("join", "2/m/ip")
def join(request: HttpRequest) -> HttpResponse:
    """Takes a secret."""
    return HttpResponse("joined")


@access(PUBLIC)
@rate_limited("look", "2/m/ip", reading=True)
def look(request: HttpRequest) -> HttpResponse:
    """Has a secret in its address."""
    return HttpResponse("seen")


@access(SIGNED_IN)
@rate_limited("mine", "2/m/user")
def mine(request: HttpRequest) -> HttpResponse:
    """Counts by person."""
    return HttpResponse("mine")


urlpatterns = [path("join/", join), path("look/", look), path("mine/", mine), *ours]

FILES = "django.core.cache.backends.filebased.FileBasedCache"
TABLE = "django.core.cache.backends.db.DatabaseCache"


@pytest.fixture(params=["file", "database"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Limits as in production: on, in a cache that processes share."""
    backend = {"BACKEND": FILES, "LOCATION": tmp_path}
    if request.param == "database":
        backend = {"BACKEND": TABLE, "LOCATION": "academy_cache"}
    with override_settings(CACHES={"default": backend}, RATE_LIMITS=True, ACCOUNT_RATE_LIMITS={}, MFA_RATE_LIMITS={}):
        if request.param == "database":
            call_command("createcachetable")
        yield
        cache.clear()


def test_two_browsers_of_one_address_share_a_limit(shared: None) -> None:
    statuses = [Client().post("/join/").status_code for _try in range(3)]

    assert statuses == [200, 200, 429]
    assert "Wait a few minutes" in Client().post("/join/").text


def test_looking_counts_where_the_address_is_the_secret_and_not_elsewhere(shared: None) -> None:
    assert [Client().get("/look/").status_code for _try in range(3)] == [200, 200, 429]
    assert [Client().get("/join/").status_code for _try in range(3)] == [200, 200, 200]


def test_limits_of_different_things_and_people_are_apart(shared: None) -> None:
    first, second = Client(), Client()
    for one in (first, second):
        one.force_login(UserFactory())

    assert [first.post("/mine/").status_code for _try in range(3)] == [200, 200, 429]
    assert second.post("/mine/").status_code == 200
    assert first.post("/join/").status_code == 200


def test_limits_are_off_where_the_settings_say_so(client: Client) -> None:
    assert [client.post("/join/").status_code for _try in range(3)] == [200, 200, 200]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "statuses"),
    [
        # Nobody stands in front: the header is the client's own.
        (0, ["10.0.0.1", "10.0.0.2", "10.0.0.3"], [200, 200, 429]),
        # One proxy: what it adds counts, what was there before does not.
        (1, ["10.0.0.1, 192.0.2.9", "10.0.0.2, 192.0.2.9", "10.0.0.3, 192.0.2.9"], [200, 200, 429]),
        (1, ["192.0.2.1", "192.0.2.2", "192.0.2.3"], [200, 200, 200]),
        # Two proxies: the client's address is the last but one.
        (
            2,
            ["10.0.0.1, 192.0.2.9, 172.16.0.1", "10.0.0.2, 192.0.2.9, 172.16.0.1", "192.0.2.9, 172.16.0.2"],
            [200, 200, 429],
        ),
        # A network of IPv6 is one client.
        (1, ["2001:db8::1", "2001:db8::2", "2001:db8::3"], [200, 200, 429]),
    ],
)
def test_invented_addresses_do_not_get_round_a_limit(
    shared: None, proxies: int, forwarded: list[str], statuses: list[int]
) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        answers = [Client().post("/join/", headers={"x-forwarded-for": header}) for header in forwarded]

    assert [answer.status_code for answer in answers] == statuses


# What takes a secret, and how often it may be tried from one place before it says no.
SECRETS: dict[str, tuple[dict[str, str], int]] = {
    "account_login": ({"login": "nobody@example.org", "password": "wrong"}, 30),
    "account_signup": ({"email": "x"}, 20),
    "account_reset_password": ({"email": "nobody@example.org"}, 20),
    "mfa_login_webauthn": ({"credential": "{}"}, 10),
}


@pytest.mark.parametrize("name", SECRETS)
def test_every_door_has_a_limit(shared: None, name: str) -> None:
    data, allowed = SECRETS[name]
    answers: list[Any] = []
    while len(answers) <= allowed and (not answers or answers[-1].status_code != 429):
        answers.append(Client().post(reverse(name), data))

    assert answers[-1].status_code == 429 or "There were too many attempts" in answers[-1].text


def test_question_whether_it_is_you_has_a_limit(shared: None, client: Client) -> None:
    client.force_login(UserFactory())
    answers = [client.post(reverse("account_reauthenticate"), {"password": "wrong"}) for _try in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]


def test_change_of_password_has_a_limit(shared: None, client: Client) -> None:
    client.force_login(UserFactory())
    data = {"oldpassword": "wrong", "password1": "four quiet herons fishing"}
    answers = [client.post(reverse("account_change_password"), data) for _try in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert PASSWORD not in answers[0].text


@pytest.mark.parametrize("address", ["/en/verify/?code=x", f"/en/verify/{'0' * 26}/"])
def test_looking_for_certificates_has_a_limit(shared: None, client: Client, rf: RequestFactory, address: str) -> None:
    for _look in range(119):
        assert within_limit(rf.get("/"), scope="verify", rate=LOOK_UPS)

    assert [client.get(address).status_code == 429 for _look in range(2)] == [False, True]
