"""The question bank in the CMS: its list, the page of a question, previews, acts, banks, and the chooser."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from academy.framework.models import Skill
from academy.home.models import HomePage
from academy.people.enums import GrantKind
from academy.people.models import User
from assessments.domain.items import retire_item, save_draft
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich
from assessments.models import Answer, AnswerFile, Item, ItemBank, ItemVersion, Mark, PracticeResponse, ReadyVersion
from tests.factories.assessments import ItemBankFactory
from tests.factories.framework import SkillFactory
from tests.factories.people import OrganisationFactory, StaffFactory
from tests.support.courses import CANARY, question, small_course, take_course
from tests.support.moment import AT
from tests.support.question_bodies import READY
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


def drafted(bank: ItemBank, kind: str, code: str, **changes: Any) -> ItemVersion:
    """A draft of a kind, without a skill."""
    stem, body = READY[kind]
    filed = changes.pop("filed", None)
    asked = Question(**{"kind": kind, "stem": stem, "body": body, **changes})
    version, _made = save_draft(
        bank=bank, code=code, question=asked, skill=None, proficiency=None, by=None, at=AT, filed=filed
    )
    return version


def found(cms: Client, **asked: Any) -> list[str]:
    return [item.code for item in cms.get(reverse("questions:index"), asked).context["object_list"]]


# The list -----------------------------------------------------------------------------------------


def test_list_is_searched_and_filtered(cms: Client, bank: ItemBank, skill: Skill, trainer: User) -> None:
    other = ItemBankFactory(title="Contracts", language="es")
    question(bank=bank, code="first", skill=skill, stem="Who scores?")
    question(bank=other, code="second", skill=SkillFactory(), stem="Who signs?", kind="multiple_choice")
    drafted(bank, "ordering", "third", name="The naming of names", tags=("Größe",), category=("Deep", "Down"))
    question(bank=bank, code="fourth", skill=skill)
    retire_item(item=Item.objects.get(code="fourth"), by=trainer, at=AT)
    drafted(bank, "single_choice", "first")
    Item.objects.filter(code="second").update(jurisdiction="CO")

    assert found(cms) == ["first", "fourth", "third", "second"]
    assert found(cms, q="signs") == ["second"]
    assert found(cms, q="naming") == ["third"]
    assert found(cms, q="Größe") == ["third"]
    assert found(cms, q="%") == []
    assert found(cms, bank=bank.pk) == ["first", "fourth", "third"]
    assert found(cms, state="draft") == ["third"]
    assert found(cms, state="ready") == ["second"]
    assert found(cms, state="newer_draft") == ["first"]
    assert found(cms, state="retired") == ["fourth"]
    assert found(cms, kind="ordering") == ["third"]
    assert found(cms, language="es") == ["second"]
    assert found(cms, level="2") == ["fourth", "second"]
    assert found(cms, skill=skill.pk) == ["fourth"]
    assert found(cms, category="deep") == ["third"]
    assert found(cms, jurisdiction="co") == ["second"]
    assert "No question fits." in cms.get(reverse("questions:index"), {"q": "nothing like it"}).text


@pytest.mark.parametrize("asked", [{"skill": "x"}, {"bank": "9" * 30}, {"state": "x"}, {"p": "x"}, {"ordering": "x"}])
def test_nonsense_in_a_filter_is_no_fault(asked: dict[str, str], cms: Client, bank: ItemBank, skill: Skill) -> None:
    question(bank=bank, code="first", skill=skill)

    assert cms.get(reverse("questions:index"), asked).status_code == 200


def test_empty_list_says_what_to_do(cms: Client) -> None:
    page = cms.get(reverse("questions:index")).text

    assert "Write the first one" in page
    assert cms.get(reverse("questions:add"))["Location"] == reverse("question_banks:add")


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_chooser_take_the_same_queries_for_one_and_three(
    count: int, cms: Client, bank: ItemBank, skill: Skill, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        question(bank=bank, code=f"one-{number}", skill=skill)
        ItemBankFactory(organisation=OrganisationFactory())
    cms.get(reverse("questions:index"))
    cms.get(reverse("item_chooser:choose_results"))

    with django_assert_num_queries(13):
        cms.get(reverse("questions:index_results"))
    with django_assert_num_queries(12):
        cms.get(reverse("item_chooser:choose_results"))
    with django_assert_num_queries(10):
        cms.get(reverse("question_banks:index_results"))


# One question -------------------------------------------------------------------------------------


def test_page_of_a_question_tells_its_versions_uses_and_log(cms: Client, site_tree: HomePage, learner: User) -> None:
    small = small_course(site_tree)
    take_course(learner, small)
    item = learner.attempts.get().items.first().version.item

    page = cms.get(reverse("questions:inspect", args=[item.pk]))

    assert page.context["places"].attempts == 1
    assert [one.title for one in page.context["places"].assessments] == [small.assessment.title]
    assert "Made ready" in page.text
    assert CANARY not in page.text


def test_pages_of_others_that_show_it_are_not_told(bank: ItemBank, site_tree: HomePage) -> None:
    small = small_course(site_tree)
    item = Item.objects.get(code="fair-bids-check-1")
    for lesson in small.lessons:
        lesson.live = False
        lesson.title = "Secret of another country"
        lesson.save()
    place = OrganisationFactory()
    ItemBank.objects.filter(pk=item.bank_id).update(organisation=place)
    client = Client()
    client.force_login(StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=place))

    for name in ("inspect", "retire"):
        page = client.get(reverse(f"questions:{name}", args=[item.pk]))
        assert page.status_code == 200
        assert "Secret of another country" not in page.text


def test_question_is_retired_after_its_uses_were_shown_and_brought_back(
    cms: Client, bank: ItemBank, skill: Skill, trainer: User
) -> None:
    item = question(bank=bank, code="first", skill=skill).item
    address = reverse("questions:retire", args=[item.pk])

    asks = cms.get(address)
    assert "0 attempts hold it and keep it, with their marks." in asks.text
    assert Item.objects.get().retired_at is None

    assert cms.post(address).status_code == 302
    assert Item.objects.get().retired_by == trainer
    page = cms.get(reverse("questions:inspect", args=[item.pk])).text
    assert "New attempts are not given it." in page
    assert cms.get(reverse("questions:restore", args=[item.pk])).status_code == 200
    assert cms.post(reverse("questions:restore", args=[item.pk])).status_code == 302
    assert Item.objects.get().retired_at is None


def test_draft_is_made_ready_or_says_what_is_missing(cms: Client, bank: ItemBank, skill: Skill) -> None:
    version = drafted(bank, "ordering", "first")
    address = reverse("questions:ready", args=[version.item_id, 1])

    assert cms.get(address).status_code == 405
    page = cms.post(address, follow=True)
    assert "Say which skill it asks for, and at which level." in page.text
    assert ReadyVersion.objects.count() == 0

    data = question_form(cms, reverse("questions:edit", args=[version.item_id]), skill=str(skill.pk), proficiency="2")
    cms.post(reverse("questions:edit", args=[version.item_id]), data)
    page = cms.post(reverse("questions:ready", args=[version.item_id, 2]), follow=True)
    assert "Version 2 is ready: new attempts ask it." in page.text
    assert Item.objects.get().ready_version == ItemVersion.objects.get(number=2)


def test_older_version_is_asked_again_as_a_new_one(cms: Client, bank: ItemBank, skill: Skill) -> None:
    question(bank=bank, code="first", skill=skill, stem="Old words?")
    item = question(bank=bank, code="first", skill=skill, stem="New words?").item

    page = cms.post(reverse("questions:ask_again", args=[item.pk, 1]), follow=True)

    assert "Version 3 says what version 1 said, and is ready" in page.text
    asked = Item.objects.get().ready_version
    assert asked is not None
    assert (asked.number, asked.stem) == (3, "Old words?")


def test_versions_are_compared_in_words(cms: Client, bank: ItemBank, skill: Skill) -> None:
    first = question(bank=bank, code="first", skill=skill, stem="Old words?")
    question(bank=bank, code="first", skill=skill, stem="New words?", right="b")

    page = cms.get(reverse("questions:compare", args=[first.item_id]))

    told = {(one.label, one.before, one.after) for one in page.context["differences"]}
    assert told == {
        ("Question", "Old words?", "New words?"),
        ("Option 1: This is right", "✓", ""),
        ("Option 2: This is right", "", "✓"),
    }
    same = cms.get(reverse("questions:compare", args=[first.item_id]), {"a": "2", "b": "2"})
    assert "Nothing: both say the same." in same.text
    assert cms.get(reverse("questions:compare", args=[first.item_id]), {"a": "9"}).status_code == 404


@pytest.mark.parametrize("kind", sorted(READY))
def test_versions_of_each_kind_are_compared(kind: str, cms: Client, bank: ItemBank) -> None:
    version = drafted(bank, kind, "first")
    drafted(bank, kind, "first", explanation=Rich("Because"))

    page = cms.get(reverse("questions:compare", args=[version.item_id]))

    assert [(one.label, one.before, one.after) for one in page.context["differences"]] == [
        ("Explanation", "", "Because")
    ]


# Preview ------------------------------------------------------------------------------------------


def test_preview_tries_answers_and_stores_nothing(cms: Client, bank: ItemBank, skill: Skill) -> None:
    version = question(bank=bank, code="first", skill=skill, because=CANARY)
    address = reverse("questions:preview", args=[version.item_id, 1])

    shown = cms.get(address)
    assert shown.status_code == 200
    assert CANARY not in shown.text
    assert "Who did it" not in shown.text
    assert CANARY in cms.get(address, {"answer": "1"}).text
    assert "That is right" in cms.post(address, {"option": "a"}).text
    assert "That is not right" in cms.post(address, {"option": "b"}).text
    refused = cms.post(address, {"option": "zz"})
    assert refused.status_code == 422
    assert "That is not one of the options. Choose again." in refused.text
    for model in (Answer, Mark, PracticeResponse):
        assert model.objects.count() == 0
    assert cms.get(reverse("questions:preview", args=[version.item_id, 9])).status_code == 404


@pytest.mark.parametrize("kind", sorted(READY))
def test_preview_shows_what_is_right_of_each_kind(kind: str, cms: Client, bank: ItemBank) -> None:
    version = drafted(bank, kind, "first", explanation=Rich("It is so."))

    page = cms.get(reverse("questions:preview", args=[version.item_id, 1]), {"answer": "1"})

    assert page.status_code == 200
    assert "It is so." in page.text
    assert cms.post(reverse("questions:preview", args=[version.item_id, 1]), {}).status_code in {404, 422}


# Banks --------------------------------------------------------------------------------------------


def test_author_makes_and_renames_a_bank_for_their_own_place_alone() -> None:
    mine, theirs = OrganisationFactory(name="Mine"), OrganisationFactory(name="Theirs")
    foreign = ItemBankFactory(organisation=theirs, title="Foreign bank")
    whole = ItemBankFactory(title="Whole site")
    author = Client()
    author.force_login(StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=mine))
    sent = {"title": "Ours", "code": "ours", "summary": "", "language": "en", "organisation": str(mine.pk)}
    add = reverse("question_banks:add")

    assert "Theirs" not in author.get(add).text
    for place in (str(theirs.pk), ""):
        refused = author.post(add, {**sent, "organisation": place})
        assert refused.status_code == 200
        assert "Theirs" not in refused.text
    assert "This code is taken." in author.post(add, {**sent, "code": foreign.code}).text
    assert author.post(add, sent).status_code == 302
    bank = ItemBank.objects.get(code="ours")
    edit = reverse("question_banks:edit", args=[bank.pk])
    assert author.post(edit, {**sent, "title": "Renamed", "code": "else"}).status_code == 302
    assert author.post(edit, {**sent, "organisation": str(theirs.pk)}).status_code == 200
    bank.refresh_from_db()
    assert (bank.title, bank.code, bank.organisation) == ("Renamed", "ours", mine)
    for other in (foreign, whole):
        assert author.get(reverse("question_banks:edit", args=[other.pk])).status_code == 404
    listed = author.get(reverse("question_banks:index"))
    assert [one.title for one in listed.context["object_list"]] == ["Renamed"]


def test_list_of_banks_counts_their_questions(cms: Client, bank: ItemBank, skill: Skill, trainer: User) -> None:
    question(bank=bank, code="ready", skill=skill)
    drafted(bank, "ordering", "draft")
    retire_item(item=question(bank=bank, code="retired", skill=skill).item, by=trainer, at=AT)
    ItemBankFactory(title="Empty")

    rows = cms.get(reverse("question_banks:index")).context["object_list"]

    assert [(row.title, row.ready, row.drafts, row.retired) for row in rows] == [("Bids", 1, 1, 1), ("Empty", 0, 0, 0)]


# Choosing, and rights -----------------------------------------------------------------------------


def test_chooser_offers_ready_questions_in_the_language_of_the_page(
    cms: Client, bank: ItemBank, skill: Skill, trainer: User, site_tree: HomePage
) -> None:
    question(bank=bank, code="english", skill=skill)
    question(bank=ItemBankFactory(language="es"), code="spanish", skill=skill)
    drafted(bank, "ordering", "draft")
    retire_item(item=question(bank=bank, code="retired", skill=skill).item, by=trainer, at=AT)
    choose = reverse("item_chooser:choose_results")

    def offered(headers: dict[str, str] | None = None, **asked: str) -> list[str]:
        page = cms.get(choose, asked, headers=headers)
        return sorted(item.code for item in page.context["results"].object_list)

    editor = f"http://testserver{reverse('wagtailadmin_pages:edit', args=[site_tree.pk])}"
    assert offered() == ["english", "spanish"]
    assert offered({"referer": editor}) == ["english"]
    assert offered({"referer": editor}, language="") == ["english", "spanish"]
    assert offered(language="es") == ["spanish"]
    assert offered(q="engl") == ["english"]
    assert offered(kind="ordering") == []
    for strange in ("http://elsewhere.example/cms/pages/1/edit/", "nonsense", "http://testserver/nowhere"):
        assert offered({"referer": strange}) == ["english", "spanish"]
    assert "Write a new question" in cms.get(reverse("item_chooser:choose")).json()["html"]


def test_reviewer_reads_and_changes_nothing(bank: ItemBank, skill: Skill) -> None:
    version = question(bank=bank, code="first", skill=skill)
    place = OrganisationFactory()
    ItemBank.objects.update(organisation=place)
    reviewer = Client()
    reviewer.force_login(StaffFactory(kinds=[GrantKind.REVIEWER], kinds__place=place))

    for name, arguments in (("inspect", []), ("compare", []), ("preview", [1])):
        assert reviewer.get(reverse(f"questions:{name}", args=[version.item_id, *arguments])).status_code == 200
    assert "Change it" not in reviewer.get(reverse("questions:inspect", args=[version.item_id])).text
    for name, arguments in (("edit", []), ("retire", []), ("restore", []), ("ready", [1]), ("ask_again", [1])):
        assert reviewer.post(reverse(f"questions:{name}", args=[version.item_id, *arguments])).status_code == 404
    assert reviewer.get(reverse("question_banks:add")).status_code == 302
    assert reviewer.get(reverse("question_banks:edit", args=[bank.pk])).status_code == 404


def test_question_of_another_country_does_not_exist(skill: Skill) -> None:
    theirs = ItemBankFactory(organisation=OrganisationFactory(), title=f"Bank {CANARY}")
    version = question(bank=theirs, code="theirs", skill=skill, because=CANARY, stem=CANARY)
    mine = OrganisationFactory()
    own = ItemBankFactory(organisation=mine)
    client = Client()
    client.force_login(StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=mine))

    for name in ("inspect", "edit", "compare", "retire", "restore", "history", "usage"):
        page = client.get(reverse(f"questions:{name}", args=[version.item_id]))
        assert (page.status_code, CANARY in page.text) == (404, False), name
    for name in ("preview", "ready", "ask_again"):
        page = client.post(reverse(f"questions:{name}", args=[version.item_id, 1]))
        assert (page.status_code, CANARY in page.text) == (404, False), name
    address = reverse("questions:add_kind", args=["true_false"])
    data = question_form(client, address, bank=str(theirs.pk), stem="Mine", **{"kind-answer": "true"})
    refused = client.post(address, data)
    assert (refused.status_code, CANARY in refused.text) == (200, False)
    assert client.post(address, {**data, "bank": str(own.pk)}).status_code == 302
    assert theirs.items.count() == 1


def test_page_of_another_country_is_not_named_by_the_form(skill: Skill, site_tree: HomePage) -> None:
    small = small_course(site_tree)
    secret = small.lessons[0]
    secret.live, secret.title, secret.draft_title = False, "Secret lesson", "Secret lesson"
    secret.save()
    mine = OrganisationFactory()
    own = ItemBankFactory(organisation=mine)
    client = Client()
    client.force_login(StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=mine))
    address = reverse("questions:add_kind", args=["true_false"])
    typed = {"bank": str(own.pk), "stem": "Mine", "lesson": str(secret.pk), "kind-answer": "true"}

    refused = client.post(address, question_form(client, address, **typed))

    assert refused.status_code == 200
    assert "Secret lesson" not in refused.text


def test_file_is_tried_in_a_preview_and_not_kept(cms: Client, bank: ItemBank) -> None:
    version = drafted(bank, "file_upload", "first")
    address = reverse("questions:preview", args=[version.item_id, 1])

    tried = cms.post(address, {"file": SimpleUploadedFile("plan.pdf", b"%PDF")})
    assert tried.status_code == 200
    assert "A person marks this answer" in tried.text
    assert "plan.pdf" in tried.text
    assert cms.post(address, {"file": SimpleUploadedFile("plan.exe", b"MZ")}).status_code == 422
    forged = {"file": "00000000-0000-0000-0000-000000000000", "file-00000000-0000-0000-0000-000000000000-name": "a.pdf"}
    assert cms.post(address, forged).status_code == 422
    assert AnswerFile.objects.count() == 0
