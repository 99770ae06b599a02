"""Forms about signing in with a provider: an administrator's, and the one that asks for what it did not tell."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.forms import SignupForm as AllauthSignupForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from academy.lib.clock import now
from academy.people.domain.providers import add_provider, amend_provider, is_in_use
from academy.people.enums import ProviderKind
from academy.people.forms import EmailField, name_field
from academy.people.models import SignInProvider
from academy.standards.openid_connect import is_safe

CODE_LENGTH = 100
VALUE_LENGTH = 200


class ProviderSignupForm(AllauthSignupForm):
    """After a first sign-in with a provider that did not tell a name or an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.sociallogin.user
        self.fields["display_name"] = name_field()
        self.fields["display_name"].initial = user.display_name
        self.fields["email"] = EmailField(help_text=_("We send a link to it, to confirm that it is yours."))
        if user.email:
            # The provider's word: whoever wants another one changes it in their settings.
            self.fields["email"].disabled = True
            self.fields["email"].initial = user.email
            self.fields["email"].help_text = ""
        self.order_fields(["display_name", "email"])


class ProviderForm(WagtailAdminModelForm):
    """A provider, its secret and its organisations. The secret goes in and never comes out."""

    secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        strip=True,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    organisations = forms.CharField(
        label=_("Organisations"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "A line for each: the value of the claim, “=”, the code of the organisation. Example: MOF = ke-mof"
        ),
    )

    class Meta:
        model = SignInProvider
        fields = [
            "kind",
            "name",
            "slug",
            "issuer",
            "client_id",
            "scopes",
            "sso_url",
            "certificate",
            "vouches_for_email",
            "organisation_claim",
            "is_enabled",
        ]

    field_order = ["kind", "name", "slug", "issuer", "client_id", "secret", "scopes", "sso_url", "certificate"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sso_url"].help_text = _("SAML only.")
        self.fields["certificate"].help_text = _("SAML only: the provider's signing certificate, as text.")
        self.fields["client_id"].help_text = _("OpenID Connect only.")
        self.fields["secret"].help_text = (
            _("Stored, and never shown again. Leave this empty to keep it.")
            if self.instance.sealed_secret
            else _("OpenID Connect only. Stored sealed, and never shown again.")
        )
        if not settings.SAML_ENABLED and self.instance.kind != ProviderKind.SAML:
            self.fields["kind"].choices = [ProviderKind.choices[0]]
        if self.instance.pk and is_in_use(self.instance):
            # The key of people's accounts: the domain refuses another one.
            for name in ("kind", "issuer"):
                self.fields[name].disabled = True
            self.fields["issuer"].help_text = _("People have signed in with it, so it stays. Add another provider.")
        if self.instance.pk:
            self.initial["organisations"] = "\n".join(str(one) for one in self.instance.organisations.all())

    def clean_issuer(self) -> str:
        """Refuse an address that anybody on the way could answer for."""
        issuer: str = self.cleaned_data["issuer"].strip()
        kind = self.cleaned_data.get("kind", ProviderKind.OPENID_CONNECT)
        if kind == ProviderKind.OPENID_CONNECT and (
            "?" in issuer or not is_safe(issuer, http_hosts=settings.SIGN_IN_HTTP_HOSTS)
        ):
            raise ValidationError(_("The issuer must be an address that starts with https://, without “?” or “#”."))
        return issuer

    def clean_sso_url(self) -> str:
        """The same for the address of SAML."""
        address: str = self.cleaned_data["sso_url"]
        if address and not is_safe(address, http_hosts=settings.SIGN_IN_HTTP_HOSTS):
            raise ValidationError(_("The sign-in address must start with https://."))
        return address

    def clean_organisations(self) -> dict[str, str]:
        """Return codes by value of the claim, or say which line can't be read."""
        meaning: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["organisations"].splitlines(), start=1):
            if not line.strip():
                continue
            # A value may hold “=” itself, as the names of directories do: the last one counts.
            value, equals, code = (part.strip() for part in line.rpartition("="))
            if not (value and equals and code) or len(value) > VALUE_LENGTH or len(code) > CODE_LENGTH:
                raise ValidationError(_("Line %(number)d is not like “MOF = ke-mof”."), params={"number": number})
            if value in meaning:
                raise ValidationError(
                    _("Line %(number)d: “%(value)s” stands above already."), params={"number": number, "value": value}
                )
            meaning[value] = code
        return meaning

    def _post_clean(self) -> None:
        """Say what is missing by the field, before the database does by the form."""
        super()._post_clean()
        kind = self.cleaned_data.get("kind")
        needed = ("client_id",) if kind == ProviderKind.OPENID_CONNECT else ("sso_url", "certificate")
        for name in needed:
            if kind and name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, _("This kind of provider needs it."))

    def save(self, commit: bool = True) -> SignInProvider:  # noqa: FBT001, FBT002 -- Django's signature
        """Store through the domain."""
        store = amend_provider if self.instance.pk else add_provider
        return store(
            self.instance,
            secret=self.cleaned_data["secret"],
            organisations=self.cleaned_data["organisations"],
            by=self.for_user,
            at=now(),
        )
