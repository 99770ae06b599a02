"""Where one works: leave, join by one's address, ask to join, answer who asks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from academy.lib.access import SIGNED_IN, access
from academy.lib.clock import now
from academy.people.domain.memberships import join_by_address, leave
from academy.people.domain.my_work import find_to_ask
from academy.people.domain.refusals import MembershipRefused
from academy.people.domain.requests import answer_offer, ask_to_join
from academy.people.domain.visitors import person_of
from academy.people.forms.organisations import AskForm, show_refusal
from academy.people.models import Membership, MembershipRequest, Organisation

WORDS_LENGTH = 100


@access(SIGNED_IN)
def leave_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what leaving means, then leave."""
    person = person_of(request)
    own = Membership.objects.current().of(person).select_related("organisation")
    membership = get_object_or_404(own, pk=pk)
    name = membership.organisation.local_name
    if request.method != "POST":
        return render(request, "people/leave_organisation.html", {"name": name})
    leave(membership=membership, by=person, at=now())
    messages.success(request, _("You no longer belong to “%(name)s”.") % {"name": name})
    return redirect("my_settings")


@access(SIGNED_IN)
@require_POST
def join_organisation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Join by one's confirmed address."""
    organisation = get_object_or_404(Organisation.objects.open(), uuid=uuid)
    try:
        join_by_address(person=person_of(request), organisation=organisation, at=now())
    except MembershipRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You now belong to “%(name)s”.") % {"name": organisation.local_name})
    return redirect("my_settings")


@access(SIGNED_IN)
@require_safe
def find_organisation(request: HttpRequest) -> HttpResponse:
    """Search among those that take requests."""
    words = request.GET.get("q", "").replace("\x00", "")[:WORDS_LENGTH]
    hits, more = find_to_ask(words=words, person=person_of(request))
    context: dict[str, Any] = {"words": words, "hits": hits, "more": more}
    return render(request, "people/find_organisation.html", context)


@access(SIGNED_IN)
def ask_organisation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask to join one."""
    organisation = get_object_or_404(Organisation.objects.open().filter(takes_requests=True), uuid=uuid)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            asked = ask_to_join(
                person=person_of(request), organisation=organisation, message=form.cleaned_data["message"], at=now()
            )
        except MembershipRefused as refused:
            show_refusal(form, refused)
        else:
            said = (
                _("You now belong to “%(name)s”.")
                if asked.accepted
                else _("You asked to join “%(name)s”. An administrator there decides.")
            )
            messages.success(request, said % {"name": organisation.local_name})
            return redirect("my_settings")
    return render(request, "people/ask_organisation.html", {"form": form, "name": organisation.local_name})


@access(SIGNED_IN)
@require_POST
def answer_organisation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say yes or no to an administrator who asked."""
    person = person_of(request)
    offers = MembershipRequest.objects.filter(person=person).exclude(asked_by=person)
    offer = get_object_or_404(offers.select_related("organisation"), uuid=uuid)
    accept = request.POST.get("answer") == "yes"
    name = {"name": offer.organisation.local_name}
    try:
        answer_offer(request=offer, accept=accept, by=person, at=now())
    except MembershipRefused as refused:
        messages.error(request, str(refused))
    else:
        said = _("You now belong to “%(name)s”.") if accept else _("You do not belong to “%(name)s”.")
        messages.success(request, said % name)
    return redirect("my_settings")
