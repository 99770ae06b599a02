"""Hostile words in a real browser: stored, and sent along in addresses; not one of them runs."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from academy.pages.models import Attachment
from academy.people.models import User
from courses.models import CoursePage, LessonPage
from playbook.models import PlayPage
from tests.factories.files import AttachmentFactory, PictureFactory
from tests.factories.people import UserFactory
from tests.journeys.conftest import Visitors
from tests.support.browser import Watch

HIT = "window.__hit=(window.__hit||0)+1"
WORDS = [
    f"<script>{HIT}</script>",
    f"\"><img src=x onerror='{HIT}'>",
    f"'><svg onload='{HIT}'>",
    f"</title></textarea></script><script>{HIT}</script>",
    f'<a href="javascript:{HIT}">x</a>',
    f"{{{{constructor.constructor('{HIT}')()}}}}",
]
ASKED = [
    "/en/verify/?code={}",
    "/en/verify/{}/",
    "/en/account/login/?next={}",
    "/en/account/signup/?next={}",
    "/en/help/?from={}",
    "/en/framework/roles/{}/",
    "/en/playbook/?stage={}",
    "/en/{}/",
    "/cms/pages/?q={}",
    "/cms/users/?q={}",
    "/cms/questions/?q={}",
    "/cms/images/?q={}&tag={}",
    "/cms/documents/?q={}",
    "/cms/reports/site-history/?label={}",
]


@pytest.fixture
def watch(live_server: LiveServer) -> Iterator[Watch]:
    """Looks at what leaves the site alone: the other complaints are about what was sent, and each page is asked."""
    watch = Watch(host=live_server.url.removeprefix("http://"))
    yield watch
    assert [fault for fault in watch.faults if fault.startswith("request to http")] == []


@pytest.fixture
def admin_page(visitors: Visitors) -> Page:
    page = visitors(UserFactory(display_name=WORDS[1], is_superuser=True)).new_page()
    page.on("dialog", lambda dialog: dialog.dismiss())
    return page


def hits(page: Page) -> int:
    page.wait_for_timeout(100)
    return int(page.evaluate("window.__hit || 0"))


def test_browser_that_runs_such_words_is_noticed(visitors: Visitors) -> None:
    """The tooth: where there is neither escaping nor a policy, the same words do run."""
    page = visitors().new_page()
    page.set_content(f"<body>{WORDS[0]}{WORDS[1]}</body>")

    assert hits(page) == 2


def test_words_in_addresses_do_not_run(admin_page: Page, watch: Watch) -> None:
    ran = []
    for number, address in enumerate(ASKED):
        for words in (WORDS[number % len(WORDS)], WORDS[(number + 1) % len(WORDS)]):
            admin_page.goto(address.replace("{}", quote(words, safe="")), wait_until="load")
            if hits(admin_page):
                ran.append((address, words))
    assert ran == []
    # Escaping alone keeps them from running: no policy had to stop one.
    assert [fault for fault in watch.faults if "__hit" in fault or "inline" in fault] == []


def test_words_that_are_stored_do_not_run(visitors: Visitors, admin_page: Page, watch: Watch) -> None:
    lesson = LessonPage.objects.filter(locale__language_code="en").order_by("path").first()
    course: CoursePage = lesson.get_parent().get_parent().specific
    play = PlayPage.objects.filter(locale__language_code="en").first()
    for number, page in enumerate((lesson, course, play)):
        page.title, page.summary = WORDS[number][:255], WORDS[number + 1][:200]
        page.save_revision().publish()
    evil = UserFactory(display_name=WORDS[0], email="evil@example.org")
    PictureFactory(title=WORDS[1], description=WORDS[2])
    document: Attachment = AttachmentFactory(title=WORDS[3])
    addresses = [
        (None, [course.url, lesson.url, play.url, "/en/", "/en/courses/", "/en/playbook/"]),
        (evil, ["/en/my/", "/en/my/settings/", "/en/my/certificates/", course.url, "/en/help/"]),
    ]
    cms = ["/cms/", f"/cms/pages/{course.pk}/", f"/cms/pages/{lesson.pk}/edit/", f"/cms/pages/{lesson.pk}/history/"]
    cms += ["/cms/users/", f"/cms/users/edit/{evil.pk}/", "/cms/images/", "/cms/documents/", "/cms/account/"]
    cms += [f"/cms/documents/edit/{document.pk}/", "/cms/reports/site-history/", "/cms/reports/aging-pages/"]
    ran = []
    for user, places in addresses:
        page = visitors(user).new_page()
        for address in places:
            page.goto(address, wait_until="load")
            ran += [address] if hits(page) else []
    for address in cms:
        admin_page.goto(address, wait_until="load")
        ran += [address] if hits(admin_page) else []

    assert ran == []
    assert User.objects.get(pk=evil.pk).display_name == WORDS[0]
    assert [fault for fault in watch.faults if "__hit" in fault or "Executing inline" in fault] == []
