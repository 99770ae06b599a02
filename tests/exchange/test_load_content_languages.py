"""The other languages of a content pack: aliases of every page, and the home page translated."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, PageLogEntry, Revision
from wagtail_localize.models import LocaleSynchronization, StringTranslation, Translation

from academy.exchange.content_pack import Action, PackRefused, Plan, load_content
from academy.home.models import HomePage
from academy.pages.domain.translations import NotTranslated, translate_page
from academy.people.models import User
from playbook.models import PlayPage
from tests.support.content_pack import (
    HOME,
    HOME_FILE,
    PLAY_FILE,
    SHORT_PACK,
    SHORT_PLAY,
    SPANISH,
    SPANISH_FILE,
    write_pack,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a pack of four pages with a Spanish home page and no Indonesian one."""
    return write_pack(tmp_path, {**SHORT_PACK, SPANISH_FILE: SPANISH})


def homes(plan: Plan) -> dict[str, tuple[int, str, str]]:
    """Return what becomes of each language: aliases, home page, reason."""
    return {step.language: (step.aliases, step.home, step.reason) for step in plan.languages}


def spanish_home() -> HomePage:
    """Return the Spanish home page."""
    return HomePage.objects.get(locale__language_code="es")


def traces() -> list[int]:
    """Count everything that a load may leave behind in another language."""
    models = (Page, Revision, PageLogEntry, Locale, LocaleSynchronization, StringTranslation, Translation)
    return [model.objects.count() for model in models]


def test_every_page_exists_in_every_language(root: Path, at: datetime) -> None:
    plan = load_content(root=root, at=at)

    assert homes(plan) == {"es": (4, "translate", ""), "id": (4, "none", "")}
    assert [(page.depth, page.slug, page.alias_of_id is None) for page in Page.objects.order_by("path")] == [
        (1, "root", True),
        (2, "en", True),
        (3, "playbook", True),
        (4, "evaluate", True),
        (5, "score-bids", True),
        (2, "es", True),
        (3, "playbook", False),
        (4, "evaluate", False),
        (5, "score-bids", False),
        (2, "id", False),
        (3, "playbook", False),
        (4, "evaluate", False),
        (5, "score-bids", False),
    ]
    assert not Page.objects.filter(live=False).exists()


def test_the_home_page_is_translated_and_published(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)

    home = spanish_home()
    assert (home.title, home.draft_title, home.summary) == ("Academia", "Academia", "Aprenda a comprar.")
    assert home.lead == "Aprenda aquí. Practique aquí."
    assert str(home.body[0].value) == "<h2>Comience</h2><p>Lea <b>esto</b> primero.</p>"
    assert (home.live, home.has_unpublished_changes) == (True, False)


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/en/", "Academy"),
        ("/es/", "Academia"),
        ("/id/", "Academy"),
        ("/es/playbook/", "Playbook"),
        ("/id/playbook/evaluate/score-bids/", "Score bids"),
    ],
)
def test_each_language_answers_at_its_address(
    root: Path, at: datetime, client: Client, address: str, title: str
) -> None:
    load_content(root=root, at=at)

    response = client.get(address)

    assert response.status_code == 200
    page = response.context["page"]
    assert (page.title, page.locale.language_code) == (title, address[1:3])


def test_a_second_run_changes_nothing(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    before = traces()

    plan = load_content(root=root, at=at)

    assert homes(plan) == {"es": (0, "unchanged", ""), "id": (0, "none", "")}
    assert traces() == before


def test_a_dry_run_makes_no_language(root: Path, at: datetime) -> None:
    before = traces()

    planned = load_content(root=root, at=at, dry_run=True)

    assert traces() == before
    assert planned == load_content(root=root, at=at)


def test_a_new_page_gets_its_aliases_once(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    write_pack(root, {"en/playbook/evaluate/award.md": SHORT_PLAY.replace("order: 1", "order: 2")})

    plan = load_content(root=root, at=at)

    assert homes(plan) == {"es": (1, "unchanged", ""), "id": (1, "none", "")}
    assert list(Page.objects.filter(slug="award").order_by("path").values_list("locale__language_code", "live")) == [
        ("en", True),
        ("es", True),
        ("id", True),
    ]


def test_aliases_follow_a_change_and_an_order(root: Path, at: datetime) -> None:
    write_pack(root, {"en/playbook/evaluate/award.md": SHORT_PLAY.replace("order: 1", "order: 2")})
    load_content(root=root, at=at)
    write_pack(root, {PLAY_FILE: SHORT_PLAY.replace("order: 1", "order: 3").replace("Text.", "Other text.")})

    load_content(root=root, at=at)

    alias = PlayPage.objects.get(slug="score-bids", locale__language_code="es")
    assert str(alias.body[0].value) == "<p>Other text.</p>"
    assert [link.proficiency for link in alias.skill_links.all()] == [2]
    siblings = alias.get_parent().get_children()
    assert list(siblings.values_list("slug", flat=True)) == ["award", "score-bids"]


def test_a_changed_translation_changes_that_page_alone(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    revisions = Revision.objects.count()
    write_pack(root, {SPANISH_FILE: SPANISH.replace('"Comience"', '"Empiece"')})

    plan = load_content(root=root, at=at)

    assert plan.count(Action.UNCHANGED) == 4
    assert homes(plan)["es"] == (0, "translate", "")
    assert str(spanish_home().body[0].value).startswith("<h2>Empiece</h2>")
    assert Revision.objects.count() == revisions + 1


def test_a_catalogue_that_comes_later_translates_the_alias(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    alias = HomePage.objects.get(slug="id")
    write_pack(root, {"id/home.po": SPANISH.replace("Comience", "Mulai")})

    plan = load_content(root=root, at=at)

    assert homes(plan) == {"es": (0, "unchanged", ""), "id": (0, "translate", "")}
    home = HomePage.objects.get(slug="id")
    assert (home.pk, home.alias_of_id, home.live) == (alias.pk, None, True)
    assert str(home.body[0].value).startswith("<h2>Mulai</h2>")


def test_the_command_names_the_languages(root: Path) -> None:
    out = StringIO()

    call_command("load_content", root, "--dry-run", stdout=out)

    assert out.getvalue().splitlines()[-5:-3] == [
        "language     es, 4 aliases, home page translate",
        "language     id, 4 aliases, home page none",
    ]


def test_a_text_without_a_translation_is_an_error_of_the_caller(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    locale = Locale.objects.get(language_code="id")

    with pytest.raises(NotTranslated, match="Academy"):
        translate_page(page=HomePage.objects.get(slug="en"), locale=locale, texts={}, slug="id", at=at)


def test_a_changed_home_page_is_translated_again(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    more = '\nmsgid "More."\nmsgstr "Más."\n'
    write_pack(root, {HOME_FILE: f"{HOME}\nMore.\n", SPANISH_FILE: SPANISH + more})

    load_content(root=root, at=at)

    assert str(spanish_home().body[0].value).endswith("<p>Más.</p>")
    assert HomePage.objects.get(slug="id").body[0].value.source.endswith("<p>More.</p>")


def test_a_translation_edited_in_the_cms_is_kept_until_overwritten(root: Path, at: datetime, editor: User) -> None:
    load_content(root=root, at=at)
    home = spanish_home()
    home.title = "Escuela"
    home.save_revision(user=editor).publish()

    kept = load_content(root=write_pack(root, {SPANISH_FILE: SPANISH.replace("Comience", "Empiece")}), at=at)

    assert homes(kept)["es"] == (0, "kept", "edited in the CMS")
    assert spanish_home().title == "Escuela"
    load_content(root=root, at=at, overwrite=True)
    assert spanish_home().title == "Academia"


def test_no_translation_of_a_home_page_that_was_edited_in_the_cms(root: Path, at: datetime, editor: User) -> None:
    load_content(root=root, at=at)
    home = HomePage.objects.get(slug="en")
    home.lead = "Edited."
    home.save_revision(user=editor).publish()

    plan = load_content(root=root, at=at)

    assert homes(plan)["es"] == (0, "kept", "the English page was edited in the CMS")
    assert spanish_home().lead == "Aprenda aquí. Practique aquí."


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        (
            'msgid "Start"\nmsgstr "Comience"\n\n',
            "",
            ["0: The text “Start” of en/home.md is not translated: add it as a msgid, with its msgstr."],
        ),
        (
            'msgid "Start"',
            'msgid "Begin"',
            [
                "0: The text “Start” of en/home.md is not translated: add it as a msgid, with its msgstr.",
                "15: “Begin” does not stand in en/home.md (any more): remove it, or bring it up to date.",
            ],
        ),
        (
            "Lea <b>esto</b>",
            "Lea <script>esto</script>",
            [
                (
                    "18: The translation can’t be used: <script> tag is not allowed. "
                    "Strings can only contain standard HTML inline tags (such as <b>, <a>)"
                ),
            ],
        ),
        (
            "Lea <b>esto</b>",
            r"Lea <a id=\"a1\">esto</a>",
            ["18: The translation can’t be used: Unrecognised id found in an <a> tag: a1"],
        ),
    ],
)
def test_a_faulty_translation_stops_everything(
    root: Path, at: datetime, old: str, new: str, problems: list[str]
) -> None:
    assert old in SPANISH
    write_pack(root, {SPANISH_FILE: SPANISH.replace(old, new)})
    before = traces()

    with pytest.raises(PackRefused) as refused:
        load_content(root=root, at=at)

    assert [str(problem) for problem in refused.value.problems] == [f"{SPANISH_FILE}:{problem}" for problem in problems]
    assert traces() == before
