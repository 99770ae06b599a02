"""Questions in and out in the CMS: seen before anything is written, confirmed, watched; within one's own reach."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from academy.exchange.questions.csv import read, write
from academy.exchange.questions.qti import write as write_qti
from academy.jobs.models import Job
from academy.people.enums import GrantKind
from academy.people.models import StagedUpload, User
from assessments.models import Item, ItemBank, ItemVersion
from tests.factories.assessments import ItemBankFactory
from tests.factories.people import OrganisationFactory, StaffFactory
from tests.support.many_questions import MAKERS, many_questions
from tests.support.qti_packages import repacked, unpacked
from tests.support.queries import counted_get
from tests.support.queue import run_tasks

pytestmark = pytest.mark.django_db

GOOD = "::Sum:: 2 + 2 < 5? {=4 ~%-50%5}\n\n::Truth:: So it is. {TRUE}\n"
BAD = "\n::Comma:: How many? {#1,5}\n"


@pytest.fixture
def bank() -> ItemBank:
    return ItemBankFactory(title="Law", organisation=OrganisationFactory(code="colombia"))


@pytest.fixture
def author(client: Client, bank: ItemBank) -> User:
    person: User = StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=bank.organisation)
    client.force_login(person)
    return person


def upload(client: Client, into: ItemBank, content: str | bytes = GOOD, **changes: Any) -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    sent = {"file": SimpleUploadedFile("q.txt", data), "form": "", "bank": into.pk, "category": "", **changes}
    return client.post(reverse("import_questions"), sent)


def hidden(shown: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', shown.text)
    assert found
    return found[1]


def confirm(client: Client, shown: HttpResponse, **changes: str) -> HttpResponse:
    """Press the button under what was shown."""
    sent = {"upload": hidden(shown, "upload"), "digest": hidden(shown, "digest"), **changes}
    return client.post(reverse("import_questions"), sent, follow=True)


def totals(shown: HttpResponse) -> list[int]:
    """All, new, changed, unchanged, refused."""
    return [int(figure) for figure in re.findall(r'<tr><th scope="row">[^<]+</th><td>(\d+)</td></tr>', shown.text)]


def test_file_is_seen_confirmed_and_imported_as_drafts(client: Client, author: User, bank: ItemBank) -> None:
    shown = upload(client, bank, category="From/2026")

    assert totals(shown) == [2, 2, 0, 0, 0]
    assert "Read as GIFT, for the bank “Law”. Nothing is imported yet." in shown.text
    for words in ["2 + 2 &lt; 5?", "4 (100%)", "5 (-50%)", "True (100%)", "Single choice", "Line 1", "Line 3"]:
        assert words in shown.text
    assert not Item.objects.exists()

    watched = confirm(client, shown)
    run_tasks()

    job = Job.objects.get()
    assert watched.redirect_chain == [(reverse("job", args=[job.uuid]), 302)]
    assert (job.state, job.total, job.done, job.failed) == ("done", 2, 2, 0)
    assert job.message == "Imported as drafts. Questions: 2; new: 2, changed: 0, unchanged: 0, left out: 0."
    assert list(Item.objects.values_list("code", "category", "bank", "ready_version")) == [
        ("sum", "From/2026", bank.pk, None),
        ("truth", "From/2026", bank.pk, None),
    ]
    assert set(ItemVersion.objects.values_list("created_by", flat=True)) == {author.pk}
    assert not StagedUpload.objects.exists()
    assert totals(upload(client, bank, category="From/2026")) == [2, 0, 0, 2, 0]


def test_bad_questions_are_named_and_the_good_ones_can_be_kept(client: Client, author: User, bank: ItemBank) -> None:
    shown = upload(client, bank, GOOD + BAD)

    assert totals(shown) == [3, 2, 0, 0, 1]
    assert "“1,5” has a comma, and would be another number. Write 1.5." in shown.text
    assert "Import as drafts" not in shown.text

    refused = confirm(client, shown)
    assert "Nothing was imported. Some questions cannot be imported." in refused.text
    assert not Job.objects.exists()

    confirm(client, shown, keep_good="on")
    run_tasks()
    job = Job.objects.get()
    assert (job.done, job.failed, Item.objects.count()) == (2, 1, 2)
    told = client.get(reverse("job_failures", args=[job.uuid])).content.decode("utf-8-sig")
    assert told.splitlines()[1:] == ['5,Comma,"“1,5” has a comma, and would be another number. Write 1.5."']


def test_same_file_can_be_read_as_another_format_without_choosing_it_again(
    client: Client, author: User, bank: ItemBank
) -> None:
    shown = upload(client, bank, form="csv")
    assert "This file cannot be read. Nothing was imported." in shown.text

    again = client.post(
        reverse("import_questions"),
        {"upload": hidden(shown, "upload"), "form": "gift", "bank": bank.pk, "category": "", "again": "on"},
    )

    assert totals(again) == [2, 2, 0, 0, 0]
    assert hidden(again, "upload") != hidden(shown, "upload")
    gone = client.post(reverse("import_questions"), {"upload": hidden(shown, "upload"), "digest": "x"}, follow=True)
    assert "The file is no longer here. Choose it again; nothing was imported." in gone.text
    long = {"upload": hidden(again, "upload"), "form": "gift", "bank": bank.pk, "category": "x" * 501, "again": "on"}
    assert "Ensure this value has at most 500 characters" in client.post(reverse("import_questions"), long).text


def test_what_changed_since_the_check_is_shown_again(client: Client, author: User, bank: ItemBank) -> None:
    shown = upload(client, bank)
    ItemBankFactory(code="other").items.create(code="sum")

    told = confirm(client, shown)

    assert "Something has changed since you looked." in told.text
    assert "sum-2" in told.text
    assert not Job.objects.exists()


@pytest.mark.parametrize("what", ["bank", "right", "file"])
def test_job_looks_again_before_it_writes(client: Client, author: User, bank: ItemBank, what: str) -> None:
    confirm(client, upload(client, bank))
    if what == "bank":
        ItemBankFactory(code="other").items.create(code="sum")
    elif what == "right":
        ItemBank.objects.filter(pk=bank.pk).update(organisation=OrganisationFactory(code="peru"))
    else:
        StagedUpload.objects.all().delete()

    run_tasks()

    job = Job.objects.get()
    assert job.state == "done"
    assert job.message.startswith("Nothing was imported. ")
    assert not ItemVersion.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"file": ""}, "Choose a file."),
        ({"file": SimpleUploadedFile("a", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("a", b"x" * (20 * 1024 * 1024 + 1))}, "The file is larger than 20 MB. Split it."),
        ({"form": "word"}, "Select a valid choice."),
        ({"bank": ""}, "This field is required."),
        ({"content": b"\xff\xfe\x00"}, "This file cannot be read."),
        ({"content": b"// nothing\n"}, "This file cannot be read."),
    ],
    ids=["none", "empty", "large", "format", "bank", "unreadable", "no question"],
)
def test_what_cannot_be_imported_is_said(
    client: Client, author: User, bank: ItemBank, changes: dict[str, Any], told: str
) -> None:
    shown = upload(client, bank, **changes)

    assert (shown.status_code, told in shown.text) == (200, True)
    assert not Item.objects.exists()


def test_what_stands_beside_the_questions_and_does_not_come_along_is_said(
    client: Client, author: User, bank: ItemBank
) -> None:
    files = unpacked(write_qti([question for question, _response in many_questions(1)]).data)
    test = b'<resource identifier="exam" type="imsqti_test_xmlv2p1" href="exam.xml"/></resources>'
    files["imsmanifest.xml"] = files["imsmanifest.xml"].replace(b"</resources>", test)

    shown = upload(client, bank, repacked({**files, "exam.xml": b"<x/>"}))

    assert totals(shown) == [1, 1, 0, 0, 0]
    assert "exam: It is a test: its questions are read, its order and its rules are not." in shown.text


def test_markup_of_a_file_is_text_on_the_page(client: Client, author: User, bank: ItemBank) -> None:
    shown = upload(client, bank, "::<script>alert(1)</script>:: <img src=x onerror=alert(2)> x {=<b>4</b> ~5}\n")

    assert "<script>alert(1)" not in shown.text
    assert "onerror=alert(2)" not in shown.text


def test_every_kind_is_shown_with_its_answers(client: Client, author: User, bank: ItemBank) -> None:
    data = write([question for question, _said in many_questions(len(MAKERS))]).data

    shown = upload(client, bank, data)

    assert totals(shown) == [13, 13, 0, 0, 0]
    for words in [
        "Stem a → Match a 5", "Also offered: None", "1. Step a 6", "Words: buy, sell", "1. buy", "Judged: Reasons",
        "very 11", "word 3 (100%)", "2. ", "Text without a question",
    ]:  # fmt: skip
        assert words in shown.text


def test_questions_are_handed_out_after_a_look(client: Client, author: User, bank: ItemBank) -> None:
    other = ItemBankFactory(code="other")
    other.items.create(code="theirs")
    confirm(client, upload(client, bank, write([one for one, _said in many_questions(13)]).data))
    run_tasks()
    asked = {"form": "csv", "bank": bank.pk, "drafts": "on", "version": "2.1"}

    shown = client.get(reverse("export_questions"), asked)
    assert "13 questions were found. The file holds all of it." in " ".join(shown.text.split())
    file = client.get(reverse("export_questions"), {**asked, "file": "1"})
    lossy = client.get(reverse("export_questions"), {**asked, "form": "gift", "bank": ""})

    assert file["Content-Disposition"] == 'attachment; filename="questions.csv"'
    assert len(read(file.content).found) == 13
    assert "What this format cannot hold" in lossy.text
    assert "The question is left out." in lossy.text
    for empty in [{"form": "csv"}, {"form": "csv", "file": "1", "category": "none"}]:
        assert "No question fits what you chose." in client.get(reverse("export_questions"), empty).text
    assert "Select a valid choice." in client.get(reverse("export_questions"), {"form": "word"}).text


@pytest.mark.parametrize("name", ["import_questions", "export_questions"])
def test_others_banks_and_the_pages_of_others_do_not_exist(client: Client, author: User, name: str) -> None:
    other = ItemBankFactory(organisation=OrganisationFactory(code="peru"))

    assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse(name), {"form": "csv", "bank": other.pk}).status_code == 404
    assert client.get(reverse(name), {"bank": "x"}).status_code == 404
    if name == "import_questions":
        assert upload(client, other).status_code == 404
    client.force_login(StaffFactory(kinds=[GrantKind.REVIEWER], kinds__place=other.organisation))
    assert client.get(reverse(name)).status_code == 404


def test_author_without_a_bank_is_told_so(client: Client, author: User, bank: ItemBank) -> None:
    ItemBank.objects.all().delete()

    for name in ["import_questions", "export_questions"]:
        assert "There is no question bank that is yours to write in." in client.get(reverse(name)).text


def test_ways_to_them_are_for_who_writes_questions(client: Client, author: User, bank: ItemBank) -> None:
    ways = [reverse("import_questions"), reverse("export_questions")]

    assert all(f'href="{way}"' in client.get(reverse("questions:index")).text for way in ways)
    client.force_login(StaffFactory(kinds=[GrantKind.REVIEWER], kinds__place=bank.organisation))
    assert not any(f'href="{way}"' in client.get(reverse("questions:index")).text for way in ways)


def test_check_takes_the_same_queries_for_more_questions(client: Client, author: User, bank: ItemBank) -> None:
    _shown, few = counted_get(client, reverse("import_questions"))
    ItemBankFactory.create_batch(3, organisation=bank.organisation)
    _shown, many = counted_get(client, reverse("import_questions"))

    assert len(few) == len(many)
