"""In the CMS, what is not somebody's answers as what does not exist."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from academy.home.models import HomePage
from academy.people.domain.sections import set_sections
from academy.people.enums import GrantKind
from tests.factories.people import OrganisationFactory, StaffFactory
from tests.factories.playbook import PlaybookIndexPageFactory
from tests.support.bodies import told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["edit", "delete", "history", "move", "copy", "unpublish"])
def test_page_of_another_country_answers_like_none(
    client: Client, site_tree: HomePage, at: datetime, name: str
) -> None:
    country = OrganisationFactory(parent=OrganisationFactory())
    mine, theirs = (
        PlaybookIndexPageFactory(parent=site_tree, slug=slug, title=f"The {slug}") for slug in ("mine", "theirs")
    )
    set_sections(organisation=country, keys=[mine.translation_key], by=None, at=at)
    client.force_login(StaffFactory(kinds=[GrantKind.AUTHOR, GrantKind.PUBLISHER], kinds__place=country))

    def get(pk: int) -> tuple[int, str]:
        return told(client.get(reverse(f"wagtailadmin_pages:{name}", args=[pk])))

    assert get(mine.pk)[0] == 200
    assert get(987654)[0] == 404
    assert get(theirs.pk) == get(987654)
    # Nothing is left to be read on the next page.
    assert "permission" not in client.get("/cms/").text


def test_place_that_everybody_knows_of_says_that_it_is_closed(client: Client, site_tree: HomePage) -> None:
    client.force_login(StaffFactory(kinds=[GrantKind.PUBLISHER]))

    response = client.get(reverse("questions:index"), follow=True)

    assert response.redirect_chain == [("/cms/", 302)]
    assert "Sorry, you do not have permission to access this area." in response.text
