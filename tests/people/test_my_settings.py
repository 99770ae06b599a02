"""One's own settings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse

from academy.people.domain.accounts import NotYourAccount, time_zones, update_profile
from academy.people.enums import ActKind
from academy.people.middleware import PreferencesMiddleware
from academy.people.models import AuditEvent, User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

GOOD = {"display_name": "Ana Pérez", "language": "en", "time_zone": "Asia/Jakarta"}


@pytest.fixture
def ana(client: Client) -> User:
    user = UserFactory(display_name="Ana")
    client.force_login(user)
    return user


def test_settings_are_stored_and_the_page_is_shown_anew(client: Client, ana: User) -> None:
    response = client.post(reverse("my_settings"), GOOD)

    assert response.status_code == 302
    assert response["Location"] == reverse("my_settings")
    ana.refresh_from_db()
    assert (ana.display_name, ana.language, ana.time_zone) == ("Ana Pérez", "en", "Asia/Jakarta")
    assert "Your settings are saved." in client.get(response["Location"]).text
    assert "Your settings are saved." not in client.get(response["Location"]).text


def test_chosen_language_is_the_language_of_the_next_page(client: Client, ana: User) -> None:
    response = client.post(reverse("my_settings"), {**GOOD, "language": "es"})

    assert response["Location"] == "/es/my/settings/"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("display_name", "", "Enter your name."),
        ("display_name", "a" * 1_000_000, "Your name must be 150 characters or fewer."),
        ("language", "tlh", "Select a valid choice. tlh is not one of the available choices."),
        ("time_zone", "Mars/Olympus", "Select a valid choice. Mars/Olympus is not one of the available choices."),
    ],
)
def test_fault_is_explained_and_nothing_is_stored(
    client: Client, ana: User, field: str, value: str, message: str
) -> None:
    response = client.post(reverse("my_settings"), {**GOOD, field: value})

    assert response.status_code == 200
    assert f'<a href="#id_{field}">{message}</a>' in response.text
    ana.refresh_from_db()
    assert (ana.display_name, ana.language, ana.time_zone) == ("Ana", "en", "UTC")


def test_name_with_markup_is_shown_as_written(client: Client, ana: User) -> None:
    client.post(reverse("my_settings"), {**GOOD, "display_name": '"><script>alert(1)</script>'})

    html = client.get(reverse("my_settings")).text
    assert "<script>alert(1)</script>" not in html
    assert "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_zone_outside_the_list_is_kept(client: Client, ana: User) -> None:
    User.objects.update(time_zone="Zulu")

    client.post(reverse("my_settings"), {**GOOD, "time_zone": "Zulu"})

    ana.refresh_from_db()
    assert ana.time_zone == "Zulu"


def test_times_are_shown_in_the_zone_of_the_person(client: Client, ana: User) -> None:
    User.objects.update(time_zone="Asia/Jakarta")
    seen = []
    noon = Template("{{ at|date:'H:i' }}")

    def view(request):
        seen.append(noon.render(Context({"at": datetime(2026, 3, 2, 12, tzinfo=UTC)})))
        return HttpResponse()

    request = RequestFactory().get("/")
    for zone in ("Asia/Jakarta", "UTC", "Gone/Away"):
        ana.time_zone = zone
        request.user = ana
        PreferencesMiddleware(view)(request)
    view(request)

    assert seen == ["19:00", "12:00", "12:00", "12:00"]


def test_profile_is_changed_by_its_owner_alone(ana: User, at: datetime) -> None:
    with pytest.raises(NotYourAccount):
        update_profile(user=ana, **GOOD, by=UserFactory(is_superuser=True), at=at)


def test_profile_that_cannot_be_is_refused_by_the_domain_too(ana: User, at: datetime) -> None:
    for wrong in ({"display_name": " "}, {"language": "tlh"}, {"time_zone": "Mars/Olympus"}):
        with pytest.raises(ValidationError):
            update_profile(user=ana, **(GOOD | wrong), by=ana, at=at)
    ana.refresh_from_db()
    assert ana.display_name == "Ana"


def test_change_is_told_to_the_audit(ana: User, at: datetime) -> None:
    update_profile(user=ana, **GOOD, by=ana, at=at)

    entry = AuditEvent.objects.get(kind=ActKind.PROFILE_CHANGED)
    assert (entry.actor_id, entry.occurred_at, entry.object_id) == (ana.pk, at, str(ana.pk))


def test_zones_to_choose_from_begin_with_utc_and_hold_places_alone() -> None:
    zones = time_zones()

    assert zones[0] == "UTC"
    assert "Africa/Nairobi" in zones
    assert not {"Zulu", "Etc/GMT+3", "US/Eastern", "EST"} & set(zones)
