"""Questions in the CMS: trainers write them, nobody deletes them, and lists show no key."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from academy.framework.models import Skill
from academy.home.models import HomePage
from academy.people.enums import GrantKind
from academy.people.models import User
from assessments.models import Item, ItemBank, ItemVersion
from tests.factories.assessments import ItemBankFactory
from tests.factories.framework import SkillFactory
from tests.factories.people import StaffFactory
from tests.support.courses import CANARY, question, small_course
from tests.support.question_forms import question_form

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
    for act in ("retire", "restore", "inspect", "compare"):
        for method in (client.get, client.post):
            page = method(reverse(f"questions:{act}", args=[item.pk]))
            assert (page.status_code, CANARY in page.text) in {(404, False), (405, False)}, act
    for act in ("preview", "ready", "ask_again"):
        for method in (client.get, client.post):
            page = method(reverse(f"questions:{act}", args=[item.pk, 1]))
            assert (page.status_code, CANARY in page.text) in {(404, False), (405, False)}, act
    assert client.post(reverse("questions:add_kind", args=["true_false"]), {"bank": bank.pk}).status_code == 404
    assert client.post(reverse("questions:edit", args=[item.pk]), {"stem": "Mine"}).status_code == 404
    assert "Questions" not in client.get("/cms/").text
    assert ItemVersion.objects.count() == 1


def test_learner_has_no_way_to_questions(learner: User, bank: ItemBank) -> None:
    client = Client()
    client.force_login(learner)

    assert client.get(reverse("questions:index")).status_code == 403
    assert client.post(reverse("questions:add_kind", args=["true_false"]), {}).status_code == 403


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
        reverse("questions:inspect", args=[item.pk]),
        reverse("questions:retire", args=[item.pk]),
        reverse("question_banks:index"),
        reverse("item_chooser:choose_results") + "?language=en&kind=single_choice",
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


def test_script_in_a_question_is_text_in_the_cms(cms: Client, bank: ItemBank, skill: Skill) -> None:
    script = "<script>alert('x')</script>"
    typed = {
        "bank": str(bank.pk),
        "stem": script,
        "name": script,
        "tags": script,
        "category": script,
        "explanation_0": script,
        "kind-options-0-text_0": script,
        "kind-options-0-correct": "on",
        "kind-options-0-feedback_0": script,
        "kind-options-1-text_0": "No",
        "skill": str(skill.pk),
        "proficiency": "2",
        "ready": "ready",
    }
    address = reverse("questions:add_kind", args=["single_choice"])
    for format_of_texts in ("plain", "html", "markdown"):
        data = question_form(cms, address, **{**typed, "text_format": format_of_texts})
        assert cms.post(address, data).status_code == 302
    items = list(Item.objects.order_by("pk"))
    assert len(items) == 3

    for item in items:
        for address in (
            reverse("questions:index"),
            reverse("questions:edit", args=[item.pk]),
            reverse("questions:inspect", args=[item.pk]),
            reverse("questions:retire", args=[item.pk]),
            reverse("questions:compare", args=[item.pk]),
            reverse("questions:history", args=[item.pk]),
            reverse("questions:preview", args=[item.pk, 1]) + "?answer=1",
        ):
            page = cms.get(address)
            assert page.status_code == 200, address
            assert "<script>alert" not in page.text, address
    dialogue = cms.get(reverse("item_chooser:choose")).json()["html"]
    assert "<script>alert" not in dialogue
    assert "&lt;script&gt;alert" in dialogue
