"""The frame of every page: navigation, sign-in and sign-out, the policy of what may run."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from academy.home.models import HomePage
from academy.people.models import User
from tests.factories.courses import CourseIndexPageFactory
from tests.factories.playbook import PlaybookIndexPageFactory, StagePageFactory

pytestmark = pytest.mark.django_db


def items(html: str) -> list[tuple[str, str]]:
    """Return (address, words) of each link of the navigation."""
    (navigation,) = re.findall(r'<ul class="govuk-service-navigation__list".*?</ul>', html, re.DOTALL)
    links = re.findall(
        r'<a class="govuk-service-navigation__link" href="([^"]*)"[^>]*>(.*?)</a>', navigation, re.DOTALL
    )
    return [(address, re.sub(r"<[^>]+>", "", words).strip()) for address, words in links]


@pytest.fixture
def areas(site_tree: HomePage) -> HomePage:
    """A site with a playbook of one stage, and a list of courses."""
    index = PlaybookIndexPageFactory(parent=site_tree, title="Playbook", slug="playbook")
    StagePageFactory(parent=index, title="Plan", slug="plan")
    CourseIndexPageFactory(parent=site_tree, title="Courses", slug="courses")
    return site_tree


def test_navigation_of_a_visitor_ends_with_sign_in(client: Client, areas: HomePage) -> None:
    assert items(client.get("/en/help/").content.decode()) == [
        ("/en/playbook/", "Playbook"),
        ("/en/framework/", "Framework"),
        ("/en/courses/", "Courses"),
        ("/en/my/", "My learning"),
        ("/en/account/login/?next=/en/help/", "Sign in"),
    ]


def test_navigation_leaves_out_what_is_not_published(client: Client, site_tree: HomePage) -> None:
    assert [words for _address, words in items(client.get("/en/help/").content.decode())] == [
        "Framework",
        "My learning",
        "Sign in",
    ]


def test_navigation_of_a_learner_signs_out_by_post(client: Client, areas: HomePage, learner: User) -> None:
    client.force_login(learner)

    html = client.get("/en/help/").content.decode()

    assert [words for _address, words in items(html)] == ["Playbook", "Framework", "Courses", "My learning"]
    assert '<form method="post" action="/en/account/logout/">' in html
    assert '<input type="hidden" name="csrfmiddlewaretoken"' in html


def test_navigation_of_an_editor_leads_to_the_cms(client: Client, areas: HomePage, editor: User) -> None:
    client.force_login(editor)

    assert ("/cms/", "CMS") in items(client.get("/en/help/").content.decode())


def test_navigation_marks_the_very_page_and_the_area(client: Client, areas: HomePage) -> None:
    index = client.get("/en/playbook/").content.decode()
    stage = client.get("/en/playbook/plan/").content.decode()

    assert (
        'href="/en/playbook/" aria-current="page"><strong class="govuk-service-navigation__active-fallback">' in index
    )
    assert (
        'href="/en/playbook/" aria-current="true"><strong class="govuk-service-navigation__active-fallback">' in stage
    )
    assert (index.count("aria-current"), stage.count("aria-current")) == (1, 1)


def test_sign_in_from_the_account_pages_keeps_no_way_back(client: Client, areas: HomePage) -> None:
    assert ("/en/account/login/", "Sign in") in items(client.get("/en/account/signup/").content.decode())


def test_base_runs_one_script_with_the_nonce_of_the_policy(client: Client, areas: HomePage) -> None:
    response = client.get("/en/")

    html = response.content.decode()
    scripts = re.findall(r"<script[^>]*>", html)
    (nonce,) = re.findall(r"'nonce-([^']+)'", response.headers["Content-Security-Policy"])[:1]
    assert scripts == [f'<script type="module" src="/static/dist/academy.js" nonce="{nonce}">']
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", html)


def test_base_has_a_skip_link_to_the_only_main(client: Client, areas: HomePage) -> None:
    html = client.get("/en/").content.decode()

    assert html.index('<a href="#main-content" class="govuk-skip-link"') < html.index("<header")
    assert html.count('<main class="govuk-main-wrapper" id="main-content"') == 1


def test_base_in_a_script_from_right_to_left_has_the_turned_sheet(client: Client, admin: User, areas: HomePage) -> None:
    client.force_login(admin)

    html = client.get("/cms/styleguide/?dir=rtl").content.decode()

    assert 'dir="rtl"' in html
    assert "dist/academy.rtl.css" in html
    assert "dist/academy.css" not in html


def test_home_page_names_the_site_once_in_its_title(client: Client, site_tree: HomePage) -> None:
    site_tree.title = "Procurement Academy"
    site_tree.save()

    assert "<title>Procurement Academy</title>" in client.get("/en/").content.decode()
