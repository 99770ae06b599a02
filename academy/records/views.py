"""Certificates: the holder's page, and the public one that proves it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from academy.framework.models import RoleLevel
from academy.lib.access import PUBLIC, SIGNED_IN, access
from academy.lib.clock import now
from academy.lib.identifiers import normalise_code
from academy.lib.limits import rate_limited
from academy.lib.qr import qr_svg
from academy.people.api import person_of
from academy.records.domain.aims import set_aim
from academy.records.domain.awards import NoSuchAward, VerifiedAward, verify_award
from academy.records.domain.queries import awards_of

# From one address: enough for an office behind it, too few to find a code of 128 bits.
LOOK_UPS = "120/m/ip"


def show_award(request: HttpRequest, template: str, verified: VerifiedAward) -> HttpResponse:
    """Render every printed fact, the address that proves it and its QR code, with dates as they were printed."""
    address = request.build_absolute_uri(verified.address)
    with timezone.override(verified.zone):
        return render(request, template, {"verified": verified, "address": address, "qr": qr_svg(address)})


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """The learner's own certificate, made for print. Anyone else's answers like none."""
    try:
        verified = verify_award(code=code, at=now())
    except NoSuchAward:
        raise Http404 from None
    if verified.award.learner_id != person_of(request).pk:
        raise Http404
    return show_award(request, "records/certificate.html", verified)


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def certificates(request: HttpRequest) -> HttpResponse:
    """The learner's certificates."""
    return render(request, "records/certificates.html", {"awards": awards_of(person_of(request))})


@access(PUBLIC)
@rate_limited("verify", LOOK_UPS, reading=True)
@require_http_methods(["GET", "HEAD"])
def verify_form(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands on a certificate."""
    typed = request.GET.get("code", "").strip()[:100]
    if not typed:
        return render(request, "records/verify_form.html")
    normal = normalise_code(typed)
    if normal:
        return redirect("verify", code=normal)
    problem = _("A code has 26 letters and digits. Check it against the certificate.")
    return render(request, "records/verify_form.html", {"typed": typed, "problem": problem}, status=422)


@access(PUBLIC)
@rate_limited("verify", LOOK_UPS, reading=True)
@never_cache
@require_http_methods(["GET", "HEAD"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Tell anyone what the certificate with this code says, and whether it still counts."""
    try:
        verified = verify_award(code=code, at=now())
    except NoSuchAward:
        return render(request, "records/verify_unknown.html", {"typed": code[:100]}, status=404)
    return show_award(request, "records/verify.html", verified)


@access(SIGNED_IN)
@require_POST
def choose_aim(request: HttpRequest) -> HttpResponse:
    """Aim for a role level."""
    chosen = request.POST.get("role_level", "")
    level = RoleLevel.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
    if level is None:
        raise Http404
    set_aim(learner=person_of(request), role_level=level, by=person_of(request), at=now())
    return redirect("my")
