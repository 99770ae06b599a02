"""Closing somebody's account on request, in the CMS."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from academy.home.forms import CloseSomebodysAccountForm
from academy.lib.access import STAFF, access
from academy.lib.clock import now
from academy.people.api import LastAdministrator, close_account, may_close, person_of
from academy.people.models import User


@access(STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def close_somebodys_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and whether it is meant; then close the account for good."""
    # Who may close nobody's account learns nothing of which there are.
    if not request.user.has_perm("people.close_account"):
        raise PermissionDenied
    person = User.objects.filter(pk=pk, closed_at__isnull=True).first()
    if person is None:
        raise Http404
    if person == request.user or not may_close(person=person, by=person_of(request)):
        raise PermissionDenied
    form = CloseSomebodysAccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            close_account(person=person, reason=form.reason, by=person_of(request), at=now())
        except LastAdministrator:
            form.add_error(None, _("This is the last administrator."))
        else:
            messages.success(request, _("The account is closed."))
            return redirect("wagtailusers_users:index")
    return render(request, "home/staff/close_account.html", {"person": person, "form": form})
