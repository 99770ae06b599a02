"""The matrix: every address, for every kind of person, for one's own country and another's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import override_settings
from django.urls import resolve

from academy.lib.access import PUBLIC
from academy.people.domain.rights import RIGHTS, SEE_PEOPLE
from academy.people.enums import GrantKind
from tests.matrix.cells import mismatches, missing, places
from tests.matrix.table import CMS, KINDS, TABLE, only
from tests.matrix.world import World

pytestmark = [
    pytest.mark.django_db,
    # A list of theirs has no order: a page of it may repeat a row, which is no fault of ours.
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
    # Wagtail leaves the file of a new rendition to the collector.
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning"),
]


def test_every_address_is_in_the_table() -> None:
    assert missing() == []


def test_every_wildcard_says_why() -> None:
    assert [name for name, rule in TABLE.items() if name.endswith((":", "_")) and not rule.why] == []


def test_every_kind_is_asked_for(world: World) -> None:
    assert sorted(world.people) == sorted(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_answers_are_as_declared(world: World, kind: str) -> None:
    wrong = mismatches(kind, world.people[kind], list(places(world)))

    assert wrong == [], "\n".join(wrong)


@override_settings(ROOT_URLCONF="tests.support.undeclared_urls")
def test_address_that_nobody_declared_is_found() -> None:
    assert missing() == ['Add to tests/matrix/table.py who may use it:  "forgotten": only(SITE),']


def test_view_that_was_opened_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [place for place in places(world) if place.name == "find_organisation"]
    assert mismatches("anonymous", world.people["anonymous"], asked) == []

    monkeypatch.setattr(resolve("/en/my/work/find/").func, "access_policy", PUBLIC)

    wrong = mismatches("anonymous", world.people["anonymous"], asked)
    assert [line.partition(" for ")[0] for line in wrong] == [
        "GET /en/my/work/find/ (find_organisation, mine)",
    ]


def test_right_that_goes_too_far_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [place for place in places(world) if place.name == "person_rights" and place.ours]
    assert mismatches("author", world.people["author"], asked) == []

    rights = RIGHTS[GrantKind.AUTHOR]
    monkeypatch.setitem(RIGHTS, GrantKind.AUTHOR, replace(rights, permissions=rights.permissions | {SEE_PEOPLE}))

    assert [line.rpartition(" for ")[2] for line in mismatches("author", world.people["author"], asked)] == [
        "author: open, not hidden",
        "author: open, not hidden",
    ]


def test_table_that_says_something_else_is_found(world: World) -> None:
    table = {**TABLE, "who_can_do_what": only(CMS)}
    asked = [place for place in places(world, table=table) if place.name == "who_can_do_what"]

    assert mismatches("author", world.people["author"], asked)[0].endswith("for author: hidden, not open")
