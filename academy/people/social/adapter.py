"""How allauth signs people in with a provider here: providers are our rows, and nobody is connected silently."""

from __future__ import annotations

import logging
from typing import Any

import requests
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.base import AuthError, AuthProcess, Provider
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from academy.people.domain.accounts import tidy_name
from academy.people.enums import ProviderKind
from academy.people.models import SignInProvider, User
from academy.people.social import outgoing
from academy.people.social.refusals import Refusal, refused

logger = logging.getLogger(__name__)

NAME_LENGTH = 150


def app_of(provider: SignInProvider) -> SocialApp:
    """Return a provider as allauth knows it, never stored: ``provider_id``, the key of accounts, is the issuer."""
    app = SocialApp(
        provider=provider.kind,
        provider_id=provider.issuer,
        name=provider.name,
        # SAML's addresses are made of it.
        client_id=provider.slug if provider.kind == ProviderKind.SAML else provider.client_id,
        key=provider.slug,
        settings={
            "scopes": provider.scopes.split(),
            "organisation_claim": provider.organisation_claim,
            "vouches_for_email": provider.vouches_for_email,
            "is_enabled": provider.is_enabled,
            "sealed_secret": provider.sealed_secret,
        },
    )
    if provider.kind == ProviderKind.SAML:
        app.settings |= saml_settings(provider)
    return app


def saml_settings(provider: SignInProvider) -> dict[str, Any]:
    """Return what allauth needs to check an answer by SAML: everything signed, and asked for by us."""
    return {
        "idp": {"entity_id": provider.issuer, "sso_url": provider.sso_url, "x509cert": provider.certificate},
        "advanced": {
            "strict": True,
            "name_id_format": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
            "want_assertion_signed": True,
            "want_name_id": True,
            "reject_deprecated_algorithm": True,
            "reject_idp_initiated_sso": True,
        },
    }


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Our providers, our words, and what a new account starts with."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("This is your only way to sign in. Set a password first, then disconnect it."),
        "no_verified_email": _("This is your only way to sign in. Confirm your e-mail address first."),
        "connected_other": _("This sign-in belongs to another account here."),
    }

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return our providers, also those that are switched off: accounts of theirs are still listed."""
        rows = SignInProvider.objects.all()
        if provider:
            rows = rows.filter(Q(issuer=provider) | Q(kind=provider))
        apps = [app_of(row) for row in rows]
        return [app for app in apps if client_id in {None, app.client_id}]

    def get_provider(self, request: HttpRequest | None, provider: str, client_id: str | None = None) -> Provider:
        """Return a provider by its issuer; a bare one, with its name, where its kind is not installed any more."""
        app = self.get_app(request, provider=provider, client_id=client_id)
        found = (registry.get_class(app.provider) or Provider)(request, app=app)
        found.name = app.name
        return found

    def get_requests_session(self) -> requests.Session:
        """Let allauth's own requests leave by the same door as ours."""
        return outgoing.session()

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse a provider that is switched off, and an address that has an account already.

        Who controls an address today need not be who opened the account: they sign in to it first, and connect
        there. Where the provider does not vouch for the address, allauth goes on as with any sign-up, so that
        nobody learns here who has an account: its owner gets an e-mail.
        """
        app = sociallogin.provider.app
        if not app.settings["is_enabled"]:
            raise ImmediateHttpResponse(refused(request, provider=app.name, refusal=Refusal.CLOSED))
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        vouched = [address.email for address in sociallogin.email_addresses if address.verified]
        if any(filter_users_by_email(email) for email in vouched):
            raise ImmediateHttpResponse(refused(request, provider=app.name, refusal=Refusal.ADDRESS_HAS_ACCOUNT))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Give a new person their name, their address and the language in which they signed in."""
        user: User = sociallogin.user
        given = data.get("name") or f"{data.get('first_name', '')} {data.get('last_name', '')}"
        user.display_name = tidy_name(str(given))[:NAME_LENGTH].strip()
        user.email = (data.get("email") or "").lower()
        user.language = get_language() or settings.LANGUAGE_CODE
        # What a provider says of an address counts only where an administrator trusts it with that.
        for address in sociallogin.email_addresses:
            address.verified = address.verified and sociallogin.provider.app.settings["vouches_for_email"]
        return user

    def is_email_verified(self, provider: Provider, email: str) -> bool:
        """Never because of a setting alone: see ``populate_user``."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Never: an account is known by issuer and subject."""
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Ask for the name where the provider did not tell it. (allauth asks for a missing address.)"""
        return bool(sociallogin.user.display_name)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: BaseForm | None = None) -> User:
        """Store the new person, their account at the provider and their address: all or nothing."""
        try:
            with transaction.atomic():
                return super().save_user(request, sociallogin, form=form)
        except IntegrityError:
            logger.warning("Two first sign-ins of one person at once: the second is refused.")
            name = sociallogin.provider.app.name
            raise ImmediateHttpResponse(refused(request, provider=name, refusal=Refusal.AT_THE_SAME_TIME)) from None

    def validate_disconnect(self, account: SocialAccount, accounts: QuerySet[SocialAccount]) -> None:
        """Keep the last way in. A provider that is switched off is none; allauth has seen to the other cases."""
        issuers = SignInProvider.objects.enabled().values("issuer")
        others = accounts.exclude(pk=account.pk).filter(provider__in=issuers)
        if not account.user.has_usable_password() and not others.exists():
            raise self.validation_error("no_password")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Answer allauth's errors with our words; to cancel is no error."""
        if error != AuthError.CANCELLED:
            raise ImmediateHttpResponse(refused(request, provider=provider.name, refusal=Refusal.NOT_BELIEVED))
