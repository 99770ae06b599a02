"""Joining an organisation by an invitation."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from academy.lib.access import PUBLIC, access
from academy.lib.clock import now
from academy.lib.limits import within_limit
from academy.people.domain.invitations import accept_invitation
from academy.people.domain.offers import OVER, InvitationRefused, Offer, Reason, look_at
from academy.people.domain.visitors import person_of
from academy.people.forms.invitations import JoinCodeForm

# A code cannot be guessed; whoever tries is stopped all the same. Only what is no code counts: a class that scans one
# square behind one address is not.
SCOPE, RATE = "join", "30/m/ip"


@access(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD"])
def join_form(request: HttpRequest) -> HttpResponse:
    """Ask for the code of an invitation, for those who have it on paper."""
    form = JoinCodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid():
        return redirect("join", code=form.cleaned_data["code"])
    return render(request, "people/join_form.html", {"form": form}, status=422 if form.is_bound else 200)


@access(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Say who invites and what joining means; a signed-in person joins by pressing the button."""
    if not within_limit(request, scope=SCOPE, rate=RATE, counting=False):
        response: HttpResponse = ratelimit.respond_429(request)
        return response
    person = person_of(request) if request.user.is_authenticated else None
    try:
        if request.method == "POST" and person:
            membership = accept_invitation(code=code, person=person, at=now())
            told = _("You belong to “%(name)s” now.") % {"name": membership.organisation.local_name}
            messages.success(request, told)
            return redirect("my")
        offer: Offer = look_at(code=code, person=person, at=now())
    except InvitationRefused as refused:
        if refused.reason not in OVER:
            # Said on the page of the invitation, with what can be done.
            return redirect("join", code=code)
        unknown = refused.reason is Reason.UNKNOWN
        if unknown:
            within_limit(request, scope=SCOPE, rate=RATE)
        return render(request, "people/join_over.html", {"refused": refused}, status=404 if unknown else 410)
    return render(request, "people/join.html", {"offer": offer, "code": code, "person": person})
