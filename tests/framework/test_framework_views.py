"""The pages of the framework, as anybody sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains, assertTemplateUsed

from academy.framework.api import publish_edition
from academy.framework.domain.lookups import find_role
from academy.framework.templatetags.framework_tags import TextBlock, text_blocks
from academy.framework.templatetags.framework_words import level_name
from academy.home.models import HomePage
from tests.support.frameworks import small_framework

AssertQueries = Callable[[int], object]
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def framework(site_tree: HomePage, at: datetime) -> None:
    """A framework of three roles, levels and skills."""
    publish_edition(source=small_framework(size=3), at=at)


@pytest.mark.parametrize(
    ("address", "template", "heading"),
    [
        ("", "framework/index.html", "Capability framework"),
        ("roles/", "framework/roles.html", "Roles"),
        ("roles/role-1/", "framework/role.html", "Role 1"),
        ("skills/", "framework/skills.html", "Skills"),
        ("skills/skill-1/", "framework/skill.html", "Skill 1"),
    ],
)
def test_page_is_open_to_anybody(framework: None, client: Client, address: str, template: str, heading: str) -> None:
    response = client.get(f"/en/framework/{address}")

    assertTemplateUsed(response, template)
    assertContains(response, f'<h1 class="govuk-heading-xl">{heading}</h1>', html=True)


@pytest.mark.parametrize("address", ["roles/nothing/", "skills/nothing/"])
def test_page_of_nothing_is_not_found(framework: None, client: Client, address: str) -> None:
    assert client.get(f"/en/framework/{address}").status_code == 404


@pytest.mark.parametrize("address", ["", "roles/", "roles/role-1/", "skills/", "skills/skill-1/"])
def test_page_of_an_unknown_framework_is_not_found(framework: None, client: Client, address: str) -> None:
    assert client.get(f"/en/framework/{address}", {"framework": "nothing"}).status_code == 404


@pytest.mark.parametrize("address", ["", "roles/", "roles/role-1/", "skills/", "skills/skill-1/"])
def test_page_is_read_only(framework: None, client: Client, address: str) -> None:
    assert client.post(f"/en/framework/{address}").status_code == 405


@pytest.mark.parametrize("address", ["", "roles/", "skills/"])
def test_list_without_frameworks_says_so(site_tree: HomePage, client: Client, address: str) -> None:
    assertContains(client.get(f"/en/framework/{address}"), "No framework has been loaded.")


def test_index_links_roles_below_their_families(framework: None, client: Client) -> None:
    response = client.get("/en/framework/")

    assertContains(response, '<h3 class="govuk-heading-s">Family 3</h3>', html=True)
    assertContains(response, '<a class="govuk-link" href="/en/framework/roles/role-3/">Role 3</a>', html=True)


def test_list_narrows_to_one_framework(framework: None, client: Client, at: datetime) -> None:
    publish_edition(source=small_framework(code="other", name="Other", position=2), at=at)

    response = client.get("/en/framework/skills/", {"framework": "other"})

    assertContains(response, 'href="/en/framework/skills/skill-1/?framework=other"')
    assertNotContains(response, 'href="/en/framework/skills/skill-2/"')
    assertContains(response, '<strong aria-current="true">Other</strong>', html=True)


def test_role_page_of_the_framework_that_is_asked_for(framework: None, client: Client, at: datetime) -> None:
    publish_edition(source=small_framework(code="other", name="Other", position=2), at=at)

    response = client.get("/en/framework/roles/role-1/", {"framework": "other"})

    assertContains(response, "Other, Family 1")
    assertContains(response, 'href="/en/framework/skills/skill-1/?framework=other"')


def test_role_page_shows_how_well_each_level_needs_each_skill(framework: None, client: Client) -> None:
    response = client.get("/en/framework/roles/role-1/")

    assertContains(response, '<td class="govuk-table__cell">Working</td>', count=9, html=True)
    assertContains(response, '<th scope="col" class="govuk-table__header">Level 2</th>', html=True)
    assertContains(response, '<p class="govuk-body">Does the work of level 2.</p>', html=True)


def test_role_page_without_levels_names_the_skills(site_tree: HomePage, client: Client, at: datetime) -> None:
    source = small_framework()
    level = source.levels[0]
    level = replace(level, requirements=(replace(level.requirements[0], proficiency=None),))
    family = replace(source.families[0], roles=(replace(source.roles[0], levels=(level,)),))
    publish_edition(source=replace(source, families=(family,)), at=at)

    role, skill = client.get("/en/framework/roles/role-1/"), client.get("/en/framework/skills/skill-1/")

    assertContains(role, "The source names these skills without saying how well each is needed.")
    assertNotContains(role, "<table")
    assertContains(skill, "<li>Level not given</li>", html=True)


def test_facts_alone_lead_to_the_official_site(site_tree: HomePage, client: Client, at: datetime) -> None:
    source = small_framework(source_url="https://official.example/", licence="Open licence 3.0")
    level = replace(source.levels[0], summary="")
    family = replace(source.families[0], roles=(replace(source.roles[0], levels=(level,)),))
    skill = replace(source.skills[0], summary="", levels=())
    publish_edition(source=replace(source, families=(family,), skills=(skill,)), at=at)

    for address in ("roles/role-1/", "skills/skill-1/"):
        response = client.get(f"/en/framework/{address}")

        assertContains(response, "Here are the facts")
        assertContains(response, 'href="https://official.example/"', count=2)
        assertContains(response, "Open licence 3.0")


def test_skill_page_shows_levels_and_roles(framework: None, client: Client) -> None:
    response = client.get("/en/framework/skills/skill-1/")

    assertContains(response, "<li>do that</li>", html=True)
    assertContains(response, "The source does not describe this level.", count=3)
    assertContains(response, "<li><span>Level 3</span>: Working</li>", count=3, html=True)


@pytest.mark.parametrize("address", ["roles/role-1/", "skills/skill-1/"])
def test_framework_texts_are_marked_as_english_on_other_pages(framework: None, client: Client, address: str) -> None:
    name = "Role 1" if address.startswith("roles") else "Skill 1"

    response = client.get(f"/es/framework/{address}")

    assertContains(response, f'<h1 class="govuk-heading-xl" lang="en" dir="ltr">{name}</h1>', html=True)


@pytest.mark.parametrize("address", ["", "roles/role-1/", "skills/", "skills/skill-1/"])
def test_texts_are_escaped(site_tree: HomePage, client: Client, at: datetime, address: str) -> None:
    source = small_framework(name=HOSTILE, summary=HOSTILE, licence=HOSTILE)
    level = replace(source.levels[0], name=HOSTILE, summary=f"{HOSTILE}\n- {HOSTILE}")
    role = replace(source.roles[0], name=HOSTILE, summary=HOSTILE, description=HOSTILE, levels=(level,))
    skill = source.skills[0]
    skill = replace(skill, name=HOSTILE, summary=HOSTILE, levels=(replace(skill.levels[0], text=HOSTILE),))
    publish_edition(
        source=replace(source, families=(replace(source.families[0], name=HOSTILE, roles=(role,)),), skills=(skill,)),
        at=at,
    )

    response = client.get(f"/en/framework/{address}")

    assertNotContains(response, HOSTILE)
    assertContains(response, "&lt;script&gt;alert(1)&lt;/script&gt;")


@pytest.mark.parametrize("size", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"),
    [("", 4), ("roles/", 4), ("roles/role-1/", 10), ("skills/", 4), ("skills/skill-1/", 12)],
)
def test_page_takes_the_same_queries_however_much_there_is(
    site_tree: HomePage,
    client: Client,
    at: datetime,
    django_assert_num_queries: AssertQueries,
    address: str,
    queries: int,
    size: int,
) -> None:
    publish_edition(source=small_framework(size=size), at=at)
    # The first request of a process reads things that are then kept: the site and its home pages.
    client.get(f"/en/framework/{address}")

    with django_assert_num_queries(queries):
        client.get(f"/en/framework/{address}")


def test_role_page_offers_its_levels_by_their_rows(framework: None, client: Client) -> None:
    response = client.get("/en/framework/roles/role-1/")

    assert [level.id for level in response.context["role"].levels] == list(
        find_role("role-1").levels.order_by("rank").values_list("pk", flat=True)
    )


def test_text_blocks_tells_lists_from_paragraphs() -> None:
    assert text_blocks("One.\n\nTwo:\n- a\n- b\nThree.") == (
        TextBlock(paragraph="One."),
        TextBlock(paragraph="Two:"),
        TextBlock(items=("a", "b")),
        TextBlock(paragraph="Three."),
    )


def test_text_blocks_of_nothing_is_nothing() -> None:
    assert text_blocks(" \n") == ()


@pytest.mark.parametrize(
    ("language", "attributes"),
    [("en", ""), ("en-gb", ""), ("es", 'lang="en" dir="ltr"'), ("ar", 'lang="en" dir="ltr"')],
)
def test_framework_lang_speaks_up_in_another_language(language: str, attributes: str) -> None:
    template = Template("{% load framework_tags %}{% framework_lang %}")

    with translation.override(language):
        assert template.render(Context()) == attributes


def test_level_name_takes_number_and_code() -> None:
    assert [level_name(2), level_name("expert"), level_name(None)] == ["Working", "Expert", ""]
