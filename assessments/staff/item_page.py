"""The page of one question: what it says, its versions, where it is used, what was done to it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import ModelLogEntry, Page
from wagtail.permissions import page_permission_policy

from academy.people.api import person_of, reach_of
from assessments.domain.item_places import Places, places_of
from assessments.domain.item_use import usage_and_fail_rates
from assessments.enums import VersionState
from assessments.models import Item, ItemVersion, version_state
from assessments.staff.scope import CHANGE, item_or_404
from assessments.staff.writing import InTheBank

VERSIONS_ON_A_PAGE = 20
LOGGED = 20


def pages_seen(request: HttpRequest) -> QuerySet[Page]:
    """Return the pages that somebody may know of: what everybody reads, and what they edit."""
    own = page_permission_policy.explorable_instances(person_of(request)).values("pk")
    return Page.objects.filter(pk__in=own) | Page.objects.live().public()


def places_seen(request: HttpRequest, item: Item) -> Places:
    """Return where a question is used, as far as somebody may know."""
    return places_of(item, seen=pages_seen(request))


class ItemView(InTheBank):
    """Everything about one question, but the key: that is in its preview and its form."""

    template_name = "assessments/staff/item.html"
    item: Item

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it. Raises Http404."""
        super().setup(request, *args, **kwargs)
        self.item = item_or_404(request, kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.render_to_response(self.get_context_data())

    def get_page_title(self) -> str:
        return str(self.item)

    @cached_property
    def may_change(self) -> bool:
        """Whether the reader writes in its bank."""
        reach = reach_of(person_of(self.request), CHANGE)
        owner = self.item.bank.organisation
        return reach.covers(owner.path) if owner else reach.everywhere

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Change it."""
        if not self.may_change:
            return []
        return [HeaderButton(_("Change it"), url=reverse("questions:edit", args=[self.item.pk]), icon_name="edit")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """Retire it or bring it back."""
        if not self.may_change:
            return []
        if self.item.retired_at:
            return [Button(_("Bring back"), url=reverse("questions:restore", args=[self.item.pk]), icon_name="undo")]
        return [Button(_("Retire"), url=reverse("questions:retire", args=[self.item.pk]), icon_name="bin")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        versions = self.item.versions.select_related("created_by", "readiness__ready_by", "skill").order_by("-number")
        page = Paginator(versions, VERSIONS_ON_A_PAGE).get_page(self.request.GET.get("p"))
        log = ModelLogEntry.objects.for_instance(self.item).select_related("user").order_by("-timestamp", "-pk")
        rows = [self.row(version) for version in page]
        return context | {
            "item": self.item,
            "may_change": self.may_change,
            "versions": page,
            "rows": rows,
            "latest": rows[0]["version"] if rows and page.number == 1 else versions.first(),
            "places": places_seen(self.request, self.item),
            "use": usage_and_fail_rates([self.item.pk]).get(self.item.pk),
            "log": log[:LOGGED],
        }

    def row(self, version: ItemVersion) -> dict[str, Any]:
        """Return a version with where it stands and what may be done with it."""
        version.item = self.item
        state = version_state(version)
        asked = self.item.ready_version
        return {
            "version": version,
            "state": state,
            "state_name": VersionState(state).label,
            "can_be_ready": state == VersionState.DRAFT and (asked is None or asked.number < version.number),
            "can_be_asked_again": asked is not None and version.number < asked.number,
        }
