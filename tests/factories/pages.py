"""What all pages share."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Page
from wagtail_factories import PageFactory

from academy.pages.models import BasePage, PageSource


class BasePageFactory(PageFactory):
    """A published page below ``parent``, which is the root of the tree unless given. Its slug follows from its title."""

    class Meta:
        model = BasePage
        abstract = True

    parent = factory.LazyFunction(Page.get_first_root_node)
    title = factory.Sequence(lambda number: f"Page {number}")
    summary = "What this page is about."

    @classmethod
    def _create_instance(cls, model_class: type[BasePage], parent: Page, kwargs: dict[str, Any]) -> BasePage:
        # The tree counts children on the row: a parent that was read before its last child would lie.
        parent.refresh_from_db()
        page: BasePage = super()._create_instance(model_class, parent, kwargs)
        return page


class PageSourceFactory(DjangoModelFactory[PageSource]):
    """A source: pass ``page``."""

    class Meta:
        model = PageSource

    title = "The procurement act"
    url = "https://example.org/act"
