"""Everything about a person is in their record, and nothing of it is left when their account is closed."""

from __future__ import annotations

import io
import json
import logging
import zipfile
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.files.storage import default_storage
from django.test import Client, RequestFactory

from academy.home.models import HomePage
from academy.lib.append_only import AppendOnlyModel
from academy.lib.storage import private_storage
from academy.people.domain.declarations import declarations, rows_about
from academy.people.enums import ActKind
from academy.people.models import AuditEvent, Grant, Membership, User
from tests.factories.people import UserFactory
from tests.support.canaries import CANARY, UNTOLD, Canaries, snapshot, words_in, words_in_database, words_in_files

pytestmark = pytest.mark.django_db

FILES = {("wagtailusers.UserProfile", "avatar"), ("wagtailcore.UploadedFile", "file")}
PRIVATE = {("assessments.AnswerFile", "file")}


# What the verbs of closing end before the declarations are followed: each tells the audit.
ENDED_BY_CLOSING: dict[Any, str] = {Grant: "withdrawn", Membership: "left"}


@pytest.fixture
def planted(site_tree: HomePage) -> Canaries:
    """A person with a canary in every text."""
    UserFactory(is_superuser=True)
    return Canaries()


@pytest.fixture(autouse=True)
def empty_storage() -> Any:
    """Start and end without files."""
    yield
    for folder in ("avatar_images", "wagtail_uploads"):
        if default_storage.exists(folder):
            for name in default_storage.listdir(folder)[1]:
                default_storage.delete(f"{folder}/{name}")
    private = private_storage()
    if private.exists("answers"):
        for name in private.listdir("answers")[1]:
            private.delete(f"answers/{name}")


@pytest.fixture
def visitor(planted: Canaries) -> Client:
    """The person, signed in, who has just shown once more that it is them, by whatever means."""
    client = Client()
    client.force_login(planted.person)
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, planted.person, method="password", reauthenticated=True)
    request.session.save()
    return client


def test_every_declaration_about_a_person_has_its_canary(planted: Canaries) -> None:
    """The search is worth something: it finds each word that was planted, and there is a row of each kind."""
    missing = [
        model._meta.label
        for model, personal in declarations().items()
        if personal.about and not rows_about(model, personal, person=planted.person).exists()
    ]

    assert missing == []
    assert words_in_database() == set(planted.words.values())
    assert words_in_files() == {planted.words[place] for place in FILES}
    assert words_in_files(private_storage()) == {planted.words[place] for place in PRIVATE}
    assert len(planted.words) > 25


def test_record_tells_every_word_and_no_secret(planted: Canaries, visitor: Client) -> None:
    response = visitor.post("/en/my/record/")

    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        page = archive.read("index.html").decode()
        data = archive.read("record.json").decode()
        files = [name for name in archive.namelist() if name.startswith("files/")]
    hidden = {(model._meta.label, name) for model, personal in declarations().items() for name in personal.hidden}
    told = {word for place, word in planted.words.items() if place not in hidden | UNTOLD}
    assert words_in(data) == told
    assert words_in(page) == told
    assert {word for name in files for word in words_in(name)} == {planted.words[place] for place in FILES | PRIVATE}
    assert json.loads(data)["files"] == files
    assert len(files) == 3


def test_closing_leaves_no_word_anywhere(
    planted: Canaries, visitor: Client, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    with caplog.at_level(logging.INFO), django_capture_on_commit_callbacks(execute=True):
        visitor.get("/en/my/close/")
        response = visitor.post("/en/my/close/", {"sure": "on"}, follow=True)

    assert response.redirect_chain == [("/en/account/closed/", 302)]
    assert {place for place, word in planted.words.items() if word in words_in_database()} == set()
    assert words_in_database() == set()
    assert words_in_files() == set()
    assert words_in_files(private_storage()) == set()
    assert words_in(caplog.text) == set()
    assert f"Account {planted.person.pk} is closed." in caplog.messages
    assert CANARY not in response.text


def test_what_stays_is_exactly_what_the_declarations_say(planted: Canaries, visitor: Client) -> None:
    before = {model: told(model, planted.person) for model in declarations()}
    others = untouched()

    visitor.post("/en/my/close/", {"sure": "on"})

    for model, personal in declarations().items():
        if model is User or not personal.about:
            continue
        after = told(model, planted.person)
        if personal.delete:
            assert after == [], model
            continue
        ended = ENDED_BY_CLOSING.get(model, personal.ends)
        changed = {*personal.blank, *([f"{ended}_at", f"{ended}_by_id"] if ended else [])}
        assert len(before[model]) <= len(after)
        if model is AuditEvent:  # it tells of the closing itself
            after, told_of = after[: len(before[model])], [row["kind"] for row in after[len(before[model]) :]]
            # Two memberships: one of them came with an invitation.
            left = [ActKind.MEMBERSHIP_CHANGED] * 2
            assert told_of == [ActKind.GRANT_ENDED, *left, ActKind.ACCOUNT_ERASED]
        if personal.wipe is None:
            assert [without(row, changed) for row in after] == [without(row, changed) for row in before[model]], model
            assert [{name: row[name] for name in personal.blank} for row in after] == [
                dict(personal.blank) for _row in after
            ]
        if issubclass(model, AppendOnlyModel):
            assert after
    assert untouched() == others


def told(model: Any, person: User) -> list[dict[str, Any]]:
    personal = declarations()[model]
    return list(rows_about(model, personal, person=person).values())


def without(row: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def untouched() -> dict[str, Any]:
    """Return the rows of every table whose model declares nothing personal."""
    ours = {model._meta.db_table for model in declarations()}
    return {
        table: rows
        for table, rows in snapshot().items()
        if table not in ours and not table.startswith("wagtailsearch_indexentry")
    }
