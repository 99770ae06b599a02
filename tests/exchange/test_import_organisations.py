"""Organisations in and out as a table: the plan says what happens, and that happens, or nothing."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from academy.exchange.organisations import ImportRefused, Outcome, carry_out, export_organisations, plan_import
from academy.people.domain.organisations import amend_organisation, close_organisation
from academy.people.domain.uploads import KEPT, stage_upload, staged_upload
from academy.people.enums import GrantKind
from academy.people.models import Organisation, OrganisationMove, StagedUpload, User
from academy.people.reach import Reach
from tests.factories.people import OrganisationDomainFactory, OrganisationNameFactory, StaffFactory, UserFactory, grant
from tests.support.moment import AT
from tests.support.organisations import Places, administrator, places

pytestmark = pytest.mark.django_db

HEAD = "code,parent_code,kind,name,language,time_zone,name_es,domains,takes_requests\n"


@pytest.fixture
def tree() -> Places:
    return places()


def table(*rows: str, head: str = HEAD) -> bytes:
    return (head + "\n".join(rows)).encode()


def planned(data: bytes, by: User | None = None) -> list[tuple[str, str]]:
    return [(row.code, str(row.outcome)) for row in plan_import(data, by=by, at=AT).rows]


def reasons(data: bytes, by: User | None = None) -> dict[str, list[str]]:
    plan = plan_import(data, by=by, at=AT)
    assert plan.problems == ()
    return {row.code: list(row.reasons) for row in plan.of(Outcome.REFUSED)}


def described() -> list[tuple[Any, ...]]:
    return [
        (
            one.code,
            one.path,
            one.name,
            one.language,
            one.time_zone,
            one.takes_requests,
            sorted(one.names.values_list("language", "name")),
            sorted(one.domains.values_list("domain", flat=True)),
        )
        for one in Organisation.objects.all()
    ]


# Plan and execution ------------------------------------------------------------------------------


def test_rows_in_any_order_are_founded_from_the_top(tree: Places) -> None:
    data = table(
        "desk,clinic,unit,Desk,,,,,",
        "clinic,health,unit,Clinic,es,America/Bogota,,,no",
        'health,north,agency,"  Health,  all of it ",en,Asia/Jakarta,Salud,health.example h.example,yes',
    )

    plan = plan_import(data, by=None, at=AT)
    carry_out(plan, by=None, at=AT)

    assert plan.totals == {"rows": 3, "new": 3, "changed": 0, "unchanged": 0, "refused": 0}
    health, clinic, desk = (Organisation.objects.get(code=code) for code in ("health", "clinic", "desk"))
    assert (health.name, health.time_zone, health.get_parent()) == ("Health, all of it", "Asia/Jakarta", tree.north)
    assert [one.domain for one in health.domains.all()] == ["h.example", "health.example"]
    assert (clinic.language, clinic.takes_requests, clinic.get_parent()) == ("es", False, health)
    # What is not said comes from above.
    assert (desk.get_parent(), desk.language, desk.time_zone) == (clinic, "es", "America/Bogota")
    assert Organisation.find_problems() == ([], [], [], [], [])


def test_empty_cell_changes_nothing_and_nothing_is_removed(tree: Places) -> None:
    OrganisationNameFactory(organisation=tree.north, language="es", name="Norte")
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")
    data = table("north,,,The North,,Asia/Jakarta,,n.example,", "south,programme,country,South,en,UTC,,,yes")

    plan = plan_import(data, by=None, at=AT)
    carry_out(plan, by=None, at=AT)

    (row,) = plan.of(Outcome.CHANGED)
    assert [(one.field, one.before, one.after) for one in row.changes] == [
        ("name", "North", "The North"),
        ("time_zone", "UTC", "Asia/Jakarta"),
        ("domains", "north.example", "n.example north.example"),
    ]
    assert plan.totals == {"rows": 2, "new": 0, "changed": 1, "unchanged": 1, "refused": 0}
    north = Organisation.objects.get(code="north")
    assert (north.name, north.language, north.takes_requests) == ("The North", "en", True)
    assert list(north.names.values_list("name", flat=True)) == ["Norte"]
    assert sorted(north.domains.values_list("domain", flat=True)) == ["n.example", "north.example"]
    assert Organisation.objects.count() == 6


def test_what_was_imported_is_unchanged_the_second_time(tree: Places) -> None:
    data = table("health,north,agency,Health,es,UTC,,health.example,no", "lab,health,unit,Lab,,,Laboratorio,,")
    carry_out(plan_import(data, by=None, at=AT), by=None, at=AT)
    before = described()

    plan = plan_import(data, by=None, at=AT)
    carry_out(plan, by=None, at=AT)

    assert plan.totals == {"rows": 2, "new": 0, "changed": 0, "unchanged": 2, "refused": 0}
    assert described() == before


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Bad Code,north,agency,A,,,,,", "Use small letters, digits and single hyphens, like health-ministry."),
        (",north,agency,A,,,,,", "Use small letters, digits and single hyphens, like health-ministry."),
        ("a,nowhere,agency,A,,,,,", "There is no organisation “nowhere” in your part of the tree."),
        ("a,,agency,A,,,,,", "Choose what it belongs to: only a programme stands alone."),
        ("a,north,unit,A,,,,,", "“North” (Country) cannot hold this: Unit."),
        ("a,shut,unit,A,,,,,", "“Shut” is closed."),
        ("shut,north,agency,Shut,,,,,", "“shut” is closed. Remove the row."),
        ("a,north,,A,,,,,", "“kind” is empty."),
        ("a,north,agency,,,,,,", "“name” is empty."),
        (
            "a,north,kingdom,A,,,,,",
            "There is no kind “kingdom”. Write one of: programme, country, agency, unit.",
        ),
        ("a,north,agency,A,tlh,,,,", "language: Value 'tlh' is not a valid choice."),
        ("a,north,agency,A,,Mars/Olympus,,,", "time_zone: “Mars/Olympus” is not a time zone."),
        (f"a,north,agency,{'x' * 151},,,,,", "name: Ensure this value has at most 150 characters (it has 151)."),
        (f"a,north,agency,A,,,{'x' * 151},,", "name_es: Ensure this value has at most 150 characters (it has 151)."),
        ("a,north,agency,A,,,,nonsense,", "“nonsense” is not a domain. Write it like health.gov.example."),
        ("a,north,agency,A,,,,taken.example,", "taken.example belongs to another organisation."),
        ("a,north,agency,A,,,,,maybe", "Write yes or no into “takes_requests”."),
        ("north,south,country,North,,,,,", "An import moves nothing."),
        ("north,programme,agency,North,,,,,", "The kind of an organisation does not change. Leave “kind” as it is."),
        (
            "a,north,agency",
            "This row has 3 cells, and the headings are 9. Look for a stray separator or quotation mark.",
        ),
    ],
)
def test_row_that_cannot_be_says_why(tree: Places, row: str, reason: str) -> None:
    OrganisationDomainFactory(organisation=tree.south, domain="taken.example")
    shut = Organisation.objects.get(pk=tree.north.pk).add_child(code="shut", name="Shut", kind="agency")
    close_organisation(organisation=shut, by=UserFactory(is_superuser=True), at=AT)

    (told,) = plan_import(table(row, "fine,north,agency,Fine,,,,,"), by=None, at=AT).of(Outcome.REFUSED)

    assert (told.number, told.line) == (1, 2)
    assert [one for one in told.reasons if one.startswith(reason)]


def test_codes_and_domains_are_there_once(tree: Places) -> None:
    found = reasons(
        table(
            "a,north,agency,A,,,,one.example,",
            "b,north,agency,B,,,,one.example,",
            "c,north,agency,C,,,,,",
            "c,south,agency,C,,,,,",
        )
    )

    assert found == {
        "b": ["one.example belongs to another organisation."],
        "c": ["“c” is in the file more than once. Keep one of the rows."],
    }


def test_circle_is_named_and_takes_down_what_hangs_below_it(tree: Places) -> None:
    found = reasons(
        table("a,b,unit,A,,,,,", "b,c,unit,B,,,,,", "c,a,unit,C,,,,,", "d,c,unit,D,,,,,", "e,e,unit,E,,,,,")
    )

    assert found == {
        "a": ["This hangs below itself: a → b → c → a. Correct one of the parents."],
        "b": ["This hangs below itself: a → b → c → a. Correct one of the parents."],
        "c": ["This hangs below itself: a → b → c → a. Correct one of the parents."],
        "d": ["It belongs to “c” in row 3, which cannot be imported. Mend that row first."],
        "e": ["This hangs below itself: e → e. Correct one of the parents."],
    }


def test_long_chain_ends_with_words(tree: Places) -> None:
    rows = [f"u{n},{f'u{n - 1}' if n else 'ministry'},unit,U,,,,," for n in range(3000)]

    plan = plan_import(table(*reversed(rows)), by=None, at=AT)

    assert plan.totals == {"rows": 3000, "new": 9, "changed": 0, "unchanged": 0, "refused": 2991}
    assert {row.code: row.reasons for row in plan.rows}["u9"] == (
        "That is too far down: the tree has 12 levels at most.",
    )


def test_nothing_is_written_while_a_row_is_refused_unless_one_says_so(tree: Places) -> None:
    plan = plan_import(table("a,north,agency,A,,,,,", "b,nowhere,agency,B,,,,,"), by=None, at=AT)
    before = described()

    with pytest.raises(ImportRefused):
        carry_out(plan, by=None, at=AT)
    assert described() == before

    carry_out(plan, by=None, at=AT, partly=True)
    assert plan.totals == {"rows": 2, "new": 1, "changed": 0, "unchanged": 0, "refused": 1}
    assert Organisation.objects.filter(code__in=["a", "b"]).values_list("code", flat=True).get() == "a"


def test_what_the_plan_did_not_foresee_takes_all_of_it_back(tree: Places) -> None:
    plan = plan_import(table("a,north,agency,A,,,,,", "b,south,agency,B,,,,gov.example,"), by=None, at=AT)
    OrganisationDomainFactory(organisation=tree.north, domain="gov.example")
    before = described()

    with pytest.raises(ImportRefused, match=r"3: gov\.example belongs to another organisation\."):
        carry_out(plan, by=None, at=AT)
    assert described() == before


def test_administrator_imports_into_their_own_branch(tree: Places) -> None:
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")
    by = administrator(tree.north)

    assert planned(table("a,ministry,agency,A,,,,a.north.example,", "north,,,N,,,,,"), by) == [
        ("a", "new"),
        ("north", "changed"),
    ]
    assert reasons(
        table(
            "south,,,Ours,,,,,",
            "a,office,unit,A,,,,,",
            "b,,programme,B,,,,,",
            "c,north,agency,C,,,,south.example,",
        ),
        by,
    ) == {
        "south": ["The code “south” is taken. Choose another one."],
        "a": ["There is no organisation “office” in your part of the tree."],
        "b": ["Only the site’s administrators found programmes."],
        "c": ["south.example does not lie within a domain of an organisation above."],
    }


def test_plan_takes_the_same_queries_for_one_row_and_for_many(tree: Places) -> None:
    counts = []
    for rows in (1, 300):
        data = table(*[f"new-{n},north,agency,A,,,Otra,n{n}.example," for n in range(rows)])
        with CaptureQueriesContext(connection) as queries:
            plan = plan_import(data, by=None, at=AT)
        counts.append((plan.totals["new"], len(queries)))

    assert counts == [(1, 3), (300, 3)]


def often(common: str, *rare: str) -> st.SearchStrategy[str]:
    """Mostly what is right, so that faults meet rows that would be good without them."""
    return st.sampled_from([common] * 3 * len(rare) + list(rare))


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", "d", "north", "ministry"]) | often("e", "south", "Bad"),
        st.sampled_from(["a", "b", "c", "north", "ministry"]) | often("north", "", "office", "programme"),
        often("agency", "", "programme", "country", "unit"),
        often("Ann’s", "", "B, or C"),
        often("", "es", "id"),
        often("", "Norte"),
        often("", "a.north.example", "south.example", "a.north.example b.north.example"),
        often("", "no"),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, mine=st.booleans())
def test_what_is_planned_is_what_happens(tree: Places, *, rows: list[tuple[str, ...]], mine: bool) -> None:
    with transaction.atomic():
        OrganisationDomainFactory(organisation=tree.north, domain="north.example")
        by = administrator(tree.north) if mine else None
        stream = StringIO()
        csv.writer(stream).writerow(
            ["code", "parent_code", "kind", "name", "language", "name_es", "domains", "takes_requests"]
        )
        csv.writer(stream).writerows(rows)
        data = stream.getvalue().encode()
        plan = plan_import(data, by=by, at=AT)
        totals = plan.totals
        assert totals["rows"] == len(rows) == sum(totals[outcome] for outcome in Outcome)

        carry_out(plan, by=by, at=AT, partly=True)

        again = {row.number: row for row in plan_import(data, by=by, at=AT).rows}
        for row in plan.rows:
            if row.outcome is not Outcome.REFUSED:
                assert (again[row.number].outcome, again[row.number].wanted) == (Outcome.UNCHANGED, row.wanted)
        assert Organisation.find_problems() == ([], [], [], [], [])
        transaction.set_rollback(True)


# Export ------------------------------------------------------------------------------------------


def test_export_is_what_one_reaches_and_imports_as_unchanged(tree: Places) -> None:
    OrganisationNameFactory(organisation=tree.ministry, language="es", name="=Ministerio()")
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")
    amend_organisation(
        organisation=tree.unit,
        name="@Unit; with, marks",
        language="id",
        time_zone="Asia/Jakarta",
        takes_requests=False,
        by=None,
        at=AT,
    )

    data = export_organisations(Reach(paths=(tree.north.path,)))

    assert b"'=Ministerio()" in data
    assert b"south" not in data
    assert planned(data, administrator(tree.north)) == [
        ("north", "unchanged"),
        ("ministry", "unchanged"),
        ("unit", "unchanged"),
    ]


# Commands ----------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_command_imports_and_tells(tree: Places, tmp_path: Path) -> None:
    file = tmp_path / "organisations.csv"
    file.write_bytes(table("a,north,agency,A,,,,,", "south,,,The South,,,,,"))

    dry, _err = run("import_organisations", str(file), "--dry-run")
    assert Organisation.objects.count() == 6
    out, _err = run("import_organisations", str(file))

    told = (
        "new        a\nchanged    south: name: South → The South\n2 rows, 1 new, 1 changed, 0 unchanged, 0 refused.\n"
    )
    assert (dry, out) == (f"{told}Nothing was written.\n", told)
    assert Organisation.objects.get(code="south").name == "The South"


def test_command_refuses_with_lines_and_as_json(tree: Places, tmp_path: Path) -> None:
    file = tmp_path / "organisations.csv"
    file.write_bytes(table("a,north,agency,A,,,,,", "b,nowhere,agency,B,,,,,"))
    out = StringIO()

    with pytest.raises(CommandError, match="Nothing was written: 1 problem in the file") as error:
        call_command("import_organisations", str(file), "--json", stdout=out, stderr=StringIO())

    assert error.value.returncode == 2
    assert json.loads(out.getvalue()) == {
        "written": False,
        "totals": {"rows": 2, "new": 1, "changed": 0, "unchanged": 0, "refused": 1},
        "problems": [
            {"line": 3, "code": "b", "reason": "There is no organisation “nowhere” in your part of the tree."}
        ],
        "changed": [],
        "new": ["a"],
    }
    assert Organisation.objects.count() == 6
    run("import_organisations", str(file), "--partly")
    assert Organisation.objects.count() == 7
    for missing in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(CommandError, match="Cannot read"):
            run("import_organisations", str(missing))


def test_command_exports_what_it_imports(tree: Places, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"

    run("export_organisations", str(file))
    shown, _err = run("export_organisations")

    assert file.read_bytes().decode("utf-8-sig") == shown
    assert "6 rows, 0 new, 0 changed, 6 unchanged, 0 refused." in run("import_organisations", str(file))[0]
    with pytest.raises(CommandError, match="Cannot write"):
        run("export_organisations", str(tmp_path))


# In the CMS --------------------------------------------------------------------------------------


@pytest.fixture
def office(client: Client, tree: Places) -> User:
    person = administrator(tree.north)
    client.force_login(person)
    return person


def upload(client: Client, data: bytes) -> Any:
    return client.post(reverse("import_organisations"), {"file": SimpleUploadedFile("o.csv", data)})


def confirmation(response: Any, **changes: str) -> dict[str, str]:
    return {"upload": str(response.context["upload"]), "digest": response.context["plan"].digest, **changes}


def test_upload_is_shown_then_confirmed_then_done(client: Client, office: User) -> None:
    shown = upload(client, table("a,north,agency,<b>A</b>,,,,,", "ministry,,,Health,,,,,", "unit,,,Unit,,,,,"))

    assert shown.status_code == 200
    assert "Rows in the file: 3. New: 1, changed: 1, unchanged: 1, cannot be imported: 0." in shown.text
    assert "&lt;b&gt;A&lt;/b&gt;" in shown.text
    assert "name: Ministry → Health" in shown.text
    assert Organisation.objects.count() == 6

    done = client.post(reverse("import_organisations"), confirmation(shown), follow=True)

    assert "Imported. Rows: 3; new: 1, changed: 1, unchanged: 1, left out: 0." in done.text
    assert Organisation.objects.get(code="ministry").name == "Health"
    assert StagedUpload.objects.count() == 0
    again = client.post(reverse("import_organisations"), confirmation(shown), follow=True)
    assert "The file is no longer here. Choose it again; nothing was imported." in again.text


def test_rows_that_cannot_be_are_left_out_only_when_one_says_so(client: Client, office: User) -> None:
    shown = upload(client, table("a,north,agency,A,,,,,", "b,south,agency,B,,,,,"))

    assert "There is no organisation “south” in your part of the tree." in shown.text
    refused = client.post(reverse("import_organisations"), confirmation(shown))
    assert "Nothing was imported. Some rows cannot be imported." in refused.text
    assert Organisation.objects.count() == 6
    client.post(reverse("import_organisations"), confirmation(shown, partly="on"))
    assert Organisation.objects.count() == 7


def test_plan_that_changed_meanwhile_is_shown_again(client: Client, tree: Places, office: User) -> None:
    shown = upload(client, table("ministry,,,Health,,,,,"))
    amend_organisation(
        organisation=tree.ministry, name="M", language="en", time_zone="UTC", takes_requests=True, by=None, at=AT
    )

    again = client.post(reverse("import_organisations"), confirmation(shown))

    assert "Something has changed since you looked. Look again; nothing was imported yet." in again.text
    assert "name: M → Health" in again.text
    assert Organisation.objects.get(code="ministry").name == "M"
    client.post(reverse("import_organisations"), confirmation(again))
    assert Organisation.objects.get(code="ministry").name == "Health"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty. Its first row holds the headings of the columns."),
        ("code,name\na,Añá".encode("latin-1"), "Save the file again as “CSV UTF-8”."),
        (b"code,nmae\na,b", "There is no column “nmae” here. Correct its heading, or remove it."),
        (b"x" * (5 * 1024 * 1024 + 1), "The file is larger than 5 MB. Split it."),
        (b"PK\x03\x04\x00", "This is no CSV file."),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_words(
    client: Client, office: User, data: bytes, message: str
) -> None:
    response = upload(client, data)

    assert response.status_code == 200
    assert message in response.text
    assert StagedUpload.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"upload": "nonsense", "digest": "x"}, {"upload": "", "digest": "a" * 99}])
def test_nonsense_imports_nothing(client: Client, office: User, sent: dict[str, str]) -> None:
    response = client.post(reverse("import_organisations"), sent)

    assert response.status_code in {200, 302}
    assert Organisation.objects.count() == 6


def test_upload_is_its_owners_and_for_an_hour(client: Client, tree: Places, office: User) -> None:
    uuid = stage_upload(purpose="organisations", content=b"one", by=office, at=AT)
    own = {"uuid": uuid, "purpose": "organisations", "by": office, "at": AT}

    assert staged_upload(**own) == b"one"
    assert staged_upload(**{**own, "by": UserFactory()}) is None
    assert staged_upload(**{**own, "purpose": "people"}) is None
    assert staged_upload(**{**own, "at": AT + KEPT}) is None
    stage_upload(purpose="organisations", content=b"two", by=office, at=AT)
    assert staged_upload(**own) is None
    stage_upload(purpose="organisations", content=b"late", by=UserFactory(), at=AT + KEPT)
    assert [bytes(one.content) for one in StagedUpload.objects.all()] == [b"late"]


def test_import_and_export_are_for_those_who_may(client: Client, tree: Places) -> None:
    looks = grant(UserFactory(), GrantKind.AUDITOR, place=tree.north)
    for person, imports, exports in (
        (looks, 404, 200),
        (StaffFactory(kinds=[GrantKind.AUTHOR]), 404, 404),
        (StaffFactory(kinds=[GrantKind.SITE_ADMIN]), 200, 200),
        (UserFactory(), 403, 403),
    ):
        client.force_login(person)
        assert client.get(reverse("import_organisations")).status_code == imports
        assert client.get(reverse("export_organisations")).status_code == exports
    client.force_login(looks)
    assert "south" not in client.get(reverse("export_organisations")).text
    assert OrganisationMove.objects.count() == 0
    assert reverse("import_organisations") not in client.get(reverse("organisation:index")).text
