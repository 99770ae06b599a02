"""Closing an account: who may, what is left, and that it is for good."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from academy.home.domain.audit_lines import line
from academy.people.api import (
    ActKind,
    ClosingReason,
    GrantKind,
    LastAdministrator,
    MayNotClose,
    close_account,
    may_close,
    open_account,
)
from academy.people.domain.accounts import amend_account
from academy.people.models import AuditEvent, Grant, Organisation, User
from tests.factories.assessments import PracticeResponseFactory
from tests.factories.courses import EnrolmentFactory
from tests.factories.people import (
    EDITORS,
    PASSWORD,
    AuditEventFactory,
    GrantFactory,
    MembershipFactory,
    OrganisationFactory,
    StaffFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

OWN = ClosingReason.OWN_WISH


def close(person: User, *, by: User, at: datetime, reason: ClosingReason = ClosingReason.ON_REQUEST) -> User:
    close_account(person=person, reason=reason, by=by, at=at)
    return User.objects.get(pk=person.pk)


def helper(place: Organisation | None = None) -> User:
    """Somebody who may close accounts, everywhere or in a branch, and is no operator."""
    kind = GrantKind.ORGANISATION_ADMIN if place else GrantKind.SITE_ADMIN
    user: User = StaffFactory(kinds=[kind], kinds__place=place)
    return user


def signed_in(user: User) -> Client:
    """Return a client of somebody who has just entered the password once more."""
    client = Client()
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


# The verb ----------------------------------------------------------------------------------------


def test_closed_account_is_a_shell(learner: User, at: datetime) -> None:
    learner.language = "es"
    learner.save()

    shell = close(learner, by=learner, at=at, reason=OWN)

    assert (shell.display_name, shell.language, shell.time_zone) == ("Closed account", "en", "UTC")
    assert shell.email == f"{shell.public_id}@closed.invalid"
    assert shell.public_id != learner.public_id
    assert (shell.is_active, shell.is_superuser, shell.last_login) == (False, False, None)
    assert (shell.closed_at, shell.closed_by, shell.date_joined) == (at, learner, at)
    assert not shell.has_usable_password()
    assert not EmailAddress.objects.filter(user=shell).exists()
    with translation.override("es"):
        assert str(shell) == shell.get_full_name() == shell.get_short_name()


def test_closing_says_what_happened_to_which_rows(learner: User, at: datetime) -> None:
    PracticeResponseFactory(learner=learner)
    PracticeResponseFactory(learner=learner)
    enrolment = EnrolmentFactory(learner=learner)

    done = close_account(person=learner, reason=OWN, by=learner, at=at)

    assert (done.deleted["assessments.PracticeResponse"], done.deleted["account.EmailAddress"]) == (2, 1)
    assert (done.blanked["courses.Enrolment"], done.kept["courses.Enrolment"]) == (1, 1)
    assert done.blanked["people.User"] == 1
    enrolment.refresh_from_db()
    assert (enrolment.closed_at, enrolment.closed_by) == (at, learner)


def test_closing_leaves_other_people_alone(learner: User, outsider: User, at: datetime) -> None:
    response = PracticeResponseFactory(learner=outsider)
    before = User.objects.filter(pk=outsider.pk).values().get()

    close(learner, by=learner, at=at)

    assert User.objects.filter(pk=outsider.pk).values().get() == before
    assert list(outsider.practice.all()) == [response]
    assert EmailAddress.objects.filter(user=outsider).count() == 1


def test_closing_twice_changes_nothing(learner: User, admin: User, at: datetime) -> None:
    first = close(learner, by=learner, at=at)

    done = close_account(person=first, reason=OWN, by=admin, at=at)

    assert (done.deleted, done.blanked, done.kept) == ({}, {}, {})
    assert User.objects.get(pk=learner.pk).public_id == first.public_id


def test_rights_of_staff_end_and_their_name_leaves_the_history(admin: User, at: datetime) -> None:
    editor = StaffFactory(kinds=EDITORS, display_name="Edda Editor")
    to_come = GrantFactory(person=editor, kind=GrantKind.TRAINER, starts_at=at + timedelta(days=900))
    over = GrantFactory(person=editor, kind=GrantKind.MARKER, ends_at=at + timedelta(seconds=1), reason="Edda asked")
    membership = MembershipFactory(person=editor)
    log(editor, "wagtail.edit", user=admin, timestamp=at)
    moment = at + timedelta(days=1)

    shell = close(editor, by=admin, at=moment, reason=ClosingReason.LEFT)

    assert not shell.groups.exists()
    assert not shell.has_perm("wagtailadmin.access_admin")
    assert not Grant.objects.filter(person=shell).not_over(moment).exists()
    for row in (to_come, over, membership):
        row.refresh_from_db()
    assert (to_come.withdrawn_at, to_come.withdrawn_by) == (moment, admin)
    assert (over.withdrawn_at, over.reason) == (None, "")
    assert (membership.left_at, membership.left_by) == (moment, admin)
    assert {(entry.label, str(entry.data)) for entry in ModelLogEntry.objects.all()} == {("", "{}")}


def test_audit_tells_of_the_closing_and_of_nobody(learner: User, admin: User, at: datetime) -> None:
    AuditEventFactory(object_id=str(learner.pk), before={"display_name": "Lea"}, reason="Lea asked", device="Firefox")

    close(learner, by=admin, at=at, reason=ClosingReason.LEFT)

    first, last = AuditEvent.objects.order_by("pk")
    assert (first.kind, first.before, first.reason, first.device) == ("signed_in", {}, "", "")
    assert (last.kind, last.actor_id, last.object_id) == (ActKind.ACCOUNT_ERASED, admin.pk, str(learner.pk))
    assert (last.reason, last.before, last.after) == ("left", {}, {})
    shown = line(source="act", key=last.pk)
    assert (shown.what, shown.reason) == ("Erased a person’s data", "The person has left the organisation")


def test_nobody_gets_rid_of_the_traces_of_their_acts_by_leaving(learner: User, outsider: User, at: datetime) -> None:
    AuditEventFactory(
        actor_id=learner.pk,
        object_id=str(outsider.pk),
        before={"display_name": "Otto"},
        reason="Misspelt",
        origin="203.0.113.0/24",
        device="Firefox",
    )
    AuditEventFactory(object_type="", object_id="", after={"filters": {"actor": "LEARNER@example.org"}})

    close(learner, by=learner, at=at, reason=OWN)

    act, search = AuditEvent.objects.exclude(kind=ActKind.ACCOUNT_ERASED).order_by("pk")
    assert (act.actor_id, act.before, act.reason) == (learner.pk, {"display_name": "Otto"}, "Misspelt")
    assert (act.origin, act.device) == ("", "")
    assert search.after == {}


def test_who_may_close_whom(learner: User, outsider: User, admin: User, at: datetime) -> None:
    staff = helper()

    assert may_close(person=learner, by=learner)
    assert may_close(person=learner, by=admin)
    assert may_close(person=learner, by=staff)
    assert not may_close(person=admin, by=staff)
    assert not may_close(person=learner, by=outsider)
    with pytest.raises(MayNotClose):
        close(learner, by=outsider, at=at)
    with pytest.raises(MayNotClose):
        close(admin, by=staff, at=at)
    assert User.objects.filter(closed_at__isnull=False).count() == 0


def test_branch_closes_the_accounts_of_its_own_people(learner: User, outsider: User, at: datetime) -> None:
    place = OrganisationFactory()
    ministry = OrganisationFactory(parent=place)
    staff = helper(ministry)
    for person in (learner, outsider):
        MembershipFactory(person=person, organisation=ministry)
    MembershipFactory(person=outsider, organisation=place)

    assert not may_close(person=outsider, by=staff)
    with pytest.raises(MayNotClose):
        close(outsider, by=staff, at=at)
    shell = close(learner, by=staff, at=at)

    assert (shell.closed_by, shell.memberships.filter(left_at=None).count()) == (staff, 0)


@pytest.mark.parametrize("made", [{"is_superuser": True}, {"kinds": [GrantKind.SITE_ADMIN]}], ids=str)
def test_last_administrator_stays(at: datetime, made: dict[str, Any]) -> None:
    factory = StaffFactory if "kinds" in made else UserFactory
    only = factory(**made)
    StaffFactory(kinds=[GrantKind.AUDITOR])
    UserFactory(is_superuser=True, is_active=False)
    moment = at + timedelta(days=1)

    with pytest.raises(LastAdministrator):
        close(only, by=only, at=moment)

    StaffFactory(kinds=[GrantKind.SITE_ADMIN])
    assert close(only, by=only, at=moment).closed_at == moment


def test_nobody_puts_a_name_back_into_a_shell(learner: User, admin: User, at: datetime) -> None:
    shell = close(learner, by=learner, at=at)

    with pytest.raises(ValidationError, match="This account was closed for good"):
        amend_account(
            user=shell,
            email="lea@example.org",
            display_name="Lea",
            language="en",
            time_zone="UTC",
            is_active=True,
            by=admin,
            at=at,
        )
    for change in ({"is_active": True}, {"display_name": "Lea"}, {"is_superuser": True}):
        with pytest.raises(IntegrityError, match="people_closed_account_is_a_shell"), transaction.atomic():
            User.objects.filter(pk=shell.pk).update(**change)


def test_address_of_a_closed_account_is_free_for_a_new_one(learner: User, at: datetime) -> None:
    close(learner, by=learner, at=at)

    again = open_account(email="learner@example.org", display_name="Lea", language="en", by=None, at=at)

    assert again.pk != learner.pk


def test_command_closes_the_account_that_the_log_names(
    learner: User, admin: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("close_account", str(learner.pk), "--by", admin.email)

    assert User.objects.get(pk=learner.pk).closed_by == admin
    assert capsys.readouterr().out.startswith(f"Account {learner.pk} is closed: 1 rows deleted, ")


def test_command_refuses_in_words(learner: User, outsider: User, admin: User) -> None:
    for arguments, words in (
        ([str(learner.pk), "--by", "nobody@example.org"], r"^Nobody here has the address nobody@example\.org\.$"),
        (["999999", "--by", admin.email], r"^Nobody here has the number 999999\.$"),
        ([str(learner.pk), "--by", outsider.email], r"^An account is closed by its owner"),
        ([str(admin.pk), "--by", admin.email], r"^Make somebody else an administrator first\.$"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("close_account", *arguments)


# One's own ---------------------------------------------------------------------------------------


def test_own_account_is_closed_after_the_password_and_a_tick(learner: User) -> None:
    client = Client()
    client.force_login(learner)
    assert client.get("/en/my/close/")["Location"] == "/en/account/reauthenticate/?next=%2Fen%2Fmy%2Fclose%2F"
    client = signed_in(learner)

    page = client.get("/en/my/close/")
    unsure = client.post("/en/my/close/", {})
    done = client.post("/en/my/close/", {"sure": "on"})

    assert "This is for good. Nobody can bring the account back, not even we." in page.text
    assert "Tick the box to say that you mean it, or go back." in unsure.text
    assert "<title>Error: Close your account" in unsure.text
    assert done["Location"] == "/en/account/closed/"
    assert "Your account is closed" in client.get(done["Location"]).text
    assert client.get("/en/my/").status_code == 302
    assert User.objects.get(pk=learner.pk).closed_at is not None


def test_closing_ends_every_session_and_the_way_in(learner: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(learner)
    assert elsewhere.get("/en/my/settings/").status_code == 200

    signed_in(learner).post("/en/my/close/", {"sure": "on"})

    assert elsewhere.get("/en/my/settings/").status_code == 302
    answer = Client().post("/en/account/login/", {"login": "learner@example.org", "password": PASSWORD})
    assert "The e-mail address or the password is not right." in answer.text


def test_last_administrator_is_told_why_not(admin: User) -> None:
    answer = signed_in(admin).post("/en/my/close/", {"sure": "on"})

    assert answer.status_code == 200
    assert "You are the last administrator" in answer.text
    assert User.objects.get(pk=admin.pk).closed_at is None


def test_settings_lead_to_the_record_and_the_way_out(client: Client, learner: User) -> None:
    client.force_login(learner)

    html = client.get("/en/my/settings/").text

    for address in ("/en/my/record/", "/en/my/close/", "/en/privacy/"):
        assert f'href="{address}"' in html


# In the CMS --------------------------------------------------------------------------------------


def test_staff_close_an_account_with_a_reason(learner: User) -> None:
    staff = helper()
    client, address = signed_in(staff), reverse("close_somebodys_account", args=[learner.public_id])

    page = client.get(address)
    empty = client.post(address, {})
    done = client.post(address, {"cause": "on_request", "sure": "on"})

    assert "This closes the account of Lea Learner (learner@example.org) for good." in page.text
    assert "Choose why the account is closed" in empty.text
    assert "Tick the box to say that you mean it, or go back." in empty.text
    assert done["Location"] == reverse("wagtailusers_users:index")
    shell = User.objects.get(pk=learner.pk)
    assert (shell.closed_by, shell.display_name) == (staff, "Closed account")
    assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize("cause", ["own_wish", "unconfirmed", "because", ""])
def test_staff_choose_one_of_their_own_reasons(learner: User, cause: str) -> None:
    answer = signed_in(helper()).post(
        reverse("close_somebodys_account", args=[learner.public_id]), {"cause": cause, "sure": "on"}
    )

    assert answer.status_code == 200
    assert User.objects.get(pk=learner.pk).closed_at is None


def test_closing_in_the_cms_is_hidden_from_whoever_may_not(learner: User, trainer: User, admin: User) -> None:
    address, staff = reverse("close_somebodys_account", args=[learner.public_id]), helper()
    branch = helper(OrganisationFactory())

    assert Client().get(address).status_code == 404
    for nobody_to_ask in (learner, trainer, branch):
        assert signed_in(nobody_to_ask).get(address).status_code == 404
    for not_theirs in (admin.public_id, staff.public_id, uuid.uuid4()):
        answer = signed_in(staff).post(
            reverse("close_somebodys_account", args=[not_theirs]), {"cause": "left", "sure": "on"}
        )
        assert answer.status_code == 404
    assert User.objects.filter(closed_at__isnull=False).count() == 0


def test_page_of_a_person_leads_to_closing(learner: User, admin: User, at: datetime) -> None:
    client = signed_in(admin)

    def leads(person: User) -> bool:
        address = reverse("close_somebodys_account", args=[person.public_id])
        return f'href="{address}"' in client.get(reverse("person_rights", args=[person.public_id])).text

    assert (leads(learner), leads(admin)) == (True, False)
    assert not leads(close(learner, by=learner, at=at))


def test_shell_is_neither_listed_nor_edited(learner: User, outsider: User, admin: User, at: datetime) -> None:
    close(outsider, by=outsider, at=at)
    client = signed_in(admin)

    html = client.get(reverse("wagtailusers_users:index")).text

    assert "Lea Learner" in html
    assert "Closed account" not in html
    assert client.get(reverse("wagtailusers_users:edit", args=[outsider.pk])).status_code == 404
