"""What Wagtail would tell about another country's pages, files and people."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from academy.home.models import HomePage
from academy.people.domain.groups import ensure_collection
from academy.people.domain.sections import set_sections
from academy.people.enums import GrantKind
from academy.people.models import Organisation
from assessments.models import Item
from tests.factories.assessments import ItemBankFactory
from tests.factories.framework import SkillFactory
from tests.factories.people import EDITORS, OrganisationFactory, StaffFactory, UserFactory
from tests.factories.playbook import PlaybookIndexPageFactory, StagePageFactory
from tests.support.courses import question
from tests.support.moment import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(site_tree: HomePage) -> tuple[Organisation, Organisation]:
    """Two countries, each with a section."""
    programme = OrganisationFactory()
    mine, theirs = OrganisationFactory(parent=programme), OrganisationFactory(parent=programme)
    for place, slug in ((mine, "mine"), (theirs, "theirs")):
        section = PlaybookIndexPageFactory(parent=site_tree, slug=slug, title=f"The {slug}")
        set_sections(organisation=place, keys=[section.translation_key], by=None, at=AT)
    return mine, theirs


@pytest.fixture
def cms(client: Client, places: tuple[Organisation, Organisation]) -> Client:
    """Somebody who writes and publishes in the first."""
    client.force_login(StaffFactory(kinds=EDITORS, kinds__place=places[0]))
    return client


@pytest.fixture
def draft(places: tuple[Organisation, Organisation]) -> Page:
    """A draft of the second country."""
    owner = UserFactory(display_name="Owen Owner")
    page = StagePageFactory(parent=Page.objects.get(slug="theirs"), title="Secret stage", live=False, owner=owner)
    page.save_revision(user=owner, log_action="wagtail.edit")
    return page


@pytest.mark.parametrize(
    "address",
    [
        "/cms/choose-page/{section}/",
        "/cms/choose-page/search/?q=Secret",
        "/cms/choose-page/chosen-multiple/?id={draft}",
        "/cms/pages/{mine}/",
        "/cms/images/",
    ],
)
def test_draft_and_its_owner_are_not_told(cms: Client, draft: Page, address: str) -> None:
    theirs, mine = Page.objects.get(slug="theirs"), Page.objects.get(slug="mine")

    response = cms.get(address.format(section=theirs.pk, draft=draft.pk, mine=mine.pk))

    assert response.status_code == 200
    assert "Secret stage" not in response.text
    assert "Owen Owner" not in response.text


def test_what_is_published_elsewhere_may_be_chosen_under_its_public_title(cms: Client, draft: Page) -> None:
    draft.get_latest_revision().publish()
    search = "/cms/choose-page/search/?q=Secret"
    assert "Secret stage" in cms.get(search).text

    changed = Page.objects.get(pk=draft.pk).specific
    changed.title = "Secret plan"
    changed.save_revision()

    assert "Secret plan" not in cms.get(search).text
    assert "Secret plan" not in cms.get(f"/cms/choose-page/{draft.get_parent().pk}/").text


@pytest.mark.parametrize(
    "name", ["revisions_index", "confirm_workflow_cancellation", "workflow_history", "history", "usage"]
)
def test_page_is_nothing_to_others_by_any_address(cms: Client, draft: Page, name: str) -> None:
    assert cms.get(reverse(f"wagtailadmin_pages:{name}", args=[draft.pk])).status_code == 404


def test_page_is_not_moved_to_where_somebody_else_writes(cms: Client, draft: Page) -> None:
    mine = StagePageFactory(parent=Page.objects.get(slug="mine"))

    for address in (
        reverse("wagtailadmin_pages:move_confirm", args=[mine.pk, draft.pk]),
        reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, mine.get_parent().pk]),
    ):
        assert cms.get(address).status_code == 404


def test_several_at_once_are_those_that_are_ones_own(cms: Client, draft: Page) -> None:
    mine = StagePageFactory(parent=Page.objects.get(slug="mine"), title="My stage")
    address = "/cms/bulk/wagtailcore/page/publish/"

    assert cms.get(f"{address}?id={mine.pk}").status_code == 200
    for query in (f"id={draft.pk}", f"id={mine.pk}&id={draft.pk}", "id=x"):
        assert cms.get(f"{address}?{query}").status_code == 404
    everything = cms.get(f"{address}?id=all")
    assert "My stage" in everything.text
    assert "Secret stage" not in everything.text
    assert cms.get("/cms/bulk/wagtailcore/page/sing/").status_code == 404


@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.SpooledTemporaryFile:ResourceWarning")
def test_images_are_told_to_those_who_may_choose_them(cms: Client, places: tuple[Organisation, Organisation]) -> None:
    mine, theirs = (
        get_image_model().objects.create(
            title=f"Image {place.code}",
            file=get_test_image_file(filename=f"{place.code}.png"),
            collection=ensure_collection(place),
        )
        for place in places
    )
    theirs.tags.add("secret tag")

    listing = cms.get("/cms/api/main/images/").json()

    assert [image["title"] for image in listing["items"]] == [mine.title]
    assert cms.get(f"/cms/api/main/images/{theirs.pk}/").status_code == 404
    for address in ("/cms/images/", "/cms/images/chooser/"):
        assert "secret tag" not in cms.get(address).text
    assert cms.get("/cms/tag-autocomplete/?term=secret").status_code == 404
    gc.collect()  # Wagtail leaves the file of a new rendition to the collector.


def test_question_of_another_bank_is_not_changed(cms: Client, places: tuple[Organisation, Organisation]) -> None:
    version = question(bank=ItemBankFactory(organisation=places[1]), code="theirs", skill=SkillFactory())
    address = reverse("questions:edit", args=[version.item.pk])

    assert cms.get(address).status_code == 404
    assert cms.post(address, {}).status_code == 404
    assert Item.objects.get(code="theirs").versions.count() == 1


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")
@pytest.mark.parametrize(
    "name",
    [
        "wagtailadmin_reports:page_types_usage",
        "wagtail_localize:translations_report",
        "wagtailadmin_workflows:task_chooser",
    ],
)
def test_what_tells_of_every_country_is_for_administrators_of_the_site(cms: Client, name: str) -> None:
    assert cms.get(reverse(name)).status_code == 404
    cms.force_login(StaffFactory(kinds=[GrantKind.SITE_ADMIN]))
    assert cms.get(reverse(name)).status_code == 200


def test_way_to_these_reports_is_shown_to_administrators_alone(cms: Client) -> None:
    ways = [reverse("wagtailadmin_reports:page_types_usage"), reverse("wagtail_localize:translations_report")]

    assert not any(way in cms.get("/cms/").text for way in ways)
    cms.force_login(StaffFactory(kinds=[GrantKind.SITE_ADMIN]))
    assert all(way in cms.get("/cms/").text for way in ways)


def test_form_with_fields_missing_is_a_bad_request(cms: Client) -> None:
    mine: Any = StagePageFactory(parent=Page.objects.get(slug="mine"))

    assert cms.post(reverse("wagtailadmin_pages:copy", args=[mine.pk]), {}).status_code == 400
