"""To a provider that people sign in with, and back."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.providers.base import AuthProcess, Provider
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate, get_language

from academy.lib.access import PUBLIC, access
from academy.people.enums import ProviderKind
from academy.people.models import SignInProvider
from academy.people.social.adapter import app_of
from academy.people.social.openid import OpenIDProvider
from academy.people.social.refusals import Refusal, SignInRefused, refused

logger = logging.getLogger(__name__)


@access(PUBLIC)
def sign_in_with(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to a provider: to sign in, or with ``process=connect`` to add it to the account that is signed in.

    The answer is a page that goes on by itself, not a redirect: browsers that keep to ``form-action 'self'`` would
    stop a form that is redirected to somebody else.
    """
    if request.method != "POST":
        return redirect("account_login")
    limited = ratelimit.consume_or_429(request, action="sign_in_with")
    if limited is not None:
        return limited
    process = AuthProcess.LOGIN
    if request.POST.get("process") == AuthProcess.CONNECT:
        # A session left open is not enough to add a way into the account.
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
        process = AuthProcess.CONNECT
    provider = provider_or_404(request, slug)
    try:
        ensure_open(provider)
        leaving = provider.redirect(
            request, process, next_url=get_next_redirect_url(request), data={"language": get_language()}
        )
    except SignInRefused as error:
        return explain(request, provider, error)
    response = render(request, "people/leaving.html", {"provider_name": provider.name, "address": leaving["Location"]})
    response["Refresh"] = f"0; url={leaving['Location']}"
    return response


@access(PUBLIC)
def sign_in_callback(request: HttpRequest, slug: str) -> HttpResponse:
    """Come back from a provider. It sends people here by a link, so this GET signs in: once, by a state of ours."""
    provider = provider_or_404(request, slug)
    if not isinstance(provider, OpenIDProvider):
        raise Http404
    try:
        state = take_state(request, provider)
        ensure_open(provider)
        if request.GET.get("error") == "access_denied":
            return redirect("socialaccount_login_cancelled")
        login = provider.login_from(request, code=code_of(request), state=state)
    except SignInRefused as error:
        return explain(request, provider, error)
    return complete_social_login(request, login)


def take_state(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    """Take what this browser's session keeps of the question, and go on in its language. Raises SignInRefused."""
    try:
        state: dict[str, Any] = provider.unstash_redirect_state(request, request.GET.get("state", ""))
    except PermissionDenied:
        raise SignInRefused(Refusal.NOT_STARTED_HERE) from None
    activate(state["data"]["language"])
    return state


def ensure_open(provider: Provider) -> None:
    """Raise SignInRefused for a provider that is switched off."""
    if not provider.app.settings["is_enabled"]:
        raise SignInRefused(Refusal.CLOSED)


def code_of(request: HttpRequest) -> str:
    """Return the code that the provider sent along. Raises SignInRefused when it sent an error or nothing."""
    code = request.GET.get("code", "")
    if not code or "error" in request.GET:
        raise SignInRefused(Refusal.PROVIDER_SAID_NO, "The provider sent no code.")
    return code


def provider_or_404(request: HttpRequest, slug: str) -> Provider:
    """Return the provider of this short name, switched on or not."""
    row = SignInProvider.objects.filter(slug=slug).first()
    if row is None or (row.kind == ProviderKind.SAML and not settings.SAML_ENABLED):
        raise Http404
    return app_of(row).get_provider(request)


def explain(request: HttpRequest, provider: Provider, error: SignInRefused) -> HttpResponse:
    """Tell the person in words, and the operator in the log. Neither the code nor a token is written there."""
    logger.warning("Sign-in with %s refused (%s): %s", provider.app.key, error.refusal.value, error)
    return refused(request, provider=provider.name, refusal=error.refusal)
