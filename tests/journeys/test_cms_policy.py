"""The CMS under its Content-Security-Policy: editors do their work, and no browser refuses a part of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Collection

from academy.pages.models import Picture
from academy.people.models import User
from assessments.models import Item
from courses.models import LessonPage
from tests.factories.people import UserFactory
from tests.journeys.conftest import PATIENCE, Visitors
from tests.support.browser import Watch
from tests.support.uploads import photograph

# Pages that hold every kind of widget of ours: lists, filters, dates, choosers, tags, inline panels.
PLACES = [
    "/cms/",
    "/cms/pages/{course}/",
    "/cms/pages/{course}/edit/",
    "/cms/pages/{course}/history/",
    "/cms/pages/{alias}/edit/",
    "/cms/pages/add/courses/lessonpage/{module}/",
    "/cms/localize/submit/page/{lesson}/",
    "/cms/images/",
    "/cms/documents/",
    "/cms/documents/multiple/add/",
    "/cms/questions/",
    "/cms/questions/edit/{item}/",
    "/cms/questions/new/",
    "/cms/questions/new/cloze/",
    "/cms/questions/inspect/{item}/",
    "/cms/questions/{item}/1/preview/?answer=1",
    "/cms/questions/{item}/compare/",
    "/cms/questions/{item}/retire/",
    "/cms/question-banks/",
    "/cms/question-banks/new/",
    "/cms/users/",
    "/cms/users/new/",
    "/cms/users/edit/{person}/",
    "/cms/snippets/",
    "/cms/reports/site-history/",
    "/cms/reports/locked/",
    "/cms/reports/aging-pages/",
    "/cms/collections/{collection}/",
    "/cms/workflows/add/",
    "/cms/redirects/add/",
    "/cms/sites/new/",
    "/cms/locales/",
    "/cms/account/",
    "/cms/styleguide/",
]


def refusals(watch: Watch) -> list[str]:
    """What the browser refused, in the page and in its frames, or what was asked of another host."""
    return [
        fault for fault in watch.faults if "Content Security Policy" in fault or fault.startswith("request to http")
    ]


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """Looks at refusals alone: other complaints of Wagtail's scripts are not ours."""
    watch = Watch(host=live_server.url.removeprefix("http://"))
    yield watch
    assert refusals(watch) == []


@pytest.fixture
def cms(visitors: Visitors) -> Page:
    """A page of an administrator, who sees all of the CMS."""
    return visitors(UserFactory(display_name="Ada", is_superuser=True)).new_page()


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server of the tests hands renditions out from a disk."""
    folder = Path(settings.MEDIA_ROOT)
    monkeypatch.setattr(default_storage, "_wrapped", FileSystemStorage(location=str(folder)))
    yield
    rmtree(folder, ignore_errors=True)


def lesson_in_english() -> LessonPage:
    lesson: LessonPage = LessonPage.objects.filter(locale__language_code="en").order_by("path").first()
    return lesson


def test_all_kinds_of_pages_of_the_cms_keep_to_the_policy(cms: Page) -> None:
    lesson = lesson_in_english()
    ids = {
        "lesson": lesson.pk,
        "module": lesson.get_parent().pk,
        "course": lesson.get_parent().get_parent().pk,
        "alias": lesson.get_translations().first().pk,
        "item": Item.objects.first().pk,
        "person": User.objects.first().pk,
        "collection": Collection.get_first_root_node().add_child(name="Files").pk,
    }
    for place in PLACES:
        answer = cms.goto(place.format(**ids), wait_until="networkidle")
        assert answer is not None
        assert (place, answer.status) == (place, 200)
        assert "script-src-attr 'unsafe-hashes'" in answer.headers["content-security-policy"], place


def test_editor_writes_a_lesson_and_previews_it(cms: Page) -> None:
    lesson = lesson_in_english()
    blocks = len(lesson.body)
    cms.goto(f"/cms/pages/{lesson.pk}/edit/")
    # A block at the end of the text, and words in it.
    cms.locator("#panel-child-content-body-content button.c-sf-add-button").last.click()
    cms.get_by_role("option", name="Text", exact=True).first.click()
    words = cms.locator("#panel-child-content-body-content [role=textbox]").last
    words.click()
    expect(words).to_be_focused()
    cms.keyboard.type("Words under the policy")
    cms.keyboard.press("Control+b")
    cms.keyboard.type(" in bold")
    # Stored as a draft; the editor's script puts what was typed into the form a moment later.
    cms.wait_for_timeout(1500)
    cms.get_by_role("button", name="Save draft").first.click()
    expect(cms.get_by_text("has been updated.")).to_be_visible(timeout=PATIENCE)
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert len(draft.body) == blocks + 1
    assert "<b> in bold</b>" in draft.body[-1].value.source
    # The preview in its panel: a page of the site in a frame.
    cms.get_by_role("button", name="Toggle preview").click()
    frame = cms.frame_locator("iframe[title='Preview']").last
    expect(frame.locator("main")).to_contain_text("Words under the policy in bold", timeout=PATIENCE)
    expect(frame.locator("main strong, main b").last).to_have_text("in bold")
    # Let the editor's script come to rest before the database goes.
    cms.goto("/cms/locales/", wait_until="networkidle")


def test_editor_uploads_a_picture_and_finds_it_in_the_list(cms: Page, on_disk: None) -> None:
    cms.goto("/cms/images/add/")
    cms.set_input_files("input[type=file]", {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    cms.get_by_label("Title").fill("The panel at work")
    cms.get_by_role("button", name="Upload").click()
    expect(cms.get_by_text("added.")).to_be_visible(timeout=PATIENCE)
    stored = Picture.objects.get()

    cms.goto(f"/cms/images/{stored.pk}/", wait_until="networkidle")
    shown = cms.locator("img[src^='/media/images/']").first

    assert b"CANARY" not in stored.file.read()
    assert shown.evaluate("image => image.naturalWidth") > 0


def test_editor_uploads_several_pictures_at_once(cms: Page, on_disk: None) -> None:
    cms.goto("/cms/images/multiple/add/")
    files = [
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photograph()},
        {"name": "plan.png", "mimeType": "image/png", "buffer": b"<svg/>"},
    ]
    cms.set_input_files("input[type=file]", files[0])
    expect(cms.locator("[id^=id_image-][id$=title]")).to_have_value("me")

    cms.set_input_files("input[type=file]", files[1])
    expect(cms.locator("body")).to_contain_text("This is not a sound PNG file")
    assert Picture.objects.count() == 1


def test_script_in_an_attribute_of_the_cms_does_not_run(cms: Page, watch: Watch) -> None:
    cms.goto("/cms/locales/")
    cms.evaluate("""document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.__hit = 1">')""")
    cms.wait_for_timeout(300)

    assert cms.evaluate("window.__hit") is None
    assert len(refusals(watch)) == 1
    assert "script-src-attr" in refusals(watch)[0]
    watch.faults.clear()
