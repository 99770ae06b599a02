"""Questions in the CMS: trainers write them, nobody deletes them, and lists show no key."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from academy.framework.models import Skill
from academy.home.models import HomePage
from academy.people.enums import GrantKind
from academy.people.models import User
from assessments.api import save_item
from assessments.enums import ItemKind
from assessments.models import Item, ItemBank, ItemVersion
from tests.factories.assessments import ItemBankFactory
from tests.factories.framework import SkillFactory
from tests.factories.people import StaffFactory
from tests.support.courses import CANARY, question, small_course
from tests.support.moment import AT

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


def written(bank: ItemBank, skill: Skill, **changes: Any) -> dict[str, Any]:
    """What the form sends: a question of three options, the first right."""
    options = {
        f"{name}_{number}": value
        for number, key in enumerate("abc", start=1)
        for name, value in (("text", f"Option {key}"), ("feedback", f"Because {key}"))
    }
    return {
        "bank": bank.pk,
        "code": "who-scores",
        "play": "",
        "lesson": "",
        "kind": "single_choice",
        "stem": "A panel meets.\r\n\r\nWho scores first?",
        "explanation": "Alone, then together.",
        "skill": skill.pk,
        "proficiency": "2",
        "correct_1": "on",
        **options,
        **changes,
    }


def add(cms: Client, data: dict[str, Any]) -> Any:
    return cms.post(reverse("questions:add"), data)


def edit(cms: Client, data: dict[str, Any]) -> Any:
    return cms.post(reverse("questions:edit", args=[Item.objects.get().pk]), data)


def test_trainer_writes_a_question(cms: Client, bank: ItemBank, skill: Skill, trainer: User) -> None:
    assert "Option 6 is right" in cms.get(reverse("questions:add")).text

    answer = add(cms, written(bank, skill))

    assert answer.status_code == 302
    version = ItemVersion.objects.get()
    assert (version.item.code, version.item.bank, version.number, version.created_by) == (
        "who-scores",
        bank,
        1,
        trainer,
    )
    assert (version.kind, version.skill, version.proficiency) == ("single_choice", skill, 2)
    assert version.stem == "A panel meets.\n\nWho scores first?"
    assert version.content == {
        "options": [
            {"key": "a", "text": "Option a", "correct": True, "feedback": "Because a"},
            {"key": "b", "text": "Option b", "correct": False, "feedback": "Because b"},
            {"key": "c", "text": "Option c", "correct": False, "feedback": "Because c"},
        ]
    }
    assert cms.get(answer["Location"]).text.count("who-scores: A panel meets. Who scores first?") > 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"correct_1": ""}, "Mark at least one option as right."),
        ({"correct_2": "on"}, "A single choice has one right option: mark one, or make it a multiple choice."),
        ({"text_2": "Option a"}, "Two options have the same text: make them differ."),
        ({"text_2": "", "text_3": ""}, "Give at least two options."),
        ({"feedback_2": "  "}, "Give each option feedback that says why."),
        ({"stem": "  "}, "This field is required."),
        ({"explanation": ""}, "This field is required."),
        ({"skill": ""}, "This field is required."),
        ({"code": ""}, "This field is required."),
        ({"code": "has spaces"}, "Enter a valid “slug”"),
        ({"kind": "essay"}, "Select a valid choice."),
        ({"stem": "x" * 1_000_000}, "Ensure this value has at most 5000 characters"),
        ({"proficiency": "9"}, "Select a valid choice."),
    ],
)
def test_question_that_cannot_be_asked_is_refused_and_nothing_typed_is_lost(
    cms: Client, bank: ItemBank, skill: Skill, changes: dict[str, str], sentence: str
) -> None:
    page = add(cms, {**written(bank, skill, explanation="A long explanation."), **changes})

    assert page.status_code == 200
    assert sentence in page.text
    assert "Because c" in page.text
    if changes.get("explanation") is None:
        assert "A long explanation." in page.text
    assert Item.objects.count() == 0


def test_code_of_another_question_is_refused(cms: Client, bank: ItemBank, skill: Skill) -> None:
    add(cms, written(bank, skill))

    page = add(cms, written(bank, skill, stem="Something else?"))

    assert page.status_code == 200
    assert "Question with this Code already exists." in page.text
    assert ItemVersion.objects.count() == 1


def test_saving_without_a_change_makes_no_version(cms: Client, bank: ItemBank, skill: Skill) -> None:
    add(cms, written(bank, skill))

    assert edit(cms, written(bank, skill)).status_code == 302
    assert ItemVersion.objects.count() == 1


def test_saving_a_question_that_came_from_a_file_makes_no_version(cms: Client, bank: ItemBank, skill: Skill) -> None:
    save_item(
        bank=bank,
        code="who-scores",
        kind=ItemKind.MULTIPLE_CHOICE,
        stem="One.\n\nTwo?",
        content={
            "options": [
                {"key": key, "text": f"Option {key}", "correct": key in "ag", "feedback": f"Line\nof {key}"}
                for key in "abcdefg"
            ]
        },
        explanation="One\n\ntwo.",
        skill=skill,
        proficiency=3,
        play=None,
        lesson=None,
        by=None,
        at=AT,
    )
    html = cms.get(reverse("questions:edit", args=[Item.objects.get().pk])).text
    assert 'name="text_7"' in html

    sent = {
        **{f"text_{number}": f"Option {key}" for number, key in enumerate("abcdefg", start=1)},
        **{f"feedback_{number}": f"Line\r\nof {key}" for number, key in enumerate("abcdefg", start=1)},
    }
    data = written(
        bank,
        skill,
        kind="multiple_choice",
        stem="One.\r\n\r\nTwo?",
        explanation="One\r\n\r\ntwo.",
        proficiency="3",
        correct_7="on",
    )

    assert edit(cms, {**data, **sent}).status_code == 302
    assert ItemVersion.objects.count() == 1


def test_saving_a_change_makes_version_two_and_leaves_the_first(
    cms: Client, bank: ItemBank, skill: Skill, trainer: User
) -> None:
    first = question(bank=bank, code="who-scores", skill=skill)
    before = ItemVersion.objects.filter(pk=first.pk).values().get()

    answer = edit(cms, written(bank, skill, correct_1="", correct_2="on", code="ignored"))

    assert answer.status_code == 302
    second = ItemVersion.objects.get(number=2)
    assert (second.item, second.item.code, second.created_by) == (first.item, "who-scores", trainer)
    assert [option["correct"] for option in second.content["options"]] == [False, True, False]
    assert ItemVersion.objects.filter(pk=first.pk).values().get() == before


def test_editor_of_a_question_sees_what_it_says_today(cms: Client, bank: ItemBank, skill: Skill) -> None:
    question(bank=bank, code="who-scores", skill=skill)
    question(bank=bank, code="who-scores", skill=skill, right="c", stem="What now?")

    html = cms.get(reverse("questions:edit", args=[Item.objects.get().pk])).text

    assert "What now?" in html
    assert 'name="correct_3"' in html
    assert "checked" in html.partition('name="correct_3"')[2].partition(">")[0]
    assert "checked" not in html.partition('name="correct_1"')[2].partition(">")[0]


def test_publisher_of_pages_has_no_way_to_questions(bank: ItemBank, skill: Skill) -> None:
    question(bank=bank, code="who-scores", skill=skill, because=CANARY)
    item = Item.objects.get()
    client = Client()
    client.force_login(StaffFactory(kinds=[GrantKind.PUBLISHER]))

    for name in ("index", "add"):
        page = client.get(reverse(f"questions:{name}"))
        assert (page.status_code, page["Location"]) == (302, "/cms/"), name
    for name in ("edit", "history", "usage"):
        page = client.get(reverse(f"questions:{name}", args=[item.pk]))
        assert (page.status_code, CANARY in page.text) == (404, False), name
    assert client.post(reverse("questions:add"), written(bank, skill, code="mine")).status_code == 302
    assert edit(client, written(bank, skill)).status_code == 404
    assert "Questions" not in client.get("/cms/").text
    assert ItemVersion.objects.count() == 1


def test_learner_has_no_way_to_questions(learner: User, bank: ItemBank) -> None:
    client = Client()
    client.force_login(learner)

    assert client.get(reverse("questions:index")).status_code == 403
    assert client.post(reverse("questions:add"), {}).status_code == 403


def test_nobody_deletes_a_question(cms: Client, admin: User, bank: ItemBank, skill: Skill) -> None:
    item = question(bank=bank, code="who-scores", skill=skill).item
    administrator = Client()
    administrator.force_login(admin)
    addresses = [
        reverse("questions:delete", args=[item.pk]),
        reverse("wagtail_bulk_action", args=["assessments", "item", "delete"]) + f"?id={item.pk}",
    ]

    for client in (cms, administrator):
        for address in addresses:
            for method in (client.get, client.post):
                assert method(address).status_code in {302, 403, 404}
        edit_page = client.get(reverse("questions:edit", args=[item.pk])).text
        assert reverse("questions:delete", args=[item.pk]) not in edit_page

    assert Item.objects.count() == 1


def test_lists_and_choosers_show_no_key(cms: Client, site_tree: HomePage) -> None:
    small = small_course(site_tree)
    item = small.bank.items.first()
    listed = [
        reverse("questions:index"),
        reverse("questions:index_results"),
        reverse("questions:history", args=[item.pk]),
        reverse("questions:usage", args=[item.pk]),
        reverse("item_chooser:choose"),
        reverse("item_chooser:choose_results"),
        reverse("item_chooser:chosen", args=[item.pk]),
        reverse("wagtailadmin_pages:edit", args=[small.assessment.pk]),
        reverse("wagtailadmin_pages:edit", args=[small.lessons[0].pk]),
    ]

    for address in listed:
        page = cms.get(address)
        assert page.status_code == 200, address
        assert CANARY not in page.text, address
        assert "Because a" not in page.text, address
    assert item.code in cms.get(reverse("questions:index")).text
    assert item.code in cms.get(reverse("item_chooser:choose")).text


def test_list_is_searched_and_filtered_by_bank(cms: Client, bank: ItemBank, skill: Skill) -> None:
    question(bank=bank, code="first", skill=skill, stem="Who scores?")
    question(bank=ItemBankFactory(title="Contracts"), code="second", skill=skill, stem="Who signs?")

    def found(**asked: Any) -> list[str]:
        return [item.code for item in cms.get(reverse("questions:index"), asked).context["object_list"]]

    assert found() == ["first", "second"]
    assert found(q="signs") == ["second"]
    assert found(bank=bank.pk) == ["first"]


def test_script_in_a_question_is_text_in_the_cms(cms: Client, bank: ItemBank, skill: Skill) -> None:
    script = "<script>alert('x')</script>"
    add(cms, written(bank, skill, stem=script, text_1=script, feedback_1=script, explanation=script))
    item = Item.objects.get()

    for address in (
        reverse("questions:index"),
        reverse("questions:edit", args=[item.pk]),
        reverse("questions:history", args=[item.pk]),
        reverse("item_chooser:choose"),
    ):
        page = cms.get(address).text
        assert "<script>alert" not in page, address
        assert "&lt;script&gt;alert" in page, address
