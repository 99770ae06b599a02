"""What is done with an organisation, its members and its requests in the CMS. Each act has a page that says what follows."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from academy.lib.clock import now
from academy.people.domain.grants import reach_of
from academy.people.domain.organisations import close_organisation, move_organisation
from academy.people.domain.refusals import Refused
from academy.people.domain.rights import CHANGE_ORGANISATIONS
from academy.people.domain.sections import pages_of, set_sections
from academy.people.domain.visitors import person_of
from academy.people.forms.organisations import MoveForm, SectionForm, show_refusal
from academy.people.models import Membership, Organisation, User
from academy.people.reach import Reach


class ActView(WagtailAdminTemplateMixin, View):
    """Shows what an act means, does it when it is sent, and shows why when the domain refuses it."""

    template_name = "people/staff/organisation_act.html"
    header_icon = "group"
    permission = CHANGE_ORGANISATIONS
    form_class: type[forms.Form] = forms.Form
    # Shown in the way that things are that cannot be taken back.
    grave = False

    organisation: Organisation
    form: forms.Form

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what it is about, within reach."""
        super().setup(request, *args, **kwargs)
        self.find(kwargs["pk"])

    def find(self, pk: int) -> None:
        """Find the organisation; 404 outside reach."""
        self.organisation = get_object_or_404(Organisation.objects.within(self.reach), pk=pk)

    @cached_property
    def by(self) -> User:
        """Who acts."""
        return person_of(self.request)

    @cached_property
    def reach(self) -> Reach:
        """Where they may."""
        return reach_of(self.by, self.permission)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form."""
        self.form = self.make_form(None)
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        self.form = self.make_form(request.POST)
        if self.form.is_valid():
            try:
                with transaction.atomic():
                    said = self.act()
            except (Refused, ValidationError) as error:
                show_refusal(self.form, error)
            else:
                messages.success(request, said)
                return redirect(self.next_address())
        return self.show()

    def make_form(self, data: Any) -> forms.Form:
        """Return the form."""
        return self.form_class(data)

    def act(self) -> str:
        """Call the verb; return what to say."""
        raise NotImplementedError

    def next_address(self) -> str:
        """Where one goes afterwards: to the page of the organisation."""
        return reverse("organisation:inspect", args=[self.organisation.pk])

    def consequences(self) -> list[str]:
        """Return what follows, in sentences."""
        return []

    def show(self) -> HttpResponse:
        """Render the page."""
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, the organisation, the act."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("organisation:index"), "label": _("Organisations")},
            {"url": self.next_address(), "label": self.organisation.local_name},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and the words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "form": self.form,
            "media": self.form.media,
            "organisation": self.organisation,
            "consequences": self.consequences(),
            "submit": self.submit_label(),
            "grave": self.grave,
            "back": reverse("organisation:inspect", args=[self.organisation.pk]),
        }

    def submit_label(self) -> str:
        """What the button says."""
        return self.get_page_title()


class MoveView(ActView):
    """Hang an organisation below another one: choose, see what follows, confirm."""

    def get_page_title(self) -> str:
        return _("Move “%(name)s”") % {"name": self.organisation.local_name}

    def make_form(self, data: Any) -> forms.Form:
        """Offer the places that one reaches."""
        return MoveForm(data, reach=self.reach, organisation=self.organisation)

    @cached_property
    def confirmed(self) -> bool:
        """Whether what follows was shown and accepted."""
        return "confirm" in self.request.POST

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what follows first; move when that was confirmed."""
        if self.confirmed:
            return super().post(request, *args, **kwargs)
        self.form = self.make_form(request.POST)
        if self.form.is_valid():
            try:
                # The verb decides whether it can be; nothing of it stays.
                with transaction.atomic():
                    self.act()
                    transaction.set_rollback(True)
            except Refused as error:
                show_refusal(self.form, error)
        return self.show()

    def act(self) -> str:
        data = self.form.cleaned_data
        moved = move_organisation(
            organisation=self.organisation, parent=data["parent"], reason=data["reason"], by=self.by, at=now()
        )
        return _("“%(name)s” has moved.") % {"name": moved.local_name}

    @cached_property
    def asks(self) -> bool:
        """Whether this is the page that says what follows."""
        return self.form.is_bound and self.form.is_valid()

    def consequences(self) -> list[str]:
        """How much goes along, and who answers for it then."""
        if not self.asks:
            return []
        branch = Organisation.objects.filter(path__startswith=self.organisation.path)
        below = branch.count() - 1
        people = Membership.objects.current().filter(organisation__in=branch).values("person").distinct().count()
        return [
            _("It will belong to “%(name)s”.") % {"name": self.form.cleaned_data["parent"].local_name},
            ngettext(
                "%(count)d organisation below it moves along.", "%(count)d organisations below it move along.", below
            )
            % {"count": below},
            ngettext(
                "%(count)d person belongs to it or below, and stays there.",
                "%(count)d people belong to it or below, and stay there.",
                people,
            )
            % {"count": people},
            _("Those who administer, train or write for its old place can do so here no longer; those of the new can."),
            _("The move and its reason stay in the history of the organisation."),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The second page holds the choice in hidden fields."""
        asks = self.asks
        context = super().get_context_data(**kwargs)
        return context | {"asks": asks, "confirm": asks}

    def submit_label(self) -> str:
        return _("Move it") if self.asks else _("Continue")


class CloseView(ActView):
    """Close an organisation."""

    grave = True

    def get_page_title(self) -> str:
        return _("Close “%(name)s”") % {"name": self.organisation.local_name}

    def consequences(self) -> list[str]:
        return [
            _("Nobody can join it any more, and requests that wait are refused."),
            _("It stays in the tree and in the history of those who belonged to it. It is not opened again."),
        ]

    def submit_label(self) -> str:
        return _("Close it")

    def act(self) -> str:
        closed = close_organisation(organisation=self.organisation, by=self.by, at=now())
        return _("“%(name)s” is closed.") % {"name": closed.local_name}


class SectionsView(ActView):
    """Say which pages belong to an organisation. For those who answer for the whole site."""

    template_name = "people/staff/organisation_sections.html"
    form_class = SectionForm

    def find(self, pk: int) -> None:
        """404 for those whose reach has an end."""
        found = Organisation.objects.all() if self.reach.everywhere else Organisation.objects.none()
        self.organisation = get_object_or_404(found, pk=pk)

    def get_page_title(self) -> str:
        return _("Pages that belong to “%(name)s”") % {"name": self.organisation.local_name}

    def submit_label(self) -> str:
        return _("Add this page")

    def make_form(self, data: Any) -> forms.Form:
        """Taking one away needs no form."""
        return forms.Form(data) if data is not None and "remove" in data else SectionForm(data)

    def act(self) -> str:
        keys = set(self.organisation.sections.values_list("page_key", flat=True))
        if "remove" in self.request.POST:
            wanted = {key for key in keys if str(key) != self.request.POST["remove"]}
            said = _("The page does not belong to it any longer.")
        else:
            page: Page = self.form.cleaned_data["page"]
            wanted = {*keys, page.translation_key}
            said = _("“%(page)s” belongs to it now, with all below it, in every language.") % {"page": page.title}
        set_sections(organisation=self.organisation, keys=wanted, by=self.by, at=now())
        return said

    def next_address(self) -> str:
        return reverse("organisation:sections", args=[self.organisation.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not isinstance(self.form, SectionForm):
            self.form = SectionForm()
        return super().get_context_data(**kwargs) | {"pages": pages_of(self.organisation)}
