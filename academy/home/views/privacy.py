"""What we hold about people: the public page that says it, the record to download, and the way out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from academy.home.domain.record_file import record_archive
from academy.home.forms import CloseAccountForm
from academy.lib.access import PUBLIC, SIGNED_IN, access
from academy.lib.clock import now
from academy.people.api import (
    ClosingReason,
    LastAdministrator,
    Period,
    close_account,
    download_record,
    periods,
    person_of,
    recently_authenticated,
)

YEAR = 365


def how_long(period: Period) -> str:
    """Return a period in words."""
    words = str(period.lasts)
    if "%(length)s" not in words:
        return words
    return words % {"length": length_of(period.days)} if period.days else _("Without a limit")


def length_of(days: int) -> str:
    """Return a number of days as people count them."""
    if days % YEAR == 0:
        return ngettext("%(number)d year", "%(number)d years", days // YEAR) % {"number": days // YEAR}
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


@access(PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we hold, what for, on which ground and how long."""
    kinds = [
        {"holds": one.holds, "purpose": one.purpose, "basis": one.basis, "how_long": how_long(one)}
        for one in periods().values()
    ]
    return render(request, "home/privacy.html", {"kinds": kinds, "contact": settings.CONTACT_EMAIL})


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def my_record(request: HttpRequest) -> HttpResponse:
    """Say what the record holds; when asked for it, hand it out as one archive."""
    if request.method != "POST":
        return render(request, "home/my_record.html")
    record = download_record(person=person_of(request), by=person_of(request), at=now())
    return HttpResponse(
        record_archive(record),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="record-{record.made_at:%Y-%m-%d}.zip"',
            "Cache-Control": "private, no-store",
        },
    )


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def close_my_account(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays; close the account of whoever confirms it."""
    form = CloseAccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        person = person_of(request)
        try:
            close_account(person=person, reason=ClosingReason.OWN_WISH, by=person, at=now())
        except LastAdministrator:
            form.add_error(
                None, _("You are the last administrator: make somebody else one first, or nobody could run this site.")
            )
        else:
            # Its sessions are gone; Django's way out would note where somebody left from who is nobody any more.
            request.session.flush()
            request.user = AnonymousUser()
            return redirect("account_closed")
    return render(request, "home/close_account.html", {"form": form, "user": request.user})


@access(PUBLIC)
@require_safe
def account_closed(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "home/account_closed.html")
