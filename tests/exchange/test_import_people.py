"""The command that adds people from a table."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from academy.people.enums import GrantKind
from academy.people.models import Invitation, Membership, User
from tests.factories.people import OrganisationFactory, StaffFactory, UserFactory
from tests.support.queue import run_tasks

pytestmark = pytest.mark.django_db

HEADINGS = "email,name,organisation_code,invite\n"


def run(tmp_path: Path, text: str, *options: str) -> tuple[str, str, str]:
    """Return what it printed, what it complained of, and with what it gave up."""
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    out, err, gave_up = StringIO(), StringIO(), ""
    try:
        call_command("import_people", str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        gave_up = f"{error} ({error.returncode})"
    return out.getvalue(), err.getvalue().replace(str(path), "FILE"), gave_up


def test_people_are_added_and_invited(tmp_path: Path) -> None:
    OrganisationFactory(code="programme")
    by = StaffFactory(email="sam@example.org", kinds=[GrantKind.SITE_ADMIN])
    UserFactory(email="known@example.org")
    text = (
        HEADINGS + "new@example.org,Ana,programme,\nknown@example.org,,programme,no\nask@example.org,,programme,yes\n"
    )

    out, err, gave_up = run(tmp_path, text, "--by", "Sam@example.org")
    run_tasks()

    assert (out, err, gave_up) == (
        "rows: 3, new: 1, joins: 1, invited: 1, waiting: 0, member: 0, refused: 0.\n",
        "",
        "",
    )
    assert set(Membership.objects.values_list("person__email", "joined_by")) == {
        ("new@example.org", by.pk),
        ("known@example.org", by.pk),
    }
    assert [message.to for message in mail.outbox] == [["ask@example.org"]]


def test_again_it_does_nothing(tmp_path: Path) -> None:
    OrganisationFactory(code="programme")
    text = HEADINGS + "new@example.org,Ana,programme,\n"

    run(tmp_path, text)
    out, _err, _gave_up = run(tmp_path, text)

    assert out == "rows: 1, new: 0, joins: 0, invited: 0, waiting: 0, member: 1, refused: 0.\n"
    assert Membership.objects.count() == 1


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    OrganisationFactory(code="programme")

    out, _err, _gave_up = run(tmp_path, HEADINGS + "new@example.org,Ana,programme,\n", "--dry-run")

    assert out.endswith("Nothing was written: this is a dry run.\n")
    assert not User.objects.exists()


def test_bad_rows_are_told_and_left_out(tmp_path: Path) -> None:
    OrganisationFactory(code="programme")
    text = HEADINGS + "bad,Ana,programme,\nnew@example.org,Bo,programme,\nask@example.org,,programme,yes\n"

    _out, err, gave_up = run(tmp_path, text)

    assert err.splitlines() == [
        "FILE:2: “bad” is not an e-mail address. It looks like name@example.org.",
        "FILE:4: Say who invites, with --by.",
    ]
    assert gave_up == "Rows that were left out: 2. (2)"
    assert User.objects.get().email == "new@example.org"
    assert not Invitation.objects.exists()


def test_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    out, err, gave_up = run(tmp_path, "e-mail\nx\n", "--json")

    assert gave_up == "Nothing was written: the file cannot be read. (2)"
    told = json.loads(out)
    assert (told["written"], told["totals"]["rows"], err) == (False, 0, "")
    assert [problem["line"] for problem in told["problems"]] == [1, 1, 1]
    with pytest.raises(CommandError, match=r"Cannot read .*: No such file or directory\."):
        call_command("import_people", str(tmp_path / "none.csv"))


def test_totals_as_json(tmp_path: Path) -> None:
    OrganisationFactory(code="programme")

    out, _err, _gave_up = run(tmp_path, HEADINGS + "new@example.org,Ana,programme,\nx,,,\n", "--json", "--dry-run")

    told = json.loads(out)
    assert told["totals"] == {
        "rows": 2,
        "new": 1,
        "joins": 0,
        "invited": 0,
        "waiting": 0,
        "member": 0,
        "refused": 1,
    }
    assert told["problems"] == [
        {"line": 3, "message": "“x” is not an e-mail address. It looks like name@example.org."},
        {"line": 3, "message": "“organisation_code” is empty."},
    ]
    assert told["written"] is False


def test_administrator_who_is_not_there_is_told(tmp_path: Path) -> None:
    assert run(tmp_path, HEADINGS, "--by", "x@example.org")[2] == "There is no open account of x@example.org. (2)"
