"""Writing questions in the CMS: each kind, as a draft and ready; what goes wrong loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from academy.framework.models import Skill
from academy.people.models import User
from assessments.domain.items import save_draft
from assessments.domain.questions import question_of
from assessments.enums import ItemKind
from assessments.item_types.questions import Question
from assessments.models import Item, ItemBank, ItemVersion, ReadyVersion
from tests.factories.assessments import ItemBankFactory
from tests.factories.framework import SkillFactory
from tests.factories.people import StaffFactory
from tests.support.courses import question
from tests.support.moment import AT
from tests.support.question_bodies import READY
from tests.support.question_forms import question_form, sent_from
from tests.support.uploads import photograph

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(trainer: User) -> Client:
    client = Client()
    client.force_login(trainer)
    return client


@pytest.fixture
def bank() -> ItemBank:
    return ItemBankFactory(title="Bids")


@pytest.fixture
def skill() -> Skill:
    return SkillFactory(name="Independent scoring")


# What an author types into the part of each kind, and the content that comes of it.
TYPED: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "single_choice": (
        {
            "kind-options-0-text_0": "All",
            "kind-options-0-correct": "on",
            "kind-options-2-text_0": "None",
            "kind-options-2-feedback_0": "No.",
            "kind-shuffle": "on",
        },
        {
            "options": [
                {"key": "a", "text": "All", "correct": True},
                {"key": "b", "text": "None", "correct": False, "feedback": "No."},
            ]
        },
    ),
    "multiple_choice": (
        {
            "kind-rule": "weights",
            "kind-options-0-text_0": "One",
            "kind-options-0-correct": "on",
            "kind-options-0-fraction": "100",
            "kind-options-1-text_0": "Two",
            "kind-options-1-fraction": "-33,33333",
        },
        {
            "options": [
                {"key": "a", "text": "One", "correct": True, "fraction": "1.00"},
                {"key": "b", "text": "Two", "correct": False, "fraction": "-0.3333333"},
            ],
            "rule": "weights",
            "shuffle": False,
        },
    ),
    "true_false": (
        {"kind-answer": "true", "kind-feedback_false_0": "It is."},
        {"answer": True, "feedback_false": "It is."},
    ),
    "short_text": (
        {
            "kind-answers-0-text": "tender",
            "kind-answers-1-text": "*bid*",
            "kind-answers-1-pattern": "on",
            "kind-answers-1-fraction": "50",
        },
        {"answers": [{"text": "tender"}, {"text": "*bid*", "fraction": "0.50", "pattern": True}]},
    ),
    "numeric": (
        {
            "kind-answers-0-value": "2.5",
            "kind-answers-0-tolerance": "0.1",
            "kind-units-0-name": "m",
            "kind-units-0-multiplier": "1",
        },
        {"answers": [{"value": "2.5", "tolerance": "0.1"}], "units": [{"name": "m"}]},
    ),
    "matching": (
        {
            "kind-pairs-0-stem_0": "Chair",
            "kind-pairs-0-match": "leads",
            "kind-pairs-1-stem_0": "Clerk",
            "kind-pairs-1-match": "writes",
            "kind-distractors-0-text": "sings",
            "kind-shuffle": "on",
        },
        {
            "pairs": [
                {"key": "a", "stem": "Chair", "match": "leads"},
                {"key": "b", "stem": "Clerk", "match": "writes"},
            ],
            "distractors": ["sings"],
        },
    ),
    "ordering": (
        {"kind-steps-0-text_0": "Read", "kind-steps-1-text_0": "Score"},
        {"steps": [{"key": "a", "text": "Read"}, {"key": "b", "text": "Score"}]},
    ),
    "gap_fill": (
        {
            "stem": "A [[1]] scores before a [[3]].",
            "kind-words-0-text": "panel",
            "kind-words-0-reuse": "on",
            "kind-words-1-text": "tree",
            "kind-words-1-reuse": "on",
            "kind-words-2-text": "vote",
            "kind-words-2-reuse": "on",
            "kind-shuffle": "on",
        },
        {"words": [{"text": "panel"}, {"text": "tree"}, {"text": "vote"}], "gaps": [1, 3]},
    ),
    "cloze": (
        {
            "stem": "Write {#1}.",
            "kind-gaps-count": "1",
            "kind-gaps-0-variety": "short_text",
            "kind-gaps-0-weight": "2",
            "kind-gaps-0-layout": "list",
            "kind-gaps-0-short_text-answers-count": "1",
            "kind-gaps-0-short_text-answers-0-text": "no",
        },
        {"gaps": [{"short_text": {"answers": [{"text": "no"}]}, "weight": 2}]},
    ),
    "open_text": (
        {
            "kind-rubric-0-title": "Clear",
            "kind-rubric-0-levels-count": "2",
            "kind-rubric-0-levels-0-points": "0",
            "kind-rubric-0-levels-0-text": "No",
            "kind-rubric-0-levels-1-points": "2",
            "kind-rubric-0-levels-1-text": "Yes",
        },
        {
            "rubric": [
                {
                    "key": "a",
                    "title": "Clear",
                    "levels": [{"points": "0", "text": "No"}, {"points": "2", "text": "Yes"}],
                }
            ]
        },
    ),
    "file_upload": ({"kind-types": ".pdf; .odt"}, {"types": [".pdf", ".odt"]}),
    "self_rating": (
        {"kind-levels-0-text": "Not at all", "kind-levels-1-text": "Wholly"},
        {"levels": ["Not at all", "Wholly"]},
    ),
    "description": ({}, {}),
}


def new(cms: Client, kind: str, bank: ItemBank, skill: Skill, **typed: Any) -> dict[str, Any]:
    """What the form of a new question sends."""
    common = {"bank": str(bank.pk), "stem": "Who scores?", "skill": str(skill.pk), "proficiency": "2"}
    return question_form(cms, reverse("questions:add_kind", args=[kind]), **{**common, **typed})


def add(cms: Client, kind: str, data: dict[str, Any]) -> Any:
    return cms.post(reverse("questions:add_kind", args=[kind]), data)


def edit_address() -> str:
    return reverse("questions:edit", args=[Item.objects.get().pk])


@pytest.mark.parametrize("kind", ItemKind.values)
def test_author_writes_a_question_of_each_kind_and_makes_it_ready(
    kind: str, cms: Client, bank: ItemBank, skill: Skill, trainer: User
) -> None:
    typed, content = TYPED[kind]
    data = new(cms, kind, bank, skill, name="Who scores first", **typed)
    if kind == "multiple_choice":
        data.pop("kind-shuffle")

    answer = add(cms, kind, {**data, "ready": "ready"})

    assert answer.status_code == 302, answer.context["whole"].editor.rows
    version = ItemVersion.objects.get()
    assert version.content == content
    assert (version.kind, version.created_by, version.skill) == (kind, trainer, skill)
    assert (version.item.code, version.item.bank) == ("who-scores-first", bank)
    assert version.item.ready_version == version

    changed = question_form(cms, edit_address(), stem=f"{version.stem} Now?", ready="ready")
    assert cms.post(edit_address(), changed).status_code == 302
    assert [one.number for one in ItemVersion.objects.order_by("number")] == [1, 2]
    assert ItemVersion.objects.get(number=2).content == content
    assert ReadyVersion.objects.count() == 2


@pytest.mark.parametrize("kind", ItemKind.values)
def test_saving_without_a_change_makes_no_version(kind: str, cms: Client, bank: ItemBank, skill: Skill) -> None:
    stem, body = READY[kind]
    save_draft(
        bank=bank,
        code="from-a-file",
        question=Question(kind=kind, stem=stem, body=body, tags=("a", "b, c"), category=("Deep", "er")),
        skill=skill,
        proficiency=2,
        by=None,
        at=AT,
    )

    answer = cms.post(edit_address(), question_form(cms, edit_address()))

    assert answer.status_code == 302
    version = ItemVersion.objects.get()
    assert question_of(version).tags == ("a", "b, c")
    assert "no new version" in cms.get(answer["Location"]).text


def test_draft_that_is_not_ready_is_saved_all_the_same_and_says_what_is_missing(
    cms: Client, bank: ItemBank, skill: Skill
) -> None:
    data = new(cms, "single_choice", bank, skill, **{"kind-options-0-text_0": "All", "ready": "ready"})

    answer = add(cms, "single_choice", data)

    assert answer.status_code == 302
    page = cms.get(answer["Location"]).text
    assert "Saved as a draft. It is not ready yet: below you see what is missing." in page
    assert "Give at least two options." in page
    assert Item.objects.get().ready_version is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stem": "  "}, "Write the question."),
        ({"bank": ""}, "This field is required."),
        ({"bank": "987654"}, "Select a valid choice."),
        ({"code": "has spaces"}, "Enter a valid “slug”"),
        ({"proficiency": ""}, "Give both a skill and a level, or neither yet."),
        ({"proficiency": "9"}, "Select a valid choice."),
        ({"jurisdiction": "colombia"}, "Use the two capital letters of a country, such as CO."),
        ({"penalty": "200"}, "Give at most 100 %."),
        ({"mark": "many"}, "Write a number, such as 5 or 0.25."),
        ({"mark": "1e999999999"}, "Write a number, such as 5 or 0.25."),
        ({"stem": "x" * 100_001}, "Ensure this value has at most 100000 characters"),
        ({"tags": ",".join("x" * 61 for _tag in range(2))}, "Give at most 30 tags"),
        ({"kind-options-0-fraction": "half"}, "Write a number, such as 5 or 0.25."),
        ({"kind-options-0-text_1": "docx"}, "Select a valid choice."),
        ({"text_format": "docx"}, "Select a valid choice."),
        ({"language": "xx"}, "Select a valid choice."),
        ({"stem": "NUL \0"}, "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_stored_is_refused_and_nothing_typed_is_lost(
    cms: Client, bank: ItemBank, skill: Skill, changes: dict[str, str], sentence: str
) -> None:
    typed = {
        "explanation_0": "A long explanation.",
        "kind-options-0-text_0": "All",
        "kind-options-3-feedback_0": "Because c",
    }

    page = add(cms, "single_choice", {**new(cms, "single_choice", bank, skill), **typed, **changes})

    assert page.status_code == 200
    assert sentence in page.text
    assert "It is not saved: something is missing or wrong." in page.text
    assert "A long explanation." in page.text
    assert "Because c" in page.text
    assert Item.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"kind-options-count": "999999999999"},
        {"kind-options-count": "-1"},
        {"kind-options-count": "٣"},
        {"kind-options-count": ""},
        {"kind-options-0-place": "x" * 1000},
        {"kind-options-0-key": "\0"},
        {"rows": "::::"},
        {"rows": "kind-options:remove:99999"},
        {"rows": "kind-options:up:-1"},
        {"rows": "../../etc:add:"},
        {"rows": "kind-options:explode:0"},
        {"pictures-staged": "00000000-0000-0000-0000-000000000000:" + "a" * 24 + ":x.png"},
        {"pictures-staged": "../../../etc/passwd"},
        {"play": "999999999999999999999"},
        {"lesson": "1; drop"},
        {"skill": "1; drop"},
        {"bank": "٣"},
    ],
    ids=str,
)
def test_forged_form_is_answered_with_the_form(
    changes: dict[str, str], cms: Client, bank: ItemBank, skill: Skill
) -> None:
    answer = add(cms, "single_choice", {**new(cms, "single_choice", bank, skill), **changes})

    assert answer.status_code in {200, 302}


def test_too_many_rows_are_as_many_as_there_can_be(cms: Client, bank: ItemBank, skill: Skill) -> None:
    data = new(cms, "single_choice", bank, skill, **{"kind-options-count": "99999", "rows": "kind-options:add:"})

    page = add(cms, "single_choice", data)

    assert len(page.context["whole"].editor.rows["options"].all) == 300


def test_rows_are_added_moved_and_removed_without_javascript(cms: Client, bank: ItemBank, skill: Skill) -> None:
    texts = {f"kind-steps-{number}-text_0": word for number, word in enumerate(("one", "two", "three", "four"))}
    data = new(cms, "ordering", bank, skill, **texts)

    def pressed(button: str) -> dict[str, Any]:
        page = add(cms, "ordering", {**data, "rows": button})
        assert page.status_code == 200
        assert "It is not saved" not in page.text
        return sent_from(page.text)

    data = pressed("kind-steps:add:")
    data["kind-steps-4-text_0"] = "five"
    data = pressed("kind-steps:up:4")
    data = pressed("kind-steps:remove:1")
    data = pressed("kind-steps:down:0")
    assert add(cms, "ordering", data).status_code == 302

    steps = ItemVersion.objects.get().content["steps"]
    assert [step["text"] for step in steps] == ["three", "one", "five", "four"]
    assert Item.objects.count() == 1


def test_code_of_another_question_is_refused_and_a_made_one_steps_aside(
    cms: Client, bank: ItemBank, skill: Skill
) -> None:
    question(bank=bank, code="who-scores", skill=skill)

    page = add(cms, "true_false", new(cms, "true_false", bank, skill, code="who-scores", **TYPED["true_false"][0]))
    assert page.status_code == 200
    assert "This code is taken. Choose another, or leave it empty." in page.text
    assert ItemVersion.objects.count() == 1

    data = new(cms, "true_false", bank, skill, name="Who scores", **TYPED["true_false"][0])
    assert add(cms, "true_false", data).status_code == 302
    assert set(Item.objects.values_list("code", flat=True)) == {"who-scores", "who-scores-2"}


def test_form_built_on_an_older_version_is_refused_with_who_and_loses_nothing(
    cms: Client, bank: ItemBank, skill: Skill, trainer: User
) -> None:
    question(bank=bank, code="who-scores", skill=skill)
    mine = question_form(cms, edit_address(), stem="My words")
    other = Client()
    other.force_login(StaffFactory(display_name="Olga Other"))
    theirs = question_form(other, edit_address(), stem="Their words")
    assert other.post(edit_address(), theirs).status_code == 302

    refused = cms.post(edit_address(), mine)

    assert refused.status_code == 409
    assert "Olga Other changed this question on" in refused.text
    assert "My words" in refused.text
    assert ItemVersion.objects.count() == 2

    again = sent_from(refused.text)
    assert cms.post(edit_address(), again).status_code == 302
    assert ItemVersion.objects.get(number=3).stem == "My words"


def test_somebody_who_filed_it_elsewhere_is_not_overwritten(cms: Client, bank: ItemBank, skill: Skill) -> None:
    question(bank=bank, code="who-scores", skill=skill)
    mine = question_form(cms, edit_address(), category="Mine")
    theirs = question_form(cms, edit_address(), category="Theirs")
    assert cms.post(edit_address(), theirs).status_code == 302

    assert cms.post(edit_address(), mine).status_code == 409
    assert Item.objects.get().category == "Theirs"
    assert ItemVersion.objects.count() == 1


def test_picture_is_uploaded_survives_an_error_and_is_taken_away(cms: Client, bank: ItemBank, skill: Skill) -> None:
    upload = SimpleUploadedFile("The Panel.jpg", photograph(), content_type="image/jpeg")
    data = new(cms, "true_false", bank, skill, stem="  ", text_format="markdown", **TYPED["true_false"][0])

    page = add(cms, "true_false", {**data, "pictures-upload": upload})
    assert page.status_code == 200
    assert "![What it shows](picture:the-panel.jpg)" in page.text

    again = {**sent_from(page.text), "stem": "![Three people](picture:the-panel.jpg)\n\nWho?", "ready": "ready"}
    assert add(cms, "true_false", again).status_code == 302
    version = ItemVersion.objects.get()
    assert [row.name for row in version.pictures.all()] == ["the-panel.jpg"]
    assert version.item.ready_version == version
    assert b"CANARY" not in version.pictures.get().file.read()

    data = question_form(cms, edit_address(), **{"pictures-removed": "the-panel.jpg"})
    assert cms.post(edit_address(), data).status_code == 302
    assert list(ItemVersion.objects.get(number=2).pictures.all()) == []


def test_file_that_is_no_picture_is_refused(cms: Client, bank: ItemBank, skill: Skill) -> None:
    upload = SimpleUploadedFile("plan.png", b"<svg onload=alert(1)>", content_type="image/png")

    page = add(
        cms, "true_false", {**new(cms, "true_false", bank, skill, **TYPED["true_false"][0]), "pictures-upload": upload}
    )

    assert page.status_code == 200
    assert "plan.png: This is not a sound PNG file" in page.text
    assert Item.objects.count() == 0


def test_unknown_kind_and_question_do_not_exist(cms: Client, bank: ItemBank) -> None:
    assert cms.get(reverse("questions:add_kind", args=["essay"])).status_code == 404
    assert cms.get(reverse("questions:edit", args=[987654])).status_code == 404
