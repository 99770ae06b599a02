"""The drill: the demo is backed up, restored elsewhere, compared row by row, and used there."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as ours
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from academy.operations.domain.restored import is_restored
from academy.people.models import User
from academy.records.models import Award
from tests.support.backups import another_database, every_file, every_row, every_rule, every_sequence
from tests.support.databases import CopiedDatabase, content_digest
from tests.support.demo import PASSWORD, furnish


@pytest.fixture(scope="module", autouse=True)
def demo(copied: CopiedDatabase, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo as ``seed_demo`` makes it."""
    with (
        django_db_blocker.unblock(),
        copied.furnished(furnish, content=content_digest(ours.BASE_DIR)),
        django_db_blocker.block(),
    ):
        yield


@pytest.fixture
def production_mail(settings: Settings, tmp_path: Path) -> Path:
    """E-mail as in production, but for the last step; returns where it is kept."""
    settings.EMAIL_BACKEND = "academy.operations.domain.mail.HoldingEmailBackend"
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.VAR_DIR = tmp_path / "var"
    return tmp_path / "var" / "kept-mail"


def ask_for_a_new_password() -> None:
    assert Client().post("/en/account/password/reset/", {"email": "learner@example.org"}).status_code == 302


def groups_in_force() -> dict[str, list[str]]:
    """Return the groups of each person who has one, which the view makes of the grants."""
    found: dict[str, list[str]] = {}
    for email, group in User.objects.exclude(groups=None).order_by("groups__name").values_list("email", "groups__name"):
        found.setdefault(email, []).append(group)
    return found


def require_that_the_copy_keeps_its_facts() -> None:
    """No door leads around the triggers: neither a change nor, of what must outlive every wish, a removal."""
    for table, statement in {
        "records_award": "UPDATE records_award SET code = code",
        "records_learningevent": "DELETE FROM records_learningevent",
        "people_auditevent": "DELETE FROM people_auditevent",
    }.items():
        with pytest.raises(IntegrityError, match=f"rows of {table} are never"), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_copy_is_equal_usable_and_silent(
    copied: CopiedDatabase, tmp_path: Path, settings: Settings, production_mail: Path, uploads: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "logo.svg").write_bytes(b"<svg/>")
    uploads.mkdir()
    (uploads / "tender.pdf").write_bytes(b"%PDF-1.4")
    ask_for_a_new_password()
    assert [message.to for message in mail.outbox] == [["learner@example.org"]]
    rows, sequences, rules = every_row(), every_sequence(), every_rule()
    rights = groups_in_force()
    assert "learner@example.org" not in rights
    assert rights.keys() >= {"trainer@example.org", "editor@example.org"}
    assert len(rows["records_learningevent"]) > 10
    call_command("backup", tmp_path / "backups", stdout=StringIO())
    (backup,) = (tmp_path / "backups").iterdir()

    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    settings.PRIVATE_ROOT = tmp_path / "uploads-elsewhere"
    with another_database(copied, tmp_path):
        call_command("restore", backup, stdout=StringIO())

        assert every_row() == rows
        assert every_sequence() == sequences
        assert every_rule() == rules
        assert groups_in_force() == rights
        require_that_the_copy_keeps_its_facts()
        assert every_file(settings.MEDIA_ROOT) == {"logo.svg": b"<svg/>"}
        assert every_file(settings.PRIVATE_ROOT) == {"tender.pdf": b"%PDF-1.4"}

        award = Award.objects.get()
        page = Client().get(f"/en/verify/{award.code}/")
        assert "This certificate was issued by Procurement Academy and counts." in page.text
        assert award.learner.display_name in page.text
        reader = Client()
        reader.post("/en/account/login/", {"login": "learner@example.org", "password": PASSWORD})
        assert "Continue" in reader.get("/en/my/").text

        ask_for_a_new_password()
        assert len(mail.outbox) == 1
        (kept,) = production_mail.iterdir()
        assert "To: learner@example.org" in kept.read_text()

        out = StringIO()
        call_command("resume_mail", stdout=out)
        assert out.getvalue().splitlines() == [
            "E-mail goes out again.",
            f"What was kept meanwhile is not sent; it is in {production_mail}.",
        ]
        ask_for_a_new_password()
        assert len(mail.outbox) == 2
        assert not is_restored(connection)
        out = StringIO()
        call_command("resume_mail", stdout=out)
        assert out.getvalue() == "E-mail was not held.\n"
    assert not is_restored(connection)
