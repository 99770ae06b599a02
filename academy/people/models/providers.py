"""Where else people may sign in: a ministry, a country's digital identity."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from academy.lib.privacy import Keep, Personal
from academy.people.enums import ProviderKind
from academy.people.models.organisations import ACCOUNTABLE


class ProviderQuerySet(models.QuerySet["SignInProvider"]):
    """Filters of providers."""

    def enabled(self) -> ProviderQuerySet:
        """Return those that people may sign in with today; by SAML only where that is switched on."""
        kinds = ProviderKind.values if settings.SAML_ENABLED else [ProviderKind.OPENID_CONNECT]
        return self.filter(is_enabled=True, kind__in=kinds)


class SignInProvider(models.Model):
    """Somebody whom we believe about who a person is: the issuer of their sign-in, and how we ask it.

    The accounts that people use there are allauth's ``SocialAccount`` rows; their ``provider`` is our ``issuer`` and
    their ``uid`` the issuer's subject. A row is never deleted: switch it off.

    Written by: people.domain.providers.
    """

    PERSONAL_DATA = Personal(
        what=_("Sign-in providers that you added."),
        keep=Keep.CONTENT,
        acts={"created_by": "created_at"},
        why=ACCOUNTABLE,
    )
    AUDIT_FIELDS = ("name", "kind", "issuer", "client_id", "scopes", "vouches_for_email", "is_enabled")

    kind = models.CharField(_("kind"), max_length=20, choices=ProviderKind.choices, default=ProviderKind.OPENID_CONNECT)
    name = models.CharField(
        _("name"), max_length=40, help_text=_("As people know it. The button says “Sign in with” and this name.")
    )
    slug = models.SlugField(
        _("short name"),
        max_length=50,
        unique=True,
        help_text=_("Small letters, digits and hyphens. It is part of the address that the provider must know."),
    )
    # What allauth keeps of it with each account: 200 characters at most.
    issuer = models.CharField(
        _("issuer"),
        max_length=200,
        unique=True,
        help_text=_(
            "Exactly as the provider writes it: the issuer's address of OpenID Connect, the entity ID of SAML. "
            "It can't be changed once somebody has signed in with it."
        ),
    )
    client_id = models.CharField(_("client ID"), max_length=191, blank=True)
    # Written by administrators, and shown to nobody again.
    sealed_secret = models.TextField(_("client secret, sealed"), blank=True, editable=False)
    scopes = models.CharField(
        _("scopes"), max_length=200, blank=True, default="openid profile email", help_text=_("With blanks between.")
    )
    sso_url = models.CharField(_("sign-in address"), max_length=500, blank=True)
    certificate = models.TextField(_("certificate"), blank=True)
    vouches_for_email = models.BooleanField(
        _("its e-mail addresses are verified"),
        default=False,
        help_text=_(
            "Tick this only if the provider gives people their addresses or checks them. "
            "An address counts as confirmed when this is ticked and the provider says so of that address."
        ),
    )
    organisation_claim = models.CharField(
        _("claim that names the organisation"),
        max_length=100,
        blank=True,
        help_text=_("For example “department” or “groups”. Leave it empty if there is none."),
    )
    is_enabled = models.BooleanField(
        _("switched on"), default=False, help_text=_("People see its button, and may sign in with it.")
    )
    created_at = models.DateTimeField(_("added"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = ProviderQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in provider")
        verbose_name_plural = _("sign-in providers")
        ordering = ["name"]
        # Nobody deletes: the key of people's accounts would mean nothing any more.
        default_permissions = ("add", "change", "view")
        constraints = [
            # Two buttons of one name are a trap.
            models.UniqueConstraint(
                Lower("name"),
                name="people_provider_name_unique",
                violation_error_message=_("There is a provider of this name already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(issuer="") & ~models.Q(slug="") & ~models.Q(name=""),
                name="people_provider_is_named",
            ),
            # Each kind has what it cannot do without.
            models.CheckConstraint(
                condition=models.Q(kind=ProviderKind.OPENID_CONNECT.value) & ~models.Q(client_id="")
                | models.Q(kind=ProviderKind.SAML.value) & ~models.Q(sso_url="") & ~models.Q(certificate=""),
                name="people_provider_is_complete",
                violation_error_message=_(
                    "OpenID Connect needs a client ID; SAML needs a sign-in address and a certificate."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether people may sign in with it today: ``enabled()`` for one."""
        return self.is_enabled and (self.kind != ProviderKind.SAML or settings.SAML_ENABLED)


class ProviderOrganisation(models.Model):
    """A value of a provider's claim that means an organisation of ours: “MOF” is the ministry of finance.

    Written by: people.domain.providers.
    """

    PERSONAL_DATA = None

    # Configuration of the provider, and nothing without it.
    provider = models.ForeignKey(SignInProvider, on_delete=models.CASCADE, related_name="organisations")
    claim_value = models.CharField(_("value of the claim"), max_length=200)
    organisation_code = models.CharField(_("code of the organisation"), max_length=100)

    class Meta:
        verbose_name = _("organisation of a provider")
        verbose_name_plural = _("organisations of providers")
        ordering = ["claim_value"]
        default_permissions = ()
        constraints = [
            # One value means one organisation.
            models.UniqueConstraint(fields=["provider", "claim_value"], name="people_provider_organisation_once"),
            models.CheckConstraint(
                condition=~models.Q(claim_value="") & ~models.Q(organisation_code=""),
                name="people_provider_organisation_is_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_value} = {self.organisation_code}"
