"""Closing somebody's account on request, in the CMS."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from academy.home.forms import CloseSomebodysAccountForm
from academy.lib.access import access
from academy.lib.clock import now
from academy.people.api import (
    CLOSES_ACCOUNTS,
    LastAdministrator,
    close_account,
    may_close,
    person_of,
    require_recent_authentication,
)
from academy.people.models import User


@access(CLOSES_ACCOUNTS)
@require_http_methods(["GET", "HEAD", "POST"])
def close_somebodys_account(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask why, and whether it is meant; then close the account for good."""
    by = person_of(request)
    person = get_object_or_404(User, public_id=public_id, closed_at__isnull=True)
    if person == by or not may_close(person=person, by=by):
        raise Http404
    # Only then: being asked for the password would tell that there is such a person.
    require_recent_authentication(request)
    form = CloseSomebodysAccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            close_account(person=person, reason=form.reason, by=by, at=now())
        except LastAdministrator:
            form.add_error(None, _("This is the last administrator."))
        else:
            messages.success(request, _("The account is closed."))
            return redirect("wagtailusers_users:index")
    return render(request, "home/staff/close_account.html", {"person": person, "form": form})
