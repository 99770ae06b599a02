"""What the audit keeps of an act: what changed, from where, and no secret."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import RequestFactory, override_settings

from academy.people.api import ActKind, NotForTheAudit, record_act, record_change
from academy.people.domain.audit import recent_sign_ins
from academy.people.domain.origins import device_in_words, network_of, origin_of, request_under_way
from academy.people.models import AuditEvent, User
from tests.factories.people import AuditEventFactory

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML) Version/18.0 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML) Chrome/140.0.0.0 Mobile Safari/537.36"


def test_act_is_kept_with_everything_that_tells_it(at: datetime, admin: User, learner: User) -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="203.0.113.9", headers={"user-agent": FIREFOX})

    record_act(
        kind=ActKind.ACCOUNT_AMENDED,
        actor=admin,
        at=at,
        obj=learner,
        before={"is_active": True},
        after={"is_active": False},
        reason="  Left\nthe ministry ",
        request=request,
    )

    kept = AuditEvent.objects.values().get()
    assert {name: value for name, value in kept.items() if name not in {"id", "uuid"}} == {
        "kind": "account_amended",
        "actor_id": admin.pk,
        "object_type": "people.User",
        "object_id": str(learner.pk),
        "label": "",
        "organisation_id": None,
        "before": {"is_active": True},
        "after": {"is_active": False},
        "reason": "Left the ministry",
        "origin": "203.0.113.0/24",
        "device": "Firefox, Windows",
        "request_id": "",
        "occurred_at": at,
    }


@pytest.mark.parametrize("name", ["password", "token", "secret", "last_login"])
def test_value_that_is_not_on_the_list_is_refused(at: datetime, learner: User, name: str) -> None:
    with pytest.raises(NotForTheAudit, match=f"^{name} of people.User$"):
        record_act(kind=ActKind.ACCOUNT_AMENDED, actor=None, at=at, obj=learner, after={name: "canary"})

    assert not AuditEvent.objects.exists()


def test_long_values_are_cut(at: datetime, learner: User) -> None:
    event = record_act(
        kind=ActKind.IMPORTED,
        actor=learner,
        at=at,
        after={"name": "x" * 5000, "methods": ["y"] * 5000, "filters": {"a": ["z" * 5000]}, "rows": 5000},
        reason="r" * 5000,
    )

    event.refresh_from_db()
    assert event.after == {
        "name": "x" * 199 + "…",
        "methods": ["y"] * 50,
        "filters": {"a": ["z" * 199 + "…"]},
        "rows": 5000,
    }
    assert event.reason == "r" * 500


def test_change_tells_only_what_differs(at: datetime, learner: User) -> None:
    event = record_change(
        kind=ActKind.PROFILE_CHANGED,
        actor=learner,
        at=at,
        obj=learner,
        before={"language": "en", "time_zone": "UTC"},
        after={"language": "es", "time_zone": "UTC"},
    )

    assert event is not None
    assert (event.before, event.after) == ({"language": "en"}, {"language": "es"})


def test_change_of_nothing_is_no_act(at: datetime, learner: User) -> None:
    same = {"language": "en"}

    assert (
        record_change(kind=ActKind.PROFILE_CHANGED, actor=learner, at=at, obj=learner, before=same, after=same) is None
    )
    assert not AuditEvent.objects.exists()


def test_act_that_is_rolled_back_is_not_told(at: datetime, learner: User) -> None:
    with transaction.atomic():
        record_act(kind=ActKind.EXPORTED, actor=learner, at=at)
        transaction.set_rollback(True)

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"object_type": ""}, {"object_id": ""}])
def test_database_refuses_nonsense(wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEventFactory(**wrong)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("::ffff:203.0.113.9", "203.0.113.0/24"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_network_is_kept_in_place_of_the_address(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (SAFARI, "Safari, iPhone"),
        (EDGE, "Edge, Windows"),
        (CHROME, "Chrome, Android"),
        ("curl/8.0", ""),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_device_is_told_in_words(agent: str, words: str) -> None:
    assert device_in_words(agent) == words


def test_origin_is_that_of_the_request_under_way_and_of_no_other() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.9")

    with request_under_way(request):
        assert origin_of().network == "203.0.113.0/24"

    assert origin_of().network == ""


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_origin_is_told_past_a_trusted_proxy() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "6.6.6.6, 203.0.113.9"})

    assert origin_of(request).network == "203.0.113.0/24"


def test_origin_of_a_request_without_an_address_is_empty() -> None:
    request = RequestFactory().get("/")
    del request.META["REMOTE_ADDR"]

    assert origin_of(request).network == ""


def test_recent_sign_ins_are_ones_own_ten_newest_first(learner: User, outsider: User) -> None:
    mine = [AuditEventFactory(actor_id=learner.pk) for _number in range(12)]
    AuditEventFactory(actor_id=outsider.pk)
    AuditEventFactory(actor_id=learner.pk, kind=ActKind.SIGNED_OUT)

    assert recent_sign_ins(user=learner) == mine[:1:-1]
