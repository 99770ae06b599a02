"""Organisations in the CMS: the tree, a page for each, founding and amending. What is out of reach does not exist."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from academy.lib.clock import now
from academy.people.domain.grants import reach_of
from academy.people.domain.organisation_lists import (
    with_figures,
)
from academy.people.domain.organisations import amend_organisation, found_organisation
from academy.people.domain.refusals import Refused
from academy.people.domain.rights import CHANGE_ORGANISATIONS, SEE_ORGANISATIONS
from academy.people.domain.visitors import person_of
from academy.people.enums import PARENTS, OrganisationKind
from academy.people.forms.organisations import NewOrganisationForm, OrganisationForm, show_refusal
from academy.people.models import Organisation, OrganisationName
from academy.people.staff import member_acts, organisation_acts
from academy.people.staff.organisation_page import ADD_ORGANISATIONS, InspectView, reached

# Who adds a way to do something with all organisations, returns buttons: f(reach) -> [Button].
BUTTONS = "academy_organisation_buttons"


class TreeColumn(Column):
    """The name, as deep as it hangs, and the way to its page."""

    cell_template_name = "people/staff/organisation_cell.html"

    def get_cell_context_data(self, instance: Organisation, parent_context: Any) -> dict[str, Any]:
        """Add the address and the indent."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {
            "url": reverse("organisation:inspect", args=[instance.pk]),
            "indent": "\u2003" * (instance.depth - 1),
            "closed": instance.closed_at is not None,
        }


class IndexView(generic.IndexView):
    """The part of the tree that one reaches."""

    default_ordering = "path"
    search_fields = ["name", "code"]
    any_permission_required = ["view"]
    page_title = gettext_lazy("Organisations")

    columns = [
        TreeColumn("local_name", label=gettext_lazy("Name"), width="45%"),
        Column("code", label=gettext_lazy("Code")),
        Column("get_kind_display", label=gettext_lazy("Kind")),
        Column("members", label=gettext_lazy("Members")),
        Column("asking", label=gettext_lazy("Requests")),
    ]

    def get_base_queryset(self) -> QuerySet[Organisation]:
        """Only what the person may see."""
        return with_figures(reached(self.request, SEE_ORGANISATIONS))

    def get_valid_orderings(self) -> list[str]:
        """A tree has one order."""
        return ["path"]

    def search_queryset(self, queryset: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Search the names in all languages, and the codes."""
        if not self.is_searching:
            return queryset
        words = self.search_query
        named = OrganisationName.objects.filter(organisation=OuterRef("pk"), name__icontains=words)
        return queryset.filter(Q(name__icontains=words) | Q(code__icontains=words) | Exists(named))

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """What other apps offer."""
        reach = reach_of(person_of(self.request), CHANGE_ORGANISATIONS)
        return [button for offer in hooks.get_hooks(BUTTONS) for button in offer(reach)]


class SavesThroughTheDomain:
    """Runs the verb while the form can still show what the domain refuses."""

    request: HttpRequest
    saved: Organisation

    def is_valid(self, form: BaseForm) -> bool:
        """Whether all is right and stored."""
        if not super().is_valid(form):  # type: ignore[misc]  # Wagtail's
            return False
        try:
            with transaction.atomic():
                self.saved = self.store(form)
        except (Refused, ValidationError) as error:
            show_refusal(form, error)  # type: ignore[arg-type]
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return False
        return True

    def store(self, form: Any) -> Organisation:
        """Call the verb."""
        raise NotImplementedError

    def save_instance(self) -> Organisation:
        """It is stored already."""
        return self.saved

    def get_success_url(self) -> str:
        """Go to its page."""
        return reverse("organisation:inspect", args=[self.saved.pk])

    def get_success_buttons(self) -> list[Any]:
        """None: one is led to its page."""
        return []


class CreateView(SavesThroughTheDomain, generic.CreateView):
    """Add an organisation below one that is in reach."""

    success_message = gettext_lazy("“%(object)s” is there now.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the places that one reaches, first the one from which one came."""
        reach = reach_of(person_of(self.request), ADD_ORGANISATIONS)
        below = self.request.GET.get("parent", "")
        initial: dict[str, Any] = {"language": "en", "time_zone": "UTC"}
        if below.isdecimal() and len(below) < 19:
            parent = Organisation.objects.within(reach).filter(pk=below).first()
            initial |= self.given_by(parent) if parent else {}
        kwargs = super().get_form_kwargs()
        kwargs.pop("instance", None)
        return {**kwargs, "initial": initial, "reach": reach}

    @staticmethod
    def given_by(parent: Organisation) -> dict[str, Any]:
        """What is likely to be so below an organisation."""
        kinds = [kind for kind in OrganisationKind if OrganisationKind(parent.kind) in PARENTS[kind]]
        return {
            "parent": parent,
            "language": parent.language,
            "time_zone": parent.time_zone,
            "kind": kinds[0] if kinds else None,
        }

    def store(self, form: NewOrganisationForm) -> Organisation:
        """Found it."""
        return found_organisation(**form.said(), **form.placed(), by=person_of(self.request), at=now())


class EditView(SavesThroughTheDomain, generic.EditView):
    """Amend an organisation that is in reach."""

    success_message = gettext_lazy("“%(object)s” is saved.")
    # Who may not change it is told what others are: there is no such thing.
    permission_required = None

    def get_object(self, queryset: Any = None) -> Organisation:
        """Only what the person may change."""
        found = reached(self.request, CHANGE_ORGANISATIONS).prefetch_related("names", "domains")
        return get_object_or_404(found, pk=self.object_pk)

    def store(self, form: OrganisationForm) -> Organisation:
        """Amend it."""
        return amend_organisation(organisation=self.object, **form.said(), by=person_of(self.request), at=now())


class DeleteView(generic.DeleteView):
    """Nobody deletes: a place is closed."""

    def get_object(self, queryset: Any = None) -> Organisation:
        """There is nothing here."""
        raise Http404


class Reached:
    """Wagtail's views of one object, for those in reach."""

    request: HttpRequest

    def get_base_object_queryset(self) -> QuerySet[Organisation]:
        """Only what the person may change."""
        return reached(self.request, CHANGE_ORGANISATIONS)


class OrganisationHistoryView(Reached, HistoryView):
    """Wagtail's history."""


class OrganisationUsageView(Reached, UsageView):
    """Wagtail's usage."""

    def get_object(self) -> Organisation:
        """Ask for the object as the other views do."""
        found: Organisation = get_object_or_404(self.get_base_object_queryset(), pk=self.pk)
        return found


class OrganisationViewSet(ModelViewSet):
    """The tree and its pages."""

    model = Organisation
    name = "organisation"
    url_prefix = "organisations"
    icon = "group"
    menu_label = gettext_lazy("Organisations")
    menu_order = 360
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    # The views say it all: columns of their own, and the order of the tree.
    list_display = IndexView.columns
    ordering = "path"
    search_fields = ["name", "code"]
    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    inspect_view_class = InspectView
    history_view_class = OrganisationHistoryView
    usage_view_class = OrganisationUsageView

    def get_form_class(self, for_update: bool = False) -> type[OrganisationForm]:  # noqa: FBT001, FBT002 -- Wagtail's signature
        """Return our forms."""
        return OrganisationForm if for_update else NewOrganisationForm

    def get_edit_handler(self) -> None:
        """The form speaks for itself."""

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add what else is done with an organisation, its people and its requests."""
        return [
            *super().get_urlpatterns(),
            path("move/<int:pk>/", organisation_acts.MoveView.as_view(), name="move"),
            path("close/<int:pk>/", organisation_acts.CloseView.as_view(), name="close"),
            path("sections/<int:pk>/", organisation_acts.SectionsView.as_view(), name="sections"),
            path("members/<int:pk>/", member_acts.AddMemberView.as_view(), name="add_member"),
            path("memberships/<int:pk>/end/", member_acts.EndMembershipView.as_view(), name="end_membership"),
            path("requests/<int:pk>/accept/", member_acts.AcceptView.as_view(), name="accept_request"),
            path("requests/<int:pk>/refuse/", member_acts.RefuseView.as_view(), name="refuse_request"),
        ]


organisation_viewset = OrganisationViewSet()
