"""Loading a content pack: a plan first, then all of it or nothing, and nothing twice."""

from __future__ import annotations

from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from pytest_django.fixtures import Settings
from wagtail.models import Page, PageLogEntry, Revision, Site

from academy.exchange.content_pack import Action, PackRefused, execute, load_content
from academy.framework.models import Edition, Skill
from academy.people.models import User
from assessments.models import AssessmentPage, Item, ItemVersion
from courses.models import CoursePage, LessonPage
from playbook.models import CaseStudyPage, PlayPage, PrinciplePage, StagePage
from tests.support.content_pack import (
    BANK_FILE,
    FRAMEWORK,
    HOME_FILE,
    PACK,
    PLAY_FILE,
    PLAYBOOK_PACK,
    SHORT_PACK,
    SHORT_PLAY,
    change,
    write_pack,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english_alone(settings: Settings) -> None:
    """Other languages have tests of their own."""
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a small pack."""
    return write_pack(tmp_path, PACK)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """The folder of a pack of four pages, for what does not depend on how many there are."""
    return write_pack(tmp_path, SHORT_PACK)


def spoil(root: Path, old: str, new: str) -> Path:
    """Change the one play of a pack."""
    text = (root / PLAY_FILE).read_text(encoding="utf-8")
    assert old in text
    return write_pack(root, {PLAY_FILE: text.replace(old, new, 1)})


def traces() -> dict[str, int]:
    """Count everything that a load may leave behind."""
    models = (Page, Revision, PageLogEntry, Item, ItemVersion, Edition, Skill)
    return {model.__name__: model.objects.count() for model in models}


def test_writes_the_whole_pack(root: Path, at: datetime) -> None:
    plan = load_content(root=root, at=at)

    tree = [(page.depth, page.slug) for page in Page.objects.order_by("path")]
    assert plan.count(Action.CREATE) == len(plan.pages) == 14
    assert tree == [
        (1, "root"),
        (2, "en"),
        (3, "playbook"),
        (4, "evaluate"),
        (5, "score-bids"),
        (4, "principles"),
        (5, "be-open"),
        (4, "case-studies"),
        (5, "ukraine"),
        (6, "prozorro"),
        (3, "courses"),
        (4, "scoring"),
        (5, "first-steps"),
        (6, "score-alone"),
        (5, "assessment"),
    ]
    assert not Page.objects.filter(live=False).exists()
    assert Site.objects.get().root_page.slug == "en"


def test_links_pages_with_the_framework_and_with_one_another(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)

    skill = Skill.objects.get(slug="scoring")
    play, lesson, item = PlayPage.objects.get(), LessonPage.objects.get(), Item.objects.get()
    assert [(link.skill, link.proficiency) for link in play.skill_links.all()] == [(skill, 2)]
    assert [link.role.slug for link in play.audience_links.all()] == ["evaluator"]
    assert [link.principle for link in play.principle_links.all()] == [PrinciplePage.objects.get()]
    assert [link.case_study for link in play.case_study_links.all()] == [CaseStudyPage.objects.get()]
    assert [(source.title, source.url) for source in play.sources.all()] == [("A guide", "https://example.org/guide")]
    assert [link.stage for link in CaseStudyPage.objects.get().stage_links.all()] == [StagePage.objects.get()]
    assert [link.play for link in lesson.play_links.all()] == [play]
    assert [(link.skill, link.proficiency) for link in AssessmentPage.objects.get().proves.all()] == [(skill, 2)]
    assert (item.play, item.lesson) == (play.page_ptr, lesson.page_ptr)
    assert play.body[1].value["play"].specific == play
    assert lesson.body[1].value["item"] == item


def test_fills_in_the_fields(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)

    case, course, assessment = CaseStudyPage.objects.get(), CoursePage.objects.get(), AssessmentPage.objects.get()
    assert (case.organisation, case.level, case.result) == ("Ministry", "national", "All could see.")
    assert course.outcomes == "<ul><li>Score a bid &amp; say why.</li></ul>"
    assert (assessment.bank.code, assessment.draw, assessment.pass_mark) == ("scoring", 1, 70)
    assert (StagePage.objects.get().number, PrinciplePage.objects.get().number) == (3, 6)
    assert LessonPage.objects.get().minutes == 10
    assert Page.objects.get(slug="ukraine").title == "Ukraine"


def test_writes_questions_with_keys_in_the_order_of_the_file(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)

    version = ItemVersion.objects.get()
    assert (version.number, version.kind, version.stem) == (1, "single_choice", "When do you score?\n\nIn one word.")
    assert version.content == {
        "options": [
            {"key": "a", "text": "Before.", "correct": True, "feedback": "Yes."},
            {"key": "b", "text": "After.", "correct": False, "feedback": "No: others would sway you."},
        ]
    }


def test_a_dry_run_plans_the_same_and_writes_nothing(root: Path, at: datetime) -> None:
    before = traces()

    planned = load_content(root=root, at=at, dry_run=True)

    assert traces() == before
    assert planned == load_content(root=root, at=at)


def test_a_second_run_changes_nothing(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    before = traces()

    plan = load_content(root=root, at=at)

    assert plan.count(Action.UNCHANGED) == 14
    assert traces() == before


def test_a_problem_in_the_last_file_leaves_nothing(tmp_path: Path, at: datetime) -> None:
    write_pack(tmp_path, change(BANK_FILE, "- [x]", "- [ ]"))
    before = traces()

    with pytest.raises(PackRefused) as refused:
        load_content(root=tmp_path, at=at)

    assert [str(problem) for problem in refused.value.problems] == [
        f"{BANK_FILE}:7: Q-01 has no right option: mark it with “- [x]”."
    ]
    assert traces() == before


def test_a_fault_in_the_last_step_leaves_nothing(short: Path, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_arguments: object) -> None:
        raise DatabaseError("The disk is full.")

    before = traces()
    monkeypatch.setattr(execute, "arrange_children", fail)

    with pytest.raises(DatabaseError, match="disk is full"):
        load_content(root=short, at=at)

    assert traces() == before


def test_a_changed_page_is_updated_alone(short: Path, at: datetime) -> None:
    load_content(root=short, at=at)
    page = PlayPage.objects.get()
    revisions = Revision.objects.count()

    plan = load_content(root=spoil(short, "Text.", "Other text."), at=at)

    assert [step.node.label for step in plan.pages if step.action is Action.UPDATE] == ["playbook/evaluate/score-bids"]
    assert Revision.objects.count() == revisions + 1
    changed = PlayPage.objects.get()
    assert (changed.pk, str(changed.body[0].value)) == (page.pk, "<p>Other text.</p>")


def test_block_ids_stay_when_other_blocks_change(short: Path, at: datetime) -> None:
    load_content(root=short, at=at)
    before = [block.id for block in PlayPage.objects.get().body]

    load_content(root=spoil(short, "Text.", "Other text."), at=at)

    assert [block.id for block in PlayPage.objects.get().body] == before


def test_a_changed_link_replaces_the_old_one(short: Path, at: datetime) -> None:
    load_content(root=short, at=at)

    load_content(root=spoil(short, "scoring: working", "scoring: expert"), at=at)

    assert [link.proficiency for link in PlayPage.objects.get().skill_links.all()] == [4]


def test_a_changed_question_is_a_new_version_and_the_old_one_stays(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)

    plan = load_content(root=write_pack(root, change(BANK_FILE, "When do you", "At what time do you")), at=at)

    assert [(step.code, step.action, step.number) for step in plan.items] == [("Q-01", "new version", 2)]
    assert [(version.number, version.stem[:4]) for version in ItemVersion.objects.order_by("number")] == [
        (1, "When"),
        (2, "At w"),
    ]


def test_a_question_that_left_the_pack_stays_and_is_named(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    files = change(BANK_FILE, "## Q-01", "## Q-02")
    files |= {name: text.replace("Q-01", "Q-02") for name, text in files.items() if "courses" in name}

    plan = load_content(root=write_pack(root, files), at=at)

    assert plan.left == ("Q-01",)
    assert list(Item.objects.order_by("code").values_list("code", flat=True)) == ["Q-01", "Q-02"]


def test_a_page_edited_in_the_cms_is_kept(short: Path, at: datetime, editor: User) -> None:
    load_content(root=short, at=at)
    page = PlayPage.objects.get()
    page.title = "Edited"
    page.save_revision(user=editor).publish()

    plan = load_content(root=spoil(short, "Text.", "Other text."), at=at)

    assert [(step.node.slug, step.reason) for step in plan.pages if step.action is Action.KEPT] == [
        ("score-bids", "edited in the CMS")
    ]
    assert (PlayPage.objects.get().title, str(PlayPage.objects.get().body[0].value)) == ("Edited", "<p>Text.</p>")


def test_a_draft_of_an_editor_keeps_the_page_too(short: Path, at: datetime, editor: User) -> None:
    load_content(root=short, at=at)
    PlayPage.objects.get().save_revision(user=editor)

    plan = load_content(root=spoil(short, "Text.", "Other text."), at=at)

    assert plan.count(Action.KEPT) == 1
    assert str(PlayPage.objects.get().body[0].value) == "<p>Text.</p>"


def test_overwrite_replaces_an_edited_page(short: Path, at: datetime, editor: User) -> None:
    load_content(root=short, at=at)
    page = PlayPage.objects.get()
    page.title = "Edited"
    page.save_revision(user=editor).publish()

    plan = load_content(root=short, at=at, overwrite=True)

    assert (plan.count(Action.UPDATE), plan.count(Action.KEPT)) == (1, 0)
    assert PlayPage.objects.get().title == "Score bids"
    assert load_content(root=short, at=at).count(Action.UNCHANGED) == 4


def test_a_page_unpublished_in_the_cms_is_kept_until_overwritten(short: Path, at: datetime, editor: User) -> None:
    load_content(root=short, at=at)
    PlayPage.objects.get().unpublish(user=editor)

    kept = load_content(root=short, at=at)

    assert [step.reason for step in kept.pages if step.action is Action.KEPT] == ["unpublished in the CMS"]
    assert PlayPage.objects.get().live is False
    load_content(root=short, at=at, overwrite=True)
    assert PlayPage.objects.get().live is True


def test_a_page_that_was_moved_in_the_cms_is_known_again(short: Path, at: datetime, editor: User) -> None:
    second = {"en/playbook/plan/index.md": PACK["en/playbook/evaluate/index.md"].replace("number: 3", "number: 1")}
    load_content(root=write_pack(short, second), at=at)
    PlayPage.objects.get().move(StagePage.objects.get(slug="plan"), pos="last-child", user=editor)

    plan = load_content(root=short, at=at)

    assert plan.count(Action.UNCHANGED) == 5
    assert PlayPage.objects.get().get_parent().slug == "plan"


def test_a_page_made_by_hand_in_its_place_is_taken_over(short: Path, at: datetime, site_tree: Page) -> None:
    plan = load_content(root=short, at=at)

    assert [step.action for step in plan.pages][:2] == [Action.UPDATE, Action.CREATE]
    assert Site.objects.get().root_page.pk == site_tree.pk
    assert Page.objects.get(pk=site_tree.pk).title == "Academy"


def test_a_place_taken_by_a_page_of_another_type_is_a_problem(short: Path, at: datetime, site_tree: Page) -> None:
    site_tree.add_child(instance=Page(title="Mine", slug="playbook"))

    with pytest.raises(PackRefused) as refused:
        load_content(root=short, at=at)

    assert [str(problem) for problem in refused.value.problems] == [
        "en/playbook/index.md:0: The address “/en/playbook/” belongs to a page of another type: move that one in the CMS."
    ]


def test_pages_stand_in_the_order_of_the_pack(short: Path, at: datetime) -> None:
    other = "en/playbook/evaluate/award.md"
    load_content(root=write_pack(short, {other: SHORT_PLAY.replace("order: 1", "order: 2")}), at=at)
    assert list(StagePage.objects.get().get_children().values_list("slug", flat=True)) == ["score-bids", "award"]

    load_content(root=write_pack(short, {PLAY_FILE: SHORT_PLAY.replace("order: 1", "order: 3")}), at=at)

    assert list(StagePage.objects.get().get_children().values_list("slug", flat=True)) == ["award", "score-bids"]


def test_wagtails_welcome_page_goes_unless_somebody_touched_it(short: Path, at: datetime, editor: User) -> None:
    welcome = Page.objects.get(slug="home")
    welcome.save_revision(user=editor)

    load_content(root=short, at=at)

    assert Page.objects.filter(pk=welcome.pk).exists()
    assert Site.objects.get().root_page.slug == "en"


def test_a_site_is_made_when_there_is_none(short: Path, at: datetime) -> None:
    Site.objects.all().delete()

    load_content(root=short, at=at)

    site = Site.objects.get()
    assert (site.root_page.slug, site.is_default_site) == ("en", True)


def test_pages_follow_a_new_edition_of_the_framework(root: Path, at: datetime) -> None:
    load_content(root=root, at=at)
    index, skill = "en/framework/procurement/index.md", "en/framework/procurement/skills/scoring.md"
    newer = {
        index: FRAMEWORK.replace('version: "1"', 'version: "2"').replace("2026-01-01", "2026-02-01"),
        skill: PACK[skill].replace("Scores alone", "Scores alone and says why"),
    }
    write_pack(root, newer)

    planned = load_content(root=root, at=at, dry_run=True)
    plan = load_content(root=root, at=at)

    assert planned == plan
    assert plan.count(Action.UPDATE) == 4  # play, course, lesson, assessment
    assert PlayPage.objects.get().skill_links.get().skill.edition.version == "2"
    assert ItemVersion.objects.order_by("number").last().skill.edition.version == "2"
    assert load_content(root=root, at=at).count(Action.UNCHANGED) == 14


def test_a_published_edition_with_other_content_is_a_problem(short: Path, at: datetime) -> None:
    load_content(root=short, at=at)
    skill = "en/framework/procurement/skills/scoring.md"
    write_pack(short, {skill: PACK[skill].replace("Scores alone", "Scores together")})

    with pytest.raises(PackRefused) as refused:
        load_content(root=short, at=at)

    assert [problem.message[:44] for problem in refused.value.problems] == [
        "Version 1 of procurement is published alread"
    ]


def test_a_problem_of_the_framework_stops_everything(short: Path, at: datetime) -> None:
    before = traces()
    role = "en/framework/procurement/roles/evaluator.md"
    write_pack(short, {role: PACK[role].replace("scoring: working", "scoring: good")})

    with pytest.raises(PackRefused) as refused:
        load_content(root=short, at=at)

    assert {problem.file for problem in refused.value.problems} >= {role}
    assert traces() == before


def test_the_command_prints_plan_and_counts(tmp_path: Path) -> None:
    out = StringIO()

    call_command("load_content", write_pack(tmp_path, PLAYBOOK_PACK), "--dry-run", stdout=out)

    assert out.getvalue().splitlines() == [
        "publish      framework procurement 1",
        "create       page home",
        "create       page playbook",
        "create       page playbook/evaluate",
        "create       page playbook/evaluate/score-bids",
        "create       page playbook/principles",
        "create       page playbook/principles/be-open",
        "create       page playbook/case-studies",
        "create       page playbook/case-studies/ukraine",
        "create       page playbook/case-studies/ukraine/prozorro",
        "9 pages: 9 create, 0 update, 0 unchanged, 0 kept.",
        "0 questions: 0 new, 0 new version, 0 unchanged.",
        "Nothing was written: this is a dry run.",
    ]


def test_the_command_names_what_is_kept_and_what_is_left(root: Path, at: datetime, editor: User) -> None:
    load_content(root=root, at=at)
    PlayPage.objects.get().save_revision(user=editor)
    files = change(PLAY_FILE, "Text.", "Other text.")
    files |= {name: text.replace("Q-01", "Q-02") for name, text in files.items()}
    out = StringIO()

    call_command("load_content", write_pack(root, files), stdout=out)

    assert out.getvalue().splitlines() == [
        "kept         page playbook/evaluate/score-bids: edited in the CMS",
        "update       page courses/scoring/first-steps/score-alone",
        "new          question Q-02, version 1",
        "left         question Q-01: in the bank, but no longer in the pack",
        "14 pages: 0 create, 1 update, 12 unchanged, 1 kept.",
        "1 questions: 1 new, 0 new version, 0 unchanged.",
    ]


def test_the_command_names_what_stays_when_asked_to_be_wordy(short: Path, at: datetime) -> None:
    load_content(root=short, at=at)
    out = StringIO()

    call_command("load_content", short, verbosity=2, stdout=out)

    assert out.getvalue().splitlines() == [
        "unchanged    framework procurement 1",
        "unchanged    page home",
        "unchanged    page playbook",
        "unchanged    page playbook/evaluate",
        "unchanged    page playbook/evaluate/score-bids",
        "4 pages: 0 create, 0 update, 4 unchanged, 0 kept.",
        "0 questions: 0 new, 0 new version, 0 unchanged.",
    ]


def test_the_command_prints_a_line_a_problem_and_ends_with_status_2(tmp_path: Path) -> None:
    files = change(HOME_FILE, "lead: Learn here. Practise here.\n", "")
    files[PLAY_FILE] = files[PLAY_FILE].replace("[be-open]", "[be-quick]")
    errors = StringIO()

    with pytest.raises(CommandError, match=r"Nothing was written: 2 problems in the pack\.") as refused:
        call_command("load_content", write_pack(tmp_path, files), stderr=errors)

    assert refused.value.returncode == 2
    assert errors.getvalue().splitlines() == [
        f"{HOME_FILE}:1: The key “lead” is missing: add it.",
        f"{PLAY_FILE}:9: There is no principle “be-quick”: mend the link, or add the principle.",
    ]
    assert not Page.objects.filter(slug="en").exists()


def test_the_command_refuses_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder") as refused:
        call_command("load_content", tmp_path / "nowhere")

    assert refused.value.returncode == 2
