"""Files as answers: stored where no address leads, shown to nobody but their learner, and never twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import File
from django.urls import reverse

from academy.home.models import HomePage
from academy.lib.storage import private_storage
from academy.people.domain.retention import apply_retention
from academy.people.models import User
from assessments.api import save_bank
from assessments.models import Answer, AnswerFile, Attempt, ItemVersion, PracticeResponse
from courses.api import enrol
from tests.factories.assessments import AnswerFileFactory, AttemptFactory, AttemptItemFactory
from tests.factories.framework import SkillFactory
from tests.support.courses import checks_body, small_course
from tests.support.every_kind import ask
from tests.support.moment import AT
from tests.support.uploads import pdf, photograph, picture, upload
from tests.support.visits import Visitor, hidden

pytestmark = pytest.mark.django_db

CHECK = "/en/learn/fair-bids/lesson-1/check/1/"
SCRIPT = b"\nstream\n/JavaScript (app.alert(1))\nendstream\n"


@pytest.fixture
def version(site_tree: HomePage, learner: User) -> ItemVersion:
    """A question for files, asked in a lesson."""
    small = small_course(site_tree)
    asked = ask("file_upload", bank=save_bank(code="files", title="Files"), skill=SkillFactory())
    small.lessons[0].body = checks_body([asked.item])
    small.lessons[0].save()
    enrol(learner=learner, course=small.course, by=learner, at=AT)
    return asked


@pytest.fixture
def attempt(version: ItemVersion, learner: User) -> Attempt:
    """The same question in an attempt."""
    return AttemptItemFactory(attempt=AttemptFactory(learner=learner), version=version, option_order=[]).attempt


def hand_in(visitor: Visitor, path: str, *files: File[bytes], **more: Any) -> Any:
    form = hidden(visitor.get(path))
    return visitor.post(path, {**form, "file": list(files), **more})


def stored() -> set[str]:
    storage = private_storage()
    return set(storage.listdir("answers")[1]) if storage.exists("answers") else set()


def test_files_of_a_lesson_check_are_stored_and_can_be_fetched_again(version: ItemVersion, learner: User) -> None:
    visitor = Visitor(learner)
    page = visitor.get(CHECK)
    assert 'enctype="multipart/form-data"' in page.text
    assert "From 1 to 2 files, each of at most 1 MB: .pdf, .png, .txt" in page.text

    visitor.follow(hand_in(visitor, CHECK, upload("My plan.pdf", pdf()), upload("../../evil.png", picture())))

    files = AnswerFile.objects.order_by("name")
    assert [(row.name, row.attempt_item) for row in files] == [("My plan.pdf", None), ("evil.png", None)]
    response = PracticeResponse.objects.get()
    assert response.fraction is None
    assert {one["uuid"] for one in response.response["files"]} == {str(row.uuid) for row in files}
    fetched = visitor.get(reverse("answer_file", args=[files[0].uuid]))
    assert b"".join(fetched.streaming_content) == pdf()
    assert fetched["Content-Disposition"] == 'attachment; filename="My plan.pdf"'
    assert "no-store" in fetched["Cache-Control"]
    assert "sandbox" in fetched["Content-Security-Policy"]


def test_file_is_nothing_to_anybody_else(version: ItemVersion, learner: User, trainer: User, outsider: User) -> None:
    file = AnswerFileFactory(learner=learner)
    path = reverse("answer_file", args=[file.uuid])

    assert [Visitor(user).get(path).status_code for user in (learner, trainer, outsider, None)] == [200, 404, 404, 302]
    file.file.storage.delete(file.file.name)
    assert Visitor(learner).get(path).status_code == 404


def test_saved_files_are_kept_or_let_go(version: ItemVersion, learner: User) -> None:
    visitor = Visitor(learner)
    hand_in(visitor, CHECK, upload("a.txt", b"A"), upload("b.txt", b"B"))
    first, second = AnswerFile.objects.order_by("name")
    page = visitor.get(f"{CHECK}?again=1")
    assert page.text.count('name="kept" type="checkbox"') == 2

    again = f"{CHECK}?again=1"
    visitor.follow(hand_in(visitor, again, upload("c.txt", b"C"), kept=[str(second.uuid), "x", str(version.item_id)]))

    names = [one["name"] for one in PracticeResponse.objects.latest("pk").response["files"]]
    assert names == ["b.txt", "c.txt"]
    assert AnswerFile.objects.filter(pk=first.pk).exists()


def test_files_of_another_learner_cannot_be_kept(version: ItemVersion, learner: User, outsider: User) -> None:
    theirs = AnswerFileFactory(learner=outsider)

    page = hand_in(Visitor(learner), CHECK, kept=[str(theirs.uuid)])

    assert (page.status_code, PracticeResponse.objects.count()) == (422, 0)


def test_what_a_browser_says_of_stored_files_is_not_believed(version: ItemVersion, learner: User) -> None:
    theirs = AnswerFileFactory()
    forged = {
        "file": [str(theirs.uuid)],
        f"file-{theirs.uuid}-name": "plan.pdf",
        f"file-{theirs.uuid}-size": "8",
    }
    visitor = Visitor(learner)

    page = visitor.post(CHECK, {**hidden(visitor.get(CHECK)), **forged})

    assert (page.status_code, "Choose a file." in page.text) == (422, True)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.exe", b"MZ", "is not of a type that is asked for: .pdf, .png, .txt."),
        ("plan", b"x", "is not of a type that is asked for"),
        ("plan.pdf", b"MZ\x90", "This is not a sound PDF file"),
        ("plan.pdf", pdf(SCRIPT), "This PDF runs a script"),
        ("plan.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100, "This is not a sound PNG file"),
        ("plan.png", photograph(), "This is not a sound PNG file"),
        ("plan.txt", b"a\x00b", "This is not a sound TXT file"),
        ("plan.txt", b"", "This file is empty."),
        ("plan.txt", b"x" * (1024 * 1024 + 1), "is larger than 1 megabyte."),
        ("<img src=x>.exe", b"x", "&lt;img src=x&gt;.exe"),
    ],
    ids=lambda value: str(len(value)) if isinstance(value, bytes) else value[:20],
)
def test_file_that_is_not_taken_leaves_nothing(
    version: ItemVersion, learner: User, name: str, content: bytes, sentence: str
) -> None:
    before = stored()

    page = hand_in(Visitor(learner), CHECK, upload("good.txt", b"Good"), upload(name, content))

    assert (page.status_code, sentence in page.text) == (422, True)
    assert (AnswerFile.objects.count(), PracticeResponse.objects.count(), stored()) == (0, 0, before)


@pytest.mark.parametrize("count", [3, 99])
def test_too_many_files_are_refused_before_one_is_opened(version: ItemVersion, learner: User, count: int) -> None:
    page = hand_in(Visitor(learner), CHECK, *(upload(f"{number}.txt", b"x\x00") for number in range(count)))

    assert (page.status_code, "Give at most 2 files." in page.text) == (422, True)


def test_more_files_than_a_form_may_hold_are_a_bad_request(version: ItemVersion, learner: User) -> None:
    page = hand_in(Visitor(learner), CHECK, *(upload(f"{number}.txt", b"x") for number in range(101)))

    assert page.status_code == 400


def test_file_in_an_attempt_sent_twice_is_one_answer(attempt: Attempt, learner: User) -> None:
    visitor, path = Visitor(learner), f"/en/assess/{attempt.uuid}/q/1/"
    form = hidden(visitor.get(path))
    sent = [visitor.post(path, {**form, "file": upload("a.txt", b"A")}).status_code for _again in range(2)]

    assert (sent, Answer.objects.count(), AnswerFile.objects.get().attempt_item) == ([302, 302], 1, attempt.items.get())


def test_file_for_an_answer_that_came_too_late_is_gone_again(attempt: Attempt, learner: User) -> None:
    visitor, path = Visitor(learner), f"/en/assess/{attempt.uuid}/q/1/"
    old_tab = hidden(visitor.get(path))
    hand_in(visitor, path, upload("a.txt", b"A"))
    before = stored()

    page = visitor.post(
        path, {**old_tab, "uuid": "0b9b2a4c-7c1c-4c8e-9f0a-1d2e3f4a5b6c", "file": upload("b.txt", b"B")}
    )

    assert (page.status_code, "<li>b.txt</li>" in page.text) == (409, True)
    assert (AnswerFile.objects.get().name, stored()) == ("a.txt", before)


def test_practice_files_go_by_time_and_those_of_attempts_stay(
    attempt: Attempt, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    old = AnswerFileFactory(learner=learner)
    kept = AnswerFileFactory(learner=learner, attempt_item=attempt.items.get(), name="kept.pdf")

    with django_capture_on_commit_callbacks(execute=True):
        apply_retention(at=AT + timedelta(days=731))

    assert list(AnswerFile.objects.all()) == [kept]
    assert (old.file.storage.exists(old.file.name), kept.file.storage.exists(kept.file.name)) == (False, True)
