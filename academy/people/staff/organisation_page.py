"""The page of one organisation in the CMS."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from academy.people.domain.grants import reach_of
from academy.people.domain.organisation_lists import (
    asked_by_people,
    asked_of_people,
    history_of,
    line_above,
    with_figures,
)
from academy.people.domain.rights import CHANGE_ORGANISATIONS, CHANGE_PEOPLE, SEE_ORGANISATIONS, SEE_PEOPLE
from academy.people.domain.sections import pages_of
from academy.people.domain.visitors import person_of
from academy.people.forms.organisations import MemberForm
from academy.people.models import Organisation
from academy.people.reach import Reach

ADD_ORGANISATIONS = "people.add_organisation"
MEMBERS_ON_A_PAGE = 50


def reached(request: HttpRequest, permission: str) -> QuerySet[Organisation]:
    """Return the organisations where the person who asks holds ``permission``. One query, and its own."""
    found: QuerySet[Organisation] = Organisation.objects.within(reach_of(person_of(request), permission))
    return found


class InspectView(generic.InspectView):
    """The page of one organisation: where it stands, who belongs to it, who asks, what happened."""

    template_name = "people/staff/organisation.html"
    any_permission_required = ["view"]
    page_title = gettext_lazy("Organisation")

    def get_object(self, queryset: Any = None) -> Organisation:
        """Only what the person may see."""
        found = with_figures(reached(self.request, SEE_ORGANISATIONS)).prefetch_related("domains")
        return get_object_or_404(found, pk=self.pk)

    def get_fields(self) -> list[str]:
        """None: the template shows what there is."""
        return []

    def may(self, permission: str) -> bool:
        """Whether the person holds a permission here. One query."""
        return reach_of(person_of(self.request), permission).covers(self.object.path)

    @cached_property
    def may_change(self) -> bool:
        """Whether what is said here may be changed."""
        return self.may(CHANGE_ORGANISATIONS)

    def get_edit_url(self) -> str | None:
        """The way to the form, for those who may change it."""
        return reverse("organisation:edit", args=[self.object.pk]) if self.may_change else None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, what it hangs below as far as one may see it, itself."""
        items = [{"url": reverse("organisation:index"), "label": _("Organisations")}]
        seen = self.seen
        items += [
            {"url": reverse("organisation:inspect", args=[one.pk]), "label": one.local_name}
            for one in self.line
            if seen.covers(one.path)
        ]
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.object.local_name}]

    @cached_property
    def line(self) -> list[Organisation]:
        """What it hangs below."""
        return line_above(self.object)

    @cached_property
    def seen(self) -> Reach:
        """What the person may see."""
        return reach_of(person_of(self.request), SEE_ORGANISATIONS)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What can be done with it."""
        if not self.may_change or self.object.closed_at:
            return []
        links = [
            (_("Edit"), "edit", "edit", True),
            (_("Move"), "move", "arrow-right", self.object.depth > 1),
            (_("Close"), "close", "lock", True),
            (_("Pages that belong to it"), "sections", "doc-empty-inverse", self.seen.everywhere),
        ]
        return [
            Button(label, url=reverse(f"organisation:{name}", args=[self.object.pk]), icon_name=icon, priority=number)
            for number, (label, name, icon, shown) in enumerate(links)
            if shown
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Add below it."""
        if self.object.closed_at or not self.may(ADD_ORGANISATIONS):
            return []
        url = f"{reverse('organisation:add')}?parent={self.object.pk}"
        return [HeaderButton(_("Add below"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the template shows; people only for those who may see them."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sees_people, administers = self.may(SEE_PEOPLE), self.may(CHANGE_PEOPLE)
        context |= {
            "organisation": self.object,
            "line": [one.local_name for one in self.line],
            "children": with_figures(self.object.get_children()),
            "history": history_of(self.object),
            "section_pages": pages_of(self.object),
            "sees_people": sees_people,
            "administers": administers,
            "administers_people": administers and not self.object.closed_at,
        }
        if sees_people:
            rows = self.object.memberships.select_related("person").order_by("-left_at", "-pk")
            current = rows.filter(left_at=None).order_by("person__display_name", "pk")
            former = rows.exclude(left_at=None)
            context["current"] = Paginator(current, MEMBERS_ON_A_PAGE).get_page(self.request.GET.get("p"))
            context["former"] = Paginator(former, MEMBERS_ON_A_PAGE).get_page(self.request.GET.get("former"))
        if administers:
            here = {"organisation": self.object}
            waiting = asked_by_people().filter(**here).select_related("person")
            context["requests"] = Paginator(waiting, MEMBERS_ON_A_PAGE).get_page(self.request.GET.get("requests"))
            context["offers"] = list(asked_of_people().filter(**here).select_related("person")[:MEMBERS_ON_A_PAGE])
            context["member_form"] = MemberForm()
        return context
