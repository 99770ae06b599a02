"""Step-up: a sensitive act asks once more who is there, and loses nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import timezone

from academy.lib.access import SIGNED_IN, access
from academy.people.api import recently_authenticated
from academy.urls import urlpatterns as ours
from tests.factories.people import PASSWORD, UserFactory
from tests.support.factors import app_code, confirm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.people.test_step_up")]


@access(SIGNED_IN)
@recently_authenticated
def give(request: HttpRequest) -> HttpResponse:
    """A sensitive act."""
    return HttpResponse(f"{request.method} {request.POST.get('grant', 'nothing')} by {request.user}")


urlpatterns = [path("give/", give, name="give"), *ours]


def test_new_sign_in_is_asked_again_and_what_was_posted_is_kept(client: Client) -> None:
    client.force_login(UserFactory(display_name="Ana"))

    asked = client.post("/give/", {"grant": "trainer"})

    assert asked["Location"] == f"{reverse('account_reauthenticate')}?next=%2Fgive%2F"
    assert "Is it you?" in client.get(asked["Location"]).text
    assert "This is not your password" in client.post(asked["Location"], {"password": "wrong"}).text
    assert client.post(asked["Location"], {"password": PASSWORD}).text == "POST trainer by Ana"
    # For a while, nothing is asked.
    assert client.post("/give/", {"grant": "author"}).text == "POST author by Ana"


def test_code_of_an_app_will_do(client: Client) -> None:
    client.force_login(UserFactory(display_name="Ana", second_factor=True))
    asked = client.post("/give/", {"grant": "trainer"})
    other_way = f"{reverse('mfa_reauthenticate')}?next=%2Fgive%2F"
    assert f'href="{other_way.replace("&", "&amp;")}"' in client.get(asked["Location"]).text

    assert "This did not work" in client.post(other_way, {"code": "000000"}).text
    assert client.post(other_way, {"code": app_code()}).text == "POST trainer by Ana"


def test_page_that_was_to_be_read_is_shown_afterwards(client: Client) -> None:
    client.force_login(UserFactory(display_name="Ana"))
    asked = client.get("/give/")

    assert client.post(asked["Location"], {"password": PASSWORD}, follow=True).text == "GET nothing by Ana"


def test_it_is_asked_again_after_ten_minutes(client: Client) -> None:
    client.force_login(UserFactory(display_name="Ana"))
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        confirm(client)
        clock.move_to(start + timedelta(seconds=599))
        assert client.get("/give/").status_code == 200
        clock.move_to(start + timedelta(seconds=600))
        assert client.get("/give/").status_code == 302


@override_settings(ACCOUNT_REAUTHENTICATION_REQUIRED=False)
def test_setting_of_allauth_does_not_switch_ours_off(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get("/give/").status_code == 302


def test_record_of_another_person_in_the_same_browser_does_not_count(client: Client) -> None:
    client.force_login(UserFactory())
    confirm(client)
    client.force_login(UserFactory())

    assert client.get("/give/").status_code == 302
