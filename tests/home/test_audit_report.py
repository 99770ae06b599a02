"""The audit in the CMS: three sources as one list, for those alone who may read it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from academy.home.models import HomePage
from academy.people.api import ActKind, GrantKind, person_url, record_act
from academy.people.domain.organisations import amend_organisation, move_organisation
from academy.people.models import AuditEvent, User
from academy.records.enums import EventKind
from tests.factories.home import HomePageFactory
from tests.factories.people import AuditEventFactory, MembershipFactory, OrganisationFactory, StaffFactory, UserFactory
from tests.factories.records import LearningEventFactory
from tests.support.moment import AT
from tests.support.organisations import places
from tests.support.queries import counted_get
from tests.support.readonly import cookie_sessions, read_only

pytestmark = pytest.mark.django_db

REPORT = "/cms/reports/audit/"
EXPORT = f"{REPORT}export/"
HOUR = timedelta(hours=1)


@pytest.fixture
def auditor(db: None) -> User:
    """Somebody who reads, and never writes."""
    return StaffFactory(email="auditor@example.org", display_name="Aud Auditor", kinds=[GrantKind.AUDITOR])


@pytest.fixture
def cms(auditor: User) -> Iterator[Client]:
    """The auditor's browser, signed in without an entry of its own."""
    with cookie_sessions():
        client = Client()
        client.force_login(auditor)
        yield client


@pytest.fixture
def three(site_tree: HomePage, admin: User, learner: User) -> None:
    """One act in each source, and two things that are none: a learner's own step, and nobody's."""
    home = site_tree
    AuditEventFactory(
        kind=ActKind.ACCOUNT_CLOSED,
        actor_id=admin.pk,
        object_id=str(learner.pk),
        before={"is_active": True},
        after={"is_active": False},
        reason="Left the ministry",
        origin="203.0.113.0/24",
        device="Firefox, Windows",
        occurred_at=AT,
    )
    log(home, "wagtail.rename", user=admin, timestamp=AT + HOUR, data={"title": {"old": "Start", "new": "Home"}})
    log(Group.objects.create(name="Helpers"), "wagtail.create", user=admin, timestamp=AT + 2 * HOUR)
    LearningEventFactory(
        kind=EventKind.AWARD_REVOKED,
        learner_id=learner.pk,
        actor_id=admin.pk,
        subject_type="records.Award",
        detail={"reason": "Issued in the wrong name"},
        occurred_at=AT + 3 * HOUR,
    )
    LearningEventFactory(learner_id=learner.pk, actor_id=learner.pk, occurred_at=AT + 4 * HOUR)


def shown(client: Client, **filters: str) -> list[tuple[str, ...]]:
    """Return the lines of the report: who, what, which thing, what changed, why, from where."""
    response = client.get(REPORT, {"period_to": "2100-01-01", **filters})
    return [
        (one.actor, one.what, one.object_name, "; ".join(map(str, one.changes)), one.reason, one.origin)
        for one, _url in response.context["object_list"]
        if not (one.source == "act" and one.what == "Signed in") and one.at <= AT + 9 * HOUR
    ]


CLOSED = (
    "Ada Admin",
    "Closed an account",
    "Lea Learner",
    "Active: yes → no",
    "Left the ministry",
    "Firefox, Windows · 203.0.113.0/24",
)
RENAMED = ("Ada Admin", "Renamed from 'Start' to 'Home'", "Home", "Title: Start → Home", "", "")
CREATED = ("Ada Admin", "Created", "Helpers", "", "", "")
REVOKED = ("Ada Admin", "Certificate revoked", "Lea Learner", "", "Issued in the wrong name", "")


def test_three_sources_are_one_list_newest_first(cms: Client, three: None) -> None:
    assert shown(cms) == [REVOKED, CREATED, RENAMED, CLOSED]


def test_changes_of_an_organisation_are_told_before_and_after(cms: Client, admin: User) -> None:
    tree = places()
    amend_organisation(
        organisation=tree.ministry,
        name="Ministry of Finance",
        language="es",
        time_zone=tree.ministry.time_zone,
        takes_requests=tree.ministry.takes_requests,
        by=None,
        at=AT,
    )
    move_organisation(organisation=tree.ministry, parent=tree.south, reason="Reform", by=admin, at=AT + HOUR)

    assert [line[3:5] for line in shown(cms, object_type="people.Organisation", kind="log:wagtail.edit")] == [
        (f"Below: {tree.north.code} → {tree.south.code}", "Reform"),
        (f"Name: {tree.ministry.name} → Ministry of Finance; Language: en → es", ""),
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "act:account_closed"}, [CLOSED]),
        ({"kind": "log:wagtail.rename"}, [RENAMED]),
        ({"kind": "log:wagtail.create"}, [CREATED]),
        ({"kind": "record:award_revoked"}, [REVOKED]),
        ({"actor": "ADA"}, [REVOKED, CREATED, RENAMED, CLOSED]),
        ({"actor": "admin@example.org", "kind": "act:account_closed"}, [CLOSED]),
        ({"actor": "Lea"}, []),
        ({"about": "Lea"}, [REVOKED, CLOSED]),
        ({"about": "Ada"}, []),
        ({"object_type": "people.User"}, [CLOSED]),
        ({"object_type": "home.HomePage"}, [RENAMED]),
        ({"object_type": "auth.Group"}, [CREATED]),
        ({"object_type": "records.Award"}, [REVOKED]),
        ({"object_type": "courses.CoursePage"}, []),
        ({"thing": "help"}, [CREATED]),
        ({"reason": "ministry"}, [CLOSED]),
        ({"reason": "WRONG name"}, [REVOKED]),
        ({"reason": "100%"}, []),
        ({"thing": "9" * 30}, []),
        ({"actor": "'; DROP TABLE people_user; --"}, []),
    ],
)
def test_filters_are_exact(cms: Client, three: None, filters: dict[str, str], expected: list[tuple[str, ...]]) -> None:
    assert shown(cms, **filters) == expected


def test_filter_by_public_id_means_one_person(cms: Client, three: None, admin: User, learner: User) -> None:
    assert shown(cms, actor=str(admin.public_id)) == [REVOKED, CREATED, RENAMED, CLOSED]
    assert shown(cms, about=str(learner.public_id)) == [REVOKED, CLOSED]


def test_period_is_that_of_the_readers_zone(cms: Client, auditor: User) -> None:
    User.objects.filter(pk=auditor.pk).update(time_zone="Asia/Jakarta")
    for hour in (16, 17):  # the day begins at 17:00 UTC in Jakarta
        AuditEventFactory(kind=ActKind.EXPORTED, occurred_at=datetime(2026, 3, 1, hour, 30, tzinfo=UTC))

    def found(**period: str) -> list[int]:
        listed = cms.get(REPORT, {"kind": "act:exported", **period}).context["object_list"]
        return [one.at.hour for one, _url in listed]

    assert found(period_from="2026-03-02") == [17]
    assert found(period_to="2026-03-01") == [16]


@pytest.mark.parametrize(
    "wrong", [{"period_from": "yesterday"}, {"kind": "act:nonsense"}, {"object_type": "x.Y"}, {"actor": "x" * 201}]
)
def test_filter_that_makes_no_sense_finds_nothing(cms: Client, three: None, wrong: dict[str, str]) -> None:
    response = cms.get(REPORT, wrong)

    assert response.status_code == 200
    assert list(response.context["object_list"]) == []


def test_line_leads_to_its_thing_only_for_who_may_open_it(cms: Client, three: None, admin: User, learner: User) -> None:
    page = f'href="{person_url(learner)}"'
    elsewhere = Client()
    elsewhere.force_login(StaffFactory(kinds=[GrantKind.AUDITOR], kinds__place=OrganisationFactory()))

    assert page in cms.get(REPORT).text
    assert page not in elsewhere.get(REPORT).text


def test_what_people_typed_is_shown_as_typed(cms: Client, learner: User) -> None:
    AuditEventFactory(actor_id=learner.pk, reason="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in cms.get(REPORT).text


def test_entry_tells_everything(cms: Client, three: None) -> None:
    event = AuditEvent.objects.get(kind=ActKind.ACCOUNT_CLOSED)

    html = cms.get(f"{REPORT}act/{event.pk}/").text

    for words in ("Closed an account", "Ada Admin", "Lea Learner", "Left the ministry", "203.0.113.0/24", "UTC)"):
        assert words in html


@pytest.mark.parametrize("address", ["act/999999999/", "page/999999999/", "nonsense/1/", f"act/{'9' * 30}/"])
def test_entry_that_is_not_there_is_not_found(cms: Client, address: str) -> None:
    assert cms.get(REPORT + address, follow=True).status_code == 404


def test_entry_outlives_who_did_it_and_what_it_was_done_to(cms: Client, at: datetime) -> None:
    person, group = UserFactory(), Group.objects.create(name="Helpers")
    event = record_act(kind=ActKind.SETTING_CHANGED, actor=person, at=at, obj=group, after={"name": "Helpers"})
    key = person.pk
    group.delete()
    person.delete()

    html = cms.get(f"{REPORT}act/{event.pk}/").text

    assert f"Person {key}, who is not here any more" in html
    assert "Helpers" in html


@pytest.mark.parametrize("path", ["", "results/", "export/", "act/1/"])
@pytest.mark.parametrize("kind", ["learner", "trainer", "editor", "manager"])
def test_nobody_else_reads_it(request: pytest.FixtureRequest, client: Client, kind: str, path: str) -> None:
    AuditEventFactory(pk=1)
    client.force_login(request.getfixturevalue(kind))

    assert client.get(REPORT + path, follow=True).status_code == 404
    assert client.post(REPORT + path, follow=True).status_code == 404


def test_visitor_is_told_of_no_such_page(client: Client) -> None:
    assert client.get(REPORT, follow=True).status_code == 404


def test_menu_shows_the_way_to_the_audit_to_its_readers(cms: Client, client: Client) -> None:
    client.force_login(StaffFactory())

    assert REPORT in cms.get("/cms/").text
    assert REPORT not in client.get("/cms/").text


def test_nothing_in_the_report_writes(cms: Client, three: None) -> None:
    key = AuditEvent.objects.filter(kind=ActKind.ACCOUNT_CLOSED).values_list("pk", flat=True).get()
    cms.get(REPORT)  # Wagtail makes the preferences of a person when first asked for

    with read_only():
        for path in ("", "results/", "export/", f"act/{key}/", "?export=csv", "?export=xlsx"):
            response = cms.get(REPORT + path)
            assert response.status_code == 200
            assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("count", [1, 3])
def test_report_takes_the_same_queries_with_one_and_with_three(
    cms: Client, site_tree: HomePage, admin: User, count: int
) -> None:
    for _number in range(count):
        person = UserFactory()
        AuditEventFactory(actor_id=person.pk)
        log(site_tree, "wagtail.edit", user=person)
        log(Group.objects.create(name=person.display_name), "wagtail.create", user=person)
        LearningEventFactory(learner_id=person.pk, actor_id=admin.pk)

    response, queries = counted_get(cms, f"{REPORT}results/")

    assert len(response.context["object_list"]) >= 4 * count
    assert len(queries) == QUERIES


QUERIES = 20


def test_report_of_ten_thousand_takes_no_more_queries_than_of_one(cms: Client, admin: User) -> None:
    """Each source brings its share from an index of its own; only what is on the page is looked up."""
    AuditEvent.objects.bulk_create(
        AuditEventFactory.build(actor_id=admin.pk, occurred_at=AT + number * HOUR) for number in range(10_000)
    )

    first, queries = counted_get(cms, f"{REPORT}results/")
    last, queries_of_the_last = counted_get(cms, f"{REPORT}results/?p=200")

    assert (len(first.context["object_list"]), len(last.context["object_list"])) == (50, 50)
    assert (len(queries), len(queries_of_the_last)) == (QUERIES - 7, QUERIES - 7)


# A person's page --------------------------------------------------------------------------------


def test_page_of_a_person_leads_to_what_they_did_and_what_was_done_to_them(
    client: Client, admin: User, learner: User
) -> None:
    client.force_login(admin)

    html = client.get(person_url(learner)).text
    history = client.get(reverse("wagtailusers_users:history", args=[learner.pk]))

    assert f'href="{REPORT}?actor={learner.public_id}"' in html
    assert f'href="{REPORT}?about={learner.public_id}"' in html
    assert history["Location"] == f"{REPORT}?about={learner.public_id}"


def test_page_of_a_person_leads_a_helper_nowhere(client: Client, learner: User) -> None:
    client.force_login(StaffFactory(kinds=[GrantKind.TRAINER]))

    page = client.get(person_url(learner))

    assert page.status_code == 200
    assert REPORT not in page.text
    assert client.get(reverse("wagtailusers_users:history", args=[learner.pk])).status_code == 404


def test_auditor_of_a_branch_reads_of_its_affairs_alone(client: Client, admin: User, at: datetime) -> None:
    programme = OrganisationFactory(code="programme")
    here, there = (OrganisationFactory(parent=programme, code=code) for code in ("here", "there"))
    ours, theirs = (
        MembershipFactory(organisation=place, person=UserFactory(display_name=name)).person
        for place, name in ((here, "Ours Person"), (there, "Theirs Canary"))
    )
    for person, place in ((ours, here), (theirs, there)):
        record_act(kind=ActKind.ACCOUNT_CLOSED, actor=admin, at=at, obj=person, after={"is_active": False})
        record_act(kind=ActKind.INVITED, actor=admin, at=at, place=place, after={"rows": 1})
        LearningEventFactory(learner_id=person.pk, actor_id=admin.pk)
    page = HomePageFactory(title="Canary of the site", slug="canary")
    PageLogEntry.objects.log_action(page, "wagtail.edit", user=admin)
    client.force_login(StaffFactory(kinds=[GrantKind.AUDITOR], kinds__place=here))

    report = client.get(REPORT)

    shown = {(line.what, line.object_name) for line, _url in report.context["object_list"]}
    assert ("Closed an account", "Ours Person") in shown
    assert ("Invited people", "") in shown
    assert ("Enrolled", "Ours Person") in shown
    assert len([one for one in shown if one[0] in {"Closed an account", "Invited people", "Enrolled"}]) == 3
    assert "Canary" not in report.text
    hidden = AuditEvent.objects.get(kind=ActKind.INVITED, organisation_id=there.pk)
    assert client.get(reverse("audit_entry", args=["act", hidden.pk])).status_code == 404


# The spreadsheet --------------------------------------------------------------------------------


def export(client: Client, query: str = "", **form: str) -> Any:
    return client.post(f"{EXPORT}{query}", {"format": "csv", "reason": "Yearly review", **form})


def table(response: Any) -> list[list[str]]:
    return list(csv.reader(response.getvalue().decode().splitlines()))


def test_export_equals_the_page(cms: Client, three: None) -> None:
    query = "?actor=ada"

    rows = table(export(cms, query))

    assert rows[0] == [
        "Time (UTC)",
        "Who",
        "What",
        "Type of thing",
        "Thing",
        "Before and after",
        "Reason",
        "From where",
    ]
    assert [
        (who, what, thing, changed, why, where) for _at, who, what, _type, thing, changed, why, where in rows[1:]
    ] == [
        REVOKED,
        CREATED,
        RENAMED,
        CLOSED,
    ]
    assert [row[0] for row in rows[1:]] == [f"{AT + number * HOUR:%Y-%m-%d %H:%M:%S}" for number in (3, 2, 1, 0)]


def test_spreadsheet_of_the_other_kind_holds_the_same(cms: Client, three: None) -> None:
    text = table(export(cms, "?actor=ada"))

    response = export(cms, "?actor=ada", format="xlsx")

    sheet = load_workbook(BytesIO(response.getvalue())).active
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == text


def test_export_is_told_with_its_reason_and_does_not_tell_of_itself(cms: Client, auditor: User, three: None) -> None:
    rows = table(export(cms, "?actor=ada&period_from="))

    event = AuditEvent.objects.get(kind=ActKind.EXPORTED)
    assert (event.actor_id, event.reason) == (auditor.pk, "Yearly review")
    assert event.after == {"what": "audit", "format": "csv", "rows": 4, "filters": {"actor": "ada"}}
    assert len(rows) == 5


def test_export_without_a_reason_is_refused_with_a_sentence(cms: Client, three: None) -> None:
    response = export(cms, reason=" ")

    assert response.status_code == 200
    assert "Say what you need it for." in response.text
    assert not AuditEvent.objects.filter(kind=ActKind.EXPORTED).exists()


def test_export_of_filters_that_make_no_sense_is_empty(cms: Client, three: None) -> None:
    assert len(table(export(cms, "?period_from=yesterday"))) == 1


def test_formulas_are_harmless_in_the_export(cms: Client, learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(display_name="=HYPERLINK(1)")
    AuditEventFactory(actor_id=learner.pk, kind=ActKind.EXPORTED, reason="@SUM(A1)")

    [_head, row] = table(export(cms, f"?actor={learner.public_id}"))

    assert [row[1], row[4], row[6]] == ["'=HYPERLINK(1)", "'=HYPERLINK(1)", "'@SUM(A1)"]
