"""What a list of people would do: planned row by row, written by a job, and never at anybody's cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from academy.exchange.people import PeopleList, read_people
from academy.jobs.domain.jobs import take_step
from academy.jobs.models import Job
from academy.lib.clock import now
from academy.people.api import Candidate, Outcome, PeoplePlan, plan_people, start_import
from academy.people.domain import people_plans
from academy.people.domain.invitations import withdraw_invitation
from academy.people.enums import GrantKind
from academy.people.models import (
    AuditEvent,
    Grant,
    Invitation,
    InvitationMail,
    Membership,
    Organisation,
    PeopleImport,
    User,
)
from tests.factories.people import (
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    StaffFactory,
    UserFactory,
    grant,
)
from tests.support.moment import AT
from tests.support.queue import run_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def colombia() -> Organisation:
    return OrganisationFactory(
        parent=OrganisationFactory(code="programme"),
        code="colombia",
        name="Colombia",
        language="es",
        time_zone="America/Bogota",
    )


@pytest.fixture
def health(colombia: Organisation) -> Organisation:
    return OrganisationFactory(parent=colombia, kind="agency", code="health", name="Health")


@pytest.fixture
def indonesia(colombia: Organisation) -> Organisation:
    return OrganisationFactory(parent=Organisation.objects.get(code="programme"), code="indonesia", name="Indonesia")


@pytest.fixture
def office(colombia: Organisation) -> User:
    return StaffFactory(display_name="Olga", kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=colombia)


@pytest.fixture
def site() -> User:
    return StaffFactory(display_name="Sam", kinds=[GrantKind.SITE_ADMIN])


def table(*lines: str) -> bytes:
    return "\n".join(["email,name,organisation_code,language,time_zone,invite", *lines]).encode()


def plan(by: User | None, *lines: str, at: datetime = AT) -> PeoplePlan:
    people = read_people(table(*lines))
    assert people.problems == ()
    return plan_people(people.rows, by=by, at=at)


def outcomes(made: PeoplePlan) -> list[str]:
    assert made.totals["rows"] == sum(made.totals[outcome] for outcome in Outcome)
    return [str(row.outcome) for row in made.rows]


def reasons(made: PeoplePlan) -> list[str]:
    return [reason for row in made.rows for reason in row.reasons]


def run(by: User, *lines: str) -> Job:
    job = start_import(rows=read_people(table(*lines)).rows, by=by, at=now())
    run_tasks()
    job.refresh_from_db()
    return job


# Outcomes ----------------------------------------------------------------------------------------


def test_site_administrator_opens_accounts_adds_and_invites(site: User, colombia: Organisation) -> None:
    known = UserFactory(email="known@example.org")
    MembershipFactory(person__email="member@example.org", organisation=colombia)
    InvitationFactory(email="waiting@example.org", organisation=colombia)
    EmailAddress.objects.create(user=known, email="second@example.org", verified=True)

    made = plan(
        site,
        "New@Example.org,Ana,colombia,,,",
        "known@example.org,,colombia,,,no",
        "second@example.org,,colombia,,,no",
        "ask@example.org,,colombia,id,,yes",
        "member@example.org,,colombia,,,yes",
        "waiting@example.org,,colombia,,,YES",
    )

    assert outcomes(made) == ["new", "joins", "joins", "invited", "member", "waiting"]
    assert made.rows[2].person == known.pk


def test_branch_administrator_adds_whom_they_see_and_invites_the_rest(
    office: User, colombia: Organisation, health: Organisation
) -> None:
    MembershipFactory(person__email="ours@example.org", organisation=health)

    made = plan(
        office,
        "ours@example.org,,colombia,,,no",
        "ours@example.org,,health,,,no",
        "new@example.org,Ana,health,,,no",
        "new@example.org,Ana,colombia,,,yes",
    )

    assert outcomes(made) == ["joins", "member", "invited", "invited"]


def test_account_elsewhere_and_no_account_are_told_alike(
    office: User, health: Organisation, indonesia: Organisation
) -> None:
    """No existence oracle: the two rows differ in the address alone."""
    MembershipFactory(person__email="there1@example.org", organisation=indonesia)
    UserFactory(email="there2@example.org", is_active=False)
    UserFactory(email="there3@example.org", is_superuser=True)
    InvitationFactory(email="there4@example.org", organisation=indonesia)
    EmailAddress.objects.create(user=UserFactory(), email="there5@example.org", verified=True)
    grant(UserFactory(email="there6@example.org"), GrantKind.AUTHOR)

    for invite in ("yes", "no"):
        rows = plan(office, *(f"there{number}@example.org,A,health,,,{invite}" for number in range(1, 8))).rows
        assert {(row.outcome, row.person, row.reasons) for row in rows} == {(Outcome.INVITED, None, ())}


def test_account_elsewhere_and_no_account_end_alike(
    office: User, health: Organisation, indonesia: Organisation
) -> None:
    there = MembershipFactory(person__email="there@example.org", organisation=indonesia).person

    job = run(office, "there@example.org,A,health,,,no", "nobody@example.org,A,health,,,no")

    assert (job.state, job.done, job.failed) == ("done", 2, 0)
    assert [message.to[0] for message in mail.outbox] == ["there@example.org", "nobody@example.org"]
    assert list(Membership.objects.of(there).values_list("organisation__code", flat=True)) == ["indonesia"]
    assert not User.objects.filter(email="nobody@example.org").exists()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("not an address,A,colombia,,,", "“not an address” is not an e-mail address. It looks like name@example.org."),
        (",A,colombia,,,", "There is no e-mail address in this row."),
        (f"{'x' * 250}@example.org,A,colombia,,,", "The e-mail address must be 254 characters or fewer."),
        ("a@example.org,A,nowhere,,,", "“nowhere” is not the code of an organisation of yours."),
        ("a@example.org,A,,,,", "“organisation_code” is empty."),
        ("a@example.org,A,colombia,xx,,", "“xx” is not a language of this site. Use one of: en, es, id."),
        ("a@example.org,A,colombia,,Mars,", "“Mars” is not a time zone. Use one like “America/Bogota”."),
        ("a@example.org,A,colombia,,,maybe", "“invite” is “maybe”. Use yes or no."),
        (f"a@example.org,{'x' * 151},colombia,,,", "The name must be 150 characters or fewer."),
        ("a@example.org,,colombia,,,", "“name” is empty. Enter the person’s name."),
        ("closed@example.org,A,colombia,,,", "This account is closed. Open it again, or remove the row."),
        ("a@example.org,A,shut,,,", "“Shut” is closed."),
        (
            "a@example.org,A,colombia,,,,,extra",
            "This row has 8 cells, and the headings are 6. Look for a stray separator or quotation mark.",
        ),
    ],
)
def test_row_that_needs_mending_says_why_and_how(site: User, colombia: Organisation, line: str, told: str) -> None:
    UserFactory(email="closed@example.org", is_active=False)
    OrganisationFactory(code="shut", name="Shut", closed_at=AT, closed_by=site)

    made = plan(site, "good@example.org,Good,colombia,,,", line)

    assert outcomes(made) == ["new", "refused"]
    assert reasons(made) == [told]
    assert made.rows[1].row.position == 3


def test_all_that_is_wrong_with_a_row_is_said_at_once(site: User, colombia: Organisation) -> None:
    assert len(reasons(plan(site, "x,A,nowhere,xx,Mars,maybe"))) == 5


def test_organisation_of_others_is_told_like_none(office: User, indonesia: Organisation) -> None:
    theirs, none = plan(office, "a@example.org,A,indonesia,,,", "b@example.org,A,nowhere,,,").rows

    assert theirs.reasons[0].replace("indonesia", "nowhere") == none.reasons[0]


def test_person_twice_in_a_list_is_told_where(
    site: User, colombia: Organisation, health: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_plans, "CHUNK", 1)

    made = plan(site, "a@example.org,A,colombia,,,", "A@example.org,A,health,,,", "A@Example.org,A,colombia,,,")

    assert outcomes(made) == ["new", "new", "refused"]
    assert reasons(made) == ["This person is in row 2 already. Remove one of the two."]


def test_program_itself_invites_nobody(colombia: Organisation) -> None:
    made = plan(None, "a@example.org,A,colombia,,,no", "b@example.org,B,colombia,,,yes")

    assert outcomes(made) == ["new", "refused"]
    assert reasons(made) == ["Say who invites, with --by."]


def test_headings_are_all_checked_at_once() -> None:
    people = read_people(b"e-mail;Name;naem\na;b;c\n")

    assert [problem.message for problem in people.problems] == [
        "The column “email” is missing.",
        "The column “organisation_code” is missing.",
        "There is no column “e-mail” here. Correct its heading, or remove it.",
        "There is no column “naem” here. Correct its heading, or remove it.",
    ]


def test_list_survives_being_kept() -> None:
    rows = read_people(table("a@example.org,Ána,colombia,,,yes", "b,b")).rows
    people = PeopleList(rows=rows, message="Hola", expires_at=AT)

    assert PeopleList.from_bytes(people.as_bytes()) == people


def test_digest_changes_with_what_would_happen(site: User, colombia: Organisation) -> None:
    before = plan(site, "a@example.org,A,colombia,,,").digest
    assert plan(site, "a@example.org,A,colombia,,,").digest == before

    UserFactory(email="a@example.org")

    assert plan(site, "a@example.org,A,colombia,,,").digest != before


# Working through it ------------------------------------------------------------------------------


def test_job_writes_what_was_planned(site: User, colombia: Organisation) -> None:
    known = MembershipFactory(person__email="known@example.org").person

    job = run(
        site,
        "new@example.org,  Ana   Paz ,colombia,,,no",
        "full@example.org,Bo,colombia,id,Asia/Jakarta,no",
        "known@example.org,Other Name,colombia,id,,no",
        "ask@example.org,Cy,colombia,en,,yes",
        "bad,Dee,colombia,,,no",
    )

    assert (job.state, job.total, job.done, job.failed) == ("done", 5, 4, 1)
    assert job.message == "Rows that are done: 4. Rows that are not: 1."
    assert list(job.failures.values_list("position", "item")) == [(6, "bad")]
    new, full = User.objects.filter(email__in=["new@example.org", "full@example.org"]).order_by("-email")
    assert (new.display_name, new.language, new.time_zone) == ("Ana Paz", "es", "America/Bogota")
    assert (full.language, full.time_zone) == ("id", "Asia/Jakarta")
    assert not new.has_usable_password()
    assert not EmailAddress.objects.get(user=new).verified
    joined = Membership.objects.filter(organisation=colombia).values_list(
        "person__email", "joined_through", "joined_by"
    )
    assert set(joined) == {
        (email, "import", site.pk) for email in ("new@example.org", "full@example.org", "known@example.org")
    }
    display_name = known.display_name
    known.refresh_from_db()
    assert (known.display_name, known.language) == (display_name, "en")
    assert [message.to for message in mail.outbox] == [["ask@example.org"]]
    assert PeopleImport.objects.get().rows == []
    told = AuditEvent.objects.filter(kind__in=["imported", "invited"]).order_by("pk").values_list("kind", "after__rows")
    assert list(told) == [("imported", 5), ("invited", 1)]


def test_killed_worker_doubles_nothing(site: User, colombia: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("academy.people.domain.people_imports.CHUNK", 2)
    monkeypatch.setattr("academy.people.domain.invitation_mail.CHUNK", 1)
    lines = [f"p{number}@example.org,P,colombia,,,{'yes' if number % 2 else 'no'}" for number in range(1, 6)]
    job = start_import(rows=read_people(table(*lines)).rows, by=site, at=now())

    take_step(job=str(job.uuid), at=now())
    assert PeopleImport.objects.get().next_row == 2
    take_step(job=str(job.uuid), at=now())
    assert Invitation.objects.count() == 2
    assert mail.outbox == []  # each is a fact before anything is sent
    run_tasks()

    job.refresh_from_db()
    assert (job.state, job.total, job.done, job.failed) == ("done", 5, 5, 0)
    assert Invitation.objects.count() == InvitationMail.objects.filter(state="sent").count() == 3
    assert [message.to[0] for message in mail.outbox] == ["p1@example.org", "p3@example.org", "p5@example.org"]


def test_who_lost_the_right_meanwhile_adds_nobody(office: User, health: Organisation) -> None:
    job = start_import(rows=read_people(table("a@example.org,A,health,,,yes")).rows, by=office, at=now())
    Grant.objects.filter(person=office).update(withdrawn_at=AT, withdrawn_by=office)

    run_tasks()

    job.refresh_from_db()
    assert (job.done, job.failed) == (0, 1)
    assert not Invitation.objects.exists()


def test_who_is_invited_meanwhile_is_not_invited_twice(office: User, health: Organisation) -> None:
    rows = read_people(table("a@example.org,A,health,,,yes", "b@example.org,B,health,,,yes")).rows
    job = start_import(rows=rows, by=office, at=now())
    other = InvitationFactory(email="a@example.org", organisation=health, invited_at=now())

    run_tasks()

    job.refresh_from_db()
    assert (job.state, job.done, job.failed) == ("done", 2, 0)
    assert Invitation.objects.filter(email="a@example.org").get() == other
    assert [message.to for message in mail.outbox] == [["b@example.org"]]
    withdraw_invitation(invitation=other, by=office, at=now())


# Nobody is ever removed --------------------------------------------------------------------------

EMAILS = ["ours@example.org", "theirs@example.org", "closed@example.org", "new@example.org", "staff@example.org", "x"]
LINES = st.lists(
    st.tuples(
        st.sampled_from(EMAILS),
        st.sampled_from(["", "Somebody Else"]),
        st.sampled_from(["colombia", "health", "indonesia", "nowhere", ""]),
        st.sampled_from(["", "es", "xx"]),
        st.sampled_from(["", "Asia/Jakarta"]),
        st.sampled_from(["", "yes", "no", "never"]),
    ),
    max_size=8,
)


class NobodyIsRemovedTest(TestCase):
    """Whatever stands in a list, whoever hands it in: what was there is there afterwards, as it was."""

    def setUp(self) -> None:
        programme = OrganisationFactory(code="programme")
        colombia = OrganisationFactory(parent=programme, code="colombia")
        health = OrganisationFactory(parent=colombia, kind="agency", code="health")
        indonesia = OrganisationFactory(parent=programme, code="indonesia")
        MembershipFactory(person__email="ours@example.org", organisation=health)
        MembershipFactory(person__email="theirs@example.org", organisation=indonesia)
        closed = MembershipFactory(person__email="closed@example.org", organisation=health).person
        User.objects.filter(pk=closed.pk).update(is_active=False)
        staff = StaffFactory(email="staff@example.org", kinds=[GrantKind.AUTHOR], kinds__place=colombia)
        MembershipFactory(person=staff, organisation=colombia, left_at=AT, left_by=staff)
        InvitationFactory(email="new@example.org", organisation=health, invited_at=now())
        self.people = [
            StaffFactory(kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=colombia),
            StaffFactory(kinds=[GrantKind.SITE_ADMIN]),
        ]

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(lines=LINES, who=st.integers(0, 1))
    def test_nobody_is_removed_or_changed(self, lines: list[tuple[str, ...]], who: int) -> None:
        models: list[Any] = [User, Membership, Grant, EmailAddress, Invitation, Organisation]
        before = {model: {row["id"]: row for row in model.objects.values()} for model in models}

        rows = read_people(table(*(",".join(line) for line in lines))).rows
        job = start_import(rows=rows, by=self.people[who], at=now())
        run_tasks()

        job.refresh_from_db()
        assert (job.state, job.done + job.failed) == ("done", len(rows))
        for model in models:
            after = {row["id"]: row for row in model.objects.values()}
            assert {key: after.get(key) for key in before[model]} == before[model]


# Figures -----------------------------------------------------------------------------------------


def many(count: int) -> list[Candidate]:
    """Rows of every kind: known, belonging, unknown, to be invited, bad."""
    return list(
        read_people(
            table(
                *(
                    f"p{number}@example.org,P {number},{'health' if number % 3 else 'colombia'},,,"
                    f"{'yes' if number % 5 == 0 else 'no'}"
                    for number in range(1, count + 1)
                )
            )
        ).rows
    )


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize("who", ["site", "office"])
def test_preview_asks_a_constant_number_of_queries_a_chunk(
    request: pytest.FixtureRequest, health: Organisation, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = request.getfixturevalue(who)
    for number in range(1, 61):
        MembershipFactory(person__email=f"p{number}@example.org", organisation=health)
    monkeypatch.setattr(people_plans, "CHUNK", 10)

    counted = [queries(lambda count=count: plan_people(many(count), by=by, at=AT)) for count in (1, 10, 20, 60)]  # type: ignore[misc]

    assert counted == [6, 6, 10, 26]


def test_preview_of_five_thousand_takes_less_than_ten_seconds(office: User, health: Organisation) -> None:
    people = User.objects.bulk_create(
        [User(email=f"p{number}@example.org", display_name="P", password="!") for number in range(1, 5001, 2)]
    )
    Membership.objects.bulk_create(
        [
            Membership(person=person, organisation=health, joined_through="staff", joined_at=AT, joined_by=office)
            for person in people
        ]
    )
    rows = many(5000)
    data = table(*(f"{row.email},{row.name},{row.organisation},,,{row.invite}" for row in rows))

    begin = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        made = plan_people(read_people(data).rows, by=office, at=AT + timedelta(hours=1))
    seconds = time.perf_counter() - begin

    assert made.totals["rows"] == sum(made.totals[outcome] for outcome in Outcome) == 5000
    assert len(captured) == 2 + 4 * 10
    print(f"\n5,000 rows: {seconds:.2f} s, {len(captured)} queries, {made.totals}")  # noqa: T201 -- the figure
    assert seconds < 10
