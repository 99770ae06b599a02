"""People in the CMS: our person has one name, and no password that anybody else knows."""

from __future__ import annotations

from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from academy.people.api import open_account
from academy.people.domain.groups import ensure_group
from academy.people.enums import GrantKind
from academy.people.models import User
from tests.factories.people import PASSWORD, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db

GOOD = {"email": "Bea@Example.org", "display_name": "Bea", "language": "es", "time_zone": "Africa/Nairobi"}


@pytest.fixture
def admin(client: Client) -> User:
    user = UserFactory(display_name="Ada", is_superuser=True)
    client.force_login(user)
    return user


def test_list_shows_and_finds_people_by_name(client: Client, admin: User) -> None:
    UserFactory(display_name="Bea")

    listing = client.get(reverse("wagtailusers_users:index"))
    found = client.get(reverse("wagtailusers_users:index"), {"q": "Bea"})

    assert [user.display_name for user in listing.context["users"]] == ["Ada", "Bea"]
    assert [user.display_name for user in found.context["users"]] == ["Bea"]


def test_form_asks_for_what_our_person_has(client: Client, admin: User) -> None:
    html = client.get(reverse("wagtailusers_users:add")).text

    for name in ("email", "display_name", "language", "time_zone"):
        assert f'name="{name}"' in html
    for name in ("first_name", "last_name", "password1", "is_superuser", "groups"):
        assert f'name="{name}"' not in html


def test_account_is_opened_without_a_password(client: Client, admin: User) -> None:
    group = ensure_group(kind=GrantKind.AUTHOR)

    response = client.post(
        reverse("wagtailusers_users:add"), {**GOOD, "groups": [group.pk], "is_superuser": "on", "is_active": ""}
    )

    assert response.status_code == 302
    bea = User.objects.get(email="bea@example.org")
    assert (bea.display_name, bea.language, bea.time_zone) == ("Bea", "es", "Africa/Nairobi")
    assert not bea.has_usable_password()
    assert not bea.is_superuser
    assert list(bea.groups.all()) == []
    assert list(bea.emailaddress_set.values_list("email", "verified", "primary")) == [("bea@example.org", False, True)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "ADA@example.org"}, "A user with that username already exists."),
        ({"email": "nonsense"}, "Enter an e-mail address in the right form, like name@example.org."),
        ({"display_name": " "}, "Enter your name."),
        ({"time_zone": "Mars/Olympus"}, "is not a time zone."),
    ],
)
def test_account_that_cannot_be_is_refused(client: Client, admin: User, changes: dict[str, str], message: str) -> None:
    UserFactory(email="ada@example.org")

    response = client.post(reverse("wagtailusers_users:add"), {**GOOD, **changes})

    assert response.status_code == 200
    assert message in response.text
    assert User.objects.count() == 2


def test_account_is_amended_and_a_new_address_must_be_confirmed(client: Client, admin: User) -> None:
    bea = UserFactory(email="bea@example.org")

    client.post(
        reverse("wagtailusers_users:edit", args=[bea.pk]), {**GOOD, "email": "b@example.org", "is_active": "on"}
    )

    bea.refresh_from_db()
    assert (bea.email, bea.display_name, bea.is_active) == ("b@example.org", "Bea", True)
    assert bea.check_password(PASSWORD)
    assert list(EmailAddress.objects.filter(user=bea).values_list("email", "verified")) == [("b@example.org", False)]


def test_amending_without_moving_keeps_the_address_confirmed(client: Client, admin: User) -> None:
    bea = UserFactory(email="bea@example.org")

    client.post(reverse("wagtailusers_users:edit", args=[bea.pk]), GOOD)

    bea.refresh_from_db()
    assert not bea.is_active
    assert EmailAddress.objects.get(user=bea).verified


def test_administrator_cannot_lock_themselves_out(client: Client, admin: User) -> None:
    client.post(reverse("wagtailusers_users:edit", args=[admin.pk]), {**GOOD, "email": admin.email})

    admin.refresh_from_db()
    assert admin.is_active
    assert admin.is_superuser


def test_administrator_of_the_site_cannot_touch_the_operator(client: Client) -> None:
    helper, operator = StaffFactory(kinds=[GrantKind.SITE_ADMIN]), UserFactory(is_superuser=True)
    client.force_login(helper)

    assert client.get(reverse("wagtailusers_users:edit", args=[operator.pk])).status_code == 404
    client.post(reverse("wagtailusers_users:edit", args=[operator.pk]), {**GOOD, "email": "taken-over@example.org"})

    operator.refresh_from_db()
    assert operator.email != "taken-over@example.org"


def test_second_account_of_one_address_is_refused_by_the_domain(at: datetime) -> None:
    UserFactory(email="bea@example.org")

    with pytest.raises(ValidationError, match="Person with this E-mail address already exists"):
        open_account(**GOOD, by=None, at=at)


def test_people_are_not_deleted(client: Client, admin: User) -> None:
    bea = UserFactory()

    response = client.post(reverse("wagtailusers_users:delete", args=[bea.pk]))

    assert response.status_code == 404
    assert User.objects.filter(pk=bea.pk).exists()
    assert "Delete" not in client.get(reverse("wagtailusers_users:edit", args=[bea.pk])).text


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_nobody_is_dealt_with_in_bulk(client: Client, admin: User, action: str) -> None:
    bea = UserFactory(display_name="Bea")
    address = f"/cms/bulk/people/user/{action}/?next=/cms/users/&id={bea.pk}"

    for response in (client.get(address), client.post(address, {"mark_as_active": "False"})):
        assert response.status_code == 404
        assert "Bea" not in response.text
    bea.refresh_from_db()
    assert bea.is_active


def test_own_preferences_ask_for_no_name(client: Client) -> None:
    client.force_login(StaffFactory())

    html = client.get("/cms/account/").text

    assert "first_name" not in html
    assert 'name="theme-theme"' in html
    assert (
        client.post(
            "/cms/account/", {"theme-theme": "dark", "theme-contrast": "system", "theme-density": "default"}
        ).status_code
        == 302
    )
