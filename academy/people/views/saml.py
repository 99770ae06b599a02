"""Back from a provider by SAML: allauth's steps, with our limits and our words. Only where SAML is switched on."""

from __future__ import annotations

import xmlsec
from allauth.core import ratelimit
from allauth.socialaccount.providers.saml import views
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from lxml import etree
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError

from academy.lib.access import NOBODY, PUBLIC, access
from academy.people.social.refusals import Refusal, SignInRefused
from academy.people.views.providers import ensure_open, explain, provider_or_404

# What the libraries raise at an answer that is none; anybody can post one.
UNREADABLE = (OneLogin_Saml2_ValidationError, etree.LxmlError, xmlsec.Error, ValueError)


@access(PUBLIC)
@csrf_exempt  # a form of the provider's page, signed by the provider; it is read in the next step
@require_POST
def acs(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Keep the provider's answer for the next request, which brings the browser's own cookies along."""
    limited = ratelimit.consume_or_429(request, action="sign_in_with")
    if limited is not None:
        return limited
    provider = provider_or_404(request, organization_slug)
    try:
        ensure_open(provider)
    except SignInRefused as error:
        return explain(request, provider, error)
    request.META.setdefault("HTTP_HOST", request.get_host())
    response: HttpResponse = views.acs(request, organization_slug)
    return response


@access(PUBLIC)
def finish_acs(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Check the answer and sign in: once, in the browser that asked."""
    provider = provider_or_404(request, organization_slug)
    try:
        response: HttpResponse = views.finish_acs(request, organization_slug)
    except OneLogin_Saml2_Error as error:
        return explain(request, provider, SignInRefused(Refusal.UNREACHABLE, str(error)))
    except UNREADABLE as error:
        return explain(request, provider, SignInRefused(Refusal.NOT_BELIEVED, type(error).__name__))
    except PermissionDenied:
        # Its question was answered already, or was another browser's.
        return explain(request, provider, SignInRefused(Refusal.NOT_STARTED_HERE))
    except SignInRefused as error:
        return explain(request, provider, error)
    return response


@access(PUBLIC)
def metadata(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """What a provider must know of us; nothing of it is secret."""
    provider = provider_or_404(request, organization_slug)
    try:
        response: HttpResponse = views.metadata(request, organization_slug)
    except OneLogin_Saml2_Error as error:
        return explain(request, provider, SignInRefused(Refusal.UNREACHABLE, str(error)))
    return response


@access(NOBODY)
def sls(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """We end no sessions at a provider's word. (allauth writes this address into the metadata.)"""
    raise Http404
