"""How allauth works here."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from academy.lib.clock import now
from academy.lib.encryption import decrypt, encrypt
from academy.lib.qr import qr_svg
from academy.people.domain.accounts import tidy_name
from academy.people.domain.providers import note_sign_in
from academy.people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Our words, our name on e-mails, and what a new account starts with."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your e-mail address already."),
        "email_password_mismatch": _("The e-mail address or the password is not right. Check both and try again."),
        "enter_current_password": _("This is not your current password. Check it and try again."),
        "incorrect_password": _("This is not your password. Check it and try again."),
        "too_many_login_attempts": _("There were too many attempts. Wait a few minutes, then try again."),
        "rate_limited": _("There were too many attempts. Wait a few minutes, then try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:  # noqa: FBT001, FBT002 -- allauth's signature
        """Give a new person their name and the language in which they signed up, before the row is stored."""
        user.display_name = tidy_name(form.cleaned_data["display_name"])
        user.language = get_language() or settings.LANGUAGE_CODE
        return super().save_user(request, user, form, commit=commit)

    def set_password(self, user: User, password: str) -> None:
        """Store the password alone: the rest of the person may have been changed by others since it was read."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Our words for the ways to show that it is you."""
        words = {
            "reauthenticate": _("Enter your password"),
            "mfa_reauthenticate": _("Enter a code from your app, or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in methods]

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        """Tell who listens that somebody signed in with a provider, whose session ends with the browser."""
        login = (about["signal_kwargs"] or {}).get("sociallogin")
        if login is not None:
            # They had no box to tick that says whether the device is theirs alone.
            request.session.set_expiry(0)
            note_sign_in(user=user, issuer=login.account.provider, claims=login.account.extra_data, at=now())
        return super().post_login(request, user, **about)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to where the link to the change stands."""
        return self.settings_url()

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """A changed address: back to the settings. A new account, opened in another browser: sign in."""
        if self.request.user.is_authenticated:
            return self.settings_url()
        return super().get_email_verification_redirect_url(email_address)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Write in the person's language, in the name of the site: allauth knows only the request's and its host."""
        user = context.get("user")
        with override(user.language if user else get_language()):
            return super().render_mail(template_prefix, email, {**context, "site_name": settings.SITE_NAME}, headers)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner of an account about a change, by name."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    @staticmethod
    def settings_url() -> str:
        """The address of one's own settings in the language of the request."""
        return reverse("my_settings")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors in our words, and their secrets encrypted."""

    PURPOSE = "academy.people.second_factors"

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _("Set up an authenticator app or a passkey first."),
        "incorrect_code": _("This did not work. Enter a new code, or try the passkey again."),
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database alone makes no codes."""
        return encrypt(text, purpose=self.PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return decrypt(encrypted_text, purpose=self.PURPOSE)

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, inline."""
        return qr_svg(url)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 -- allauth's signature
        """What a new passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Our name, which the browser shows, beside the host that passkeys belong to."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}
