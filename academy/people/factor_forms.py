"""Forms about second factors. allauth's, in our words."""

from __future__ import annotations

import struct
from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from academy.people.models import User

CODE_LENGTH = 64  # with all the blanks and dashes that somebody may type
NAME_LENGTH = 100


def code_field(*, label: Any, help_text: Any) -> forms.CharField:
    """A code to type: phones show digits and offer what has come by message."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=CODE_LENGTH,
        error_messages={"required": _("Enter a code."), "max_length": _("A code is shorter than that.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "dir": "ltr"}
        ),
    )


def name_field() -> forms.CharField:
    """What a passkey is called."""
    return forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it again: “Work phone”, “Blue key”."),
        max_length=NAME_LENGTH,
        error_messages={
            "required": _("Enter a name."),
            "max_length": _("The name must be 100 characters or fewer."),
        },
    )


def use_once(user: User, code: str) -> bool:
    """Remember a code of an app for as long as it would count, and return whether it is the first time.

    allauth remembers it for one period, which is too short where the periods before and after count as well.
    """
    periods = 2 * app_settings.TOTP_TOLERANCE + 1
    key = f"academy.people.code:{user.pk}:{normalize_user_code(code)}"
    return bool(cache.add(key, "used", timeout=periods * app_settings.TOTP_PERIOD))


class CodeMixin:
    """One field for both kinds of code, each of which counts once."""

    user: User
    authenticator: Authenticator
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(
            label=_("Code"), help_text=_("The 6 digits that your app shows now, or one of your recovery codes.")
        )

    def clean_code(self) -> str:
        """Refuse a code that is wrong or was used before."""
        code: str = super().clean_code()  # type: ignore[misc]  # allauth is not typed
        if self.authenticator.type == Authenticator.Type.TOTP and not use_once(self.user, code):
            check_rate_limit(self.user)
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(CodeMixin, base.AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(CodeMixin, base.ReauthenticateForm):
    """Show once more that it is you."""


class AppForm(totp.ActivateTOTPForm):
    """Set up an authenticator app, by a code that it shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field(label=_("Code"), help_text=_("The 6 digits that the app shows now."))

    def clean_code(self) -> str:
        """Refuse a wrong code, and let the right one count for nothing else."""
        code: str = super().clean_code()
        use_once(self.user, code)
        return code


# What fido2 raises for an answer that no browser gives; allauth turns some of it into words.
NO_ANSWER = (AttributeError, LookupError, TypeError, ValueError, struct.error)


class PasskeyAnswerMixin:
    """Refuses an invented answer in words."""

    def clean_credential(self) -> Authenticator:
        """Return the passkey that answered."""
        try:
            passkey: Authenticator = super().clean_credential()  # type: ignore[misc]  # allauth is not typed
        except NO_ANSWER:
            raise get_adapter().validation_error("incorrect_code") from None
        return passkey


class PasskeyStepForm(PasskeyAnswerMixin, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeySignInForm(PasskeyAnswerMixin, webauthn.LoginWebAuthnForm):
    """A passkey alone."""


class PasskeyAgainForm(PasskeyAnswerMixin, webauthn.ReauthenticateWebAuthnForm):
    """Show once more that it is you, by a passkey."""


class PasskeyForm(webauthn.AddWebAuthnForm):
    """Add a passkey. Whether it can sign in alone is the device's to say, not a question to its owner."""

    passwordless = None

    def clean(self) -> dict[str, Any]:
        """Refuse an invented answer in words."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except NO_ANSWER:
            raise get_adapter().validation_error("incorrect_code") from None
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """The answer of the browser is no field that a person could go to."""
        super().add_error(None if field == "credential" else field, error)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()
        # The browser has made the key before the form is sent: allauth names it where its owner did not.
        self.fields["name"].required = False


class PasskeyNameForm(webauthn.EditWebAuthnForm):
    """Call a passkey something else."""

    name = name_field()
