"""What every page is made of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.models import Orderable, Page
from wagtail.search import index


class PageSource(Orderable):
    """A source that a page rests on, cited by link."""

    PERSONAL_DATA = None

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)

    panels = [FieldPanel("title"), FieldPanel("url")]

    def __str__(self) -> str:
        return self.title


class BasePage(Page):
    """Abstract base of all pages. A page knows what is taught, never who is learning.

    Its identity across languages is ``translation_key``. It is abstract, not Wagtail 8's experimental
    swapped page model (docs/decisions/0002).
    """

    summary = models.CharField(
        _("summary"),
        max_length=200,
        help_text=_("One plain sentence. Shown under the title, in lists and by search engines."),
    )

    main_panels: ClassVar[list[Panel]] = []
    link_panels: ClassVar[list[Panel]] = []

    class Meta:
        abstract = True

    search_fields = [*Page.search_fields, index.SearchField("summary")]

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Join the panels, so that a page type lists only its own."""
        super().__init_subclass__(**kwargs)
        cls.content_panels = [
            *Page.content_panels,
            FieldPanel("summary"),
            *cls.main_panels,
            *cls.link_panels,
        ]
