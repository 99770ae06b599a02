"""Invitations in the CMS: who was invited, what became of it, links with their QR code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import django_filters
from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from academy.lib.access import Refusal, access, rule
from academy.lib.clock import now
from academy.lib.qr import qr_svg
from academy.people.domain.grants import reach_of
from academy.people.domain.invitation_codes import code_of
from academy.people.domain.invitation_mail import link_of
from academy.people.domain.invitations import open_link, send_again, withdraw_invitation
from academy.people.domain.offers import InvitationRefused
from academy.people.domain.rights import CHANGE_PEOPLE
from academy.people.domain.visitors import person_of
from academy.people.enums import InvitationKind, InvitationState, MailState
from academy.people.forms.invitations import OpenLinkForm
from academy.people.models import Invitation, InvitationMail, Organisation

INVITES = rule("invites people", lambda user: bool(reach_of(user, CHANGE_PEOPLE)), refusal=Refusal.HIDE)


def organisations_of(request: HttpRequest) -> QuerySet[Organisation]:
    """Return the organisations that somebody may invite into."""
    found: QuerySet[Organisation] = Organisation.objects.within(reach_of(person_of(request), CHANGE_PEOPLE))
    return found


class InvitationFilterSet(WagtailFilterSet):
    """By organisation with all below it, by kind, and by what became of it."""

    organisation = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Organisation"), queryset=organisations_of, method="in_branch"
    )
    kind = django_filters.ChoiceFilter(label=gettext_lazy("For"), choices=InvitationKind.choices)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=InvitationState.choices, method="by_state")
    mail = django_filters.ChoiceFilter(label=gettext_lazy("E-mail"), choices=MailState.choices, field_name="mail")

    def in_branch(self, rows: QuerySet[Invitation], name: str, value: Organisation) -> QuerySet[Invitation]:
        """Return those into the organisation or one below it."""
        return rows.filter(organisation__path__startswith=value.path)

    def by_state(self, rows: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """Return those of one state."""
        return rows.filter(pk__in=Invitation.objects.in_state(value, now()).values("pk"))

    class Meta:
        model = Invitation
        fields: list[str] = []


def whom(invitation: Invitation) -> str:
    """Return whom an invitation is for, in words."""
    if invitation.kind == InvitationKind.OPEN:
        return _("Link")
    return f"{invitation.name} <{invitation.email}>" if invitation.name else invitation.email


def mail_in_words(invitation: Any) -> str:
    """Return how far its last e-mail has come; nothing for a link. The list comes with it."""
    return str(MailState(invitation.mail).label) if invitation.mail else ""


def last_day(invitation: Invitation) -> str:
    """Return until when it holds, in the reader's zone."""
    return date_format(timezone.localtime(invitation.expires_at))


@access(INVITES)
class InvitationsView(generic.IndexView):
    """Every invitation within reach, the latest first."""

    model = Invitation
    page_title = gettext_lazy("Invitations")
    header_icon = "mail"
    index_url_name = "invitations"
    index_results_url_name = "invitations_results"
    default_ordering = "-invited_at"
    paginate_by = 50
    filterset_class = InvitationFilterSet
    search_fields = ["email", "name", "organisation__name"]
    # The declaration above decides.
    any_permission_required = None
    columns = [
        TitleColumn(
            "whom",
            label=gettext_lazy("For"),
            accessor=whom,
            classname="w-whitespace-nowrap",
            get_url=lambda invitation: reverse("invitation", args=[invitation.uuid]),
        ),
        Column("organisation", label=gettext_lazy("Organisation"), accessor="organisation.name"),
        Column("state", label=gettext_lazy("State"), accessor=lambda invitation: invitation.state_at(now()).label),
        Column(
            "seats",
            label=gettext_lazy("Joined"),
            accessor=lambda invitation: (
                _("%(used)d of %(seats)d") % {"used": invitation.used, "seats": invitation.seats}
            ),
        ),
        Column("mail", label=gettext_lazy("E-mail"), accessor=mail_in_words),
        # Wagtail's own column says how long ago something was: "just now" of what is to come.
        Column("expires_at", label=gettext_lazy("Until"), accessor=last_day, sort_key="expires_at"),
        DateColumn("invited_at", label=gettext_lazy("Invited"), sort_key="invited_at"),
    ]

    def get_base_queryset(self) -> QuerySet[Invitation]:
        """Return the invitations within reach, with what is shown of each."""
        reach = reach_of(person_of(self.request), CHANGE_PEOPLE)
        last = InvitationMail.objects.filter(invitation=OuterRef("pk")).order_by("-pk").values("state")
        rows = Invitation.objects.within(reach).with_uses().annotate(mail=Subquery(last[:1]))
        return rows.select_related("organisation")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """A link, and whatever other apps offer: see the hook."""
        buttons = [HeaderButton(_("Make a link"), url=reverse("open_link"), icon_name="link", priority=20)]
        for hook in hooks.get_hooks("academy_invitation_buttons"):
            buttons += hook()
        return sorted(buttons)


@access(INVITES)
@require_http_methods(["GET", "HEAD", "POST"])
def open_link_page(request: HttpRequest) -> HttpResponse:
    """Make a link for several people."""
    by = person_of(request)
    initial = {"organisation": request.GET.get("organisation", "")}
    form = OpenLinkForm(request.POST if request.method == "POST" else None, by=by, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = open_link(
                organisation=data["organisation"],
                seats=data["seats"],
                language=data["language"],
                message=data["message"],
                expires_at=data["until"],
                by=by,
                at=now(),
            )
        except InvitationRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The link is ready. Show it, print it or send it."))
            return redirect("invitation", uuid=made.uuid)
    return render(request, "people/staff/open_link.html", {"form": form})


@access(INVITES)
@require_safe
def invitation_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One invitation: its state, who joined by it, its link."""
    return render(request, "people/staff/invitation.html", shown(request, uuid))


@access(INVITES)
@require_safe
def print_invitation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A link as a sheet for the wall of a classroom."""
    context = shown(request, uuid)
    if not context["qr"]:
        raise Http404
    return render(request, "people/staff/invitation_sheet.html", context)


@access(INVITES)
@require_POST
def withdraw_invitation_now(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take it back."""
    invitation = found(request, uuid)
    withdraw_invitation(invitation=invitation, by=person_of(request), at=now())
    messages.success(request, _("The invitation is withdrawn. Who joined by it stays."))
    return redirect("invitation", uuid=invitation.uuid)


@access(INVITES)
@require_POST
def send_invitation_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send its e-mail once more, and show how far that has come."""
    invitation = found(request, uuid)
    try:
        job = send_again(invitation=invitation, by=person_of(request), at=now())
    except InvitationRefused as refused:
        messages.error(request, str(refused))
        return redirect("invitation", uuid=invitation.uuid)
    return redirect("job", job=job.uuid)


def found(request: HttpRequest, uuid: UUID) -> Invitation:
    """Return an invitation within reach. Raises Http404."""
    rows = Invitation.objects.within(reach_of(person_of(request), CHANGE_PEOPLE)).with_uses()
    invitation = rows.select_related("organisation", "invited_by", "withdrawn_by").filter(uuid=uuid).first()
    if invitation is None:
        raise Http404
    return invitation


def shown(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """Return what is shown of an invitation. The link of a personal one is for its addressee alone."""
    invitation = found(request, uuid)
    state = invitation.state_at(now())
    is_link = invitation.kind == InvitationKind.OPEN and state == InvitationState.WAITING
    link = link_of(invitation) if is_link else ""
    return {
        "invitation": invitation,
        "title": whom(invitation),
        "state": state,
        "is_open": state == InvitationState.WAITING,
        "is_personal": invitation.kind == InvitationKind.PERSONAL,
        "uses": invitation.uses.select_related("person"),
        "mails": invitation.mails.all(),
        "link": link,
        "code": in_groups(code_of(invitation) or "") if link else "",
        "qr": qr_svg(link, css_class=None) if link else "",
    }


def in_groups(code: str) -> str:
    """Return a code so that it can be read from paper: ABCDE-FGHJK-…, six letters at the end."""
    return "-".join([*(code[start : start + 5] for start in range(0, 20, 5)), code[20:]])
