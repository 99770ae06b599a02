"""The front door."""

from __future__ import annotations

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from academy.pages.blocks import StoryBlock
from academy.pages.models import BasePage


class HomePage(BasePage):
    """The home page of one language."""

    PERSONAL_DATA = None

    lead = models.CharField(
        _("lead"), max_length=400, help_text=_("Two sentences: what this is, and what the reader can do here.")
    )
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    main_panels = [FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["playbook.PlaybookIndexPage", "courses.CourseIndexPage"]
    template = "home/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find a page below by its whole address. Wagtail's own way, page by page, costs two queries a step."""
        if not path_components:
            return super().route(request, path_components)
        address = f"{self.url_path}{'/'.join(path_components)}/"
        try:
            page = self.get_descendants().get(slug=path_components[-1], url_path=address)
        except Page.DoesNotExist as error:
            raise Http404 from error
        return page.specific.route(request, [])
