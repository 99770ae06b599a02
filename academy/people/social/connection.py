"""Whether a provider can sign people in today: asked by an administrator, answered in words."""

from __future__ import annotations

from datetime import datetime

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext as _

from academy.people.enums import ProviderKind
from academy.people.models import SignInProvider
from academy.people.social.outgoing import CannotReach, get_json
from academy.standards.openid_connect import (
    Fault,
    Finding,
    NotAProvider,
    discovery_address,
    is_safe,
    read_discovery,
    usable_keys,
)


def connection_problems(provider: SignInProvider, *, at: datetime) -> list[str]:
    """Return what keeps people from signing in with a provider, a sentence each; nothing when all is well.

    It asks the provider what it says about itself and for its keys. Whether the client ID and the secret are right
    is known by the first sign-in alone.
    """
    if provider.kind == ProviderKind.SAML:
        return _saml_problems(provider, at=at)
    hosts = settings.SIGN_IN_HTTP_HOSTS
    if not is_safe(provider.issuer, http_hosts=hosts):
        return [_("The issuer must be an address that starts with https://.")]
    address = discovery_address(provider.issuer)
    try:
        document = get_json(address)
    except CannotReach as error:
        return [_("%(address)s can't be read: %(error)s") % {"address": address, "error": error}]
    try:
        discovery = read_discovery(document, issuer=provider.issuer, http_hosts=hosts)
    except NotAProvider as error:
        return [_sentence(finding, provider) for finding in error.findings]
    return _key_problems(discovery.jwks_uri)


def _sentence(finding: Finding, provider: SignInProvider) -> str:
    told = {"subject": finding.subject, "said": finding.said, "issuer": provider.issuer}
    return {
        Fault.NOT_A_DOCUMENT: _("There is something at that address, but it is not a discovery document."),
        Fault.WRONG_ISSUER: _(
            "It calls itself “%(said)s”, here stands “%(issuer)s”: they must be the same, to the last character."
        ),
        Fault.MISSING: _("Its discovery document does not name its “%(subject)s”."),
        Fault.NOT_SAFE: _("Its “%(subject)s” is “%(said)s”: it must be an address that starts with https://."),
        Fault.NO_CODE_FLOW: _("It does not offer the authorization code flow (“code”), the only one that we use."),
        Fault.NO_PKCE: _("It does not know the proof S256 (PKCE), without which we sign nobody in."),
        Fault.NO_ALGORITHM: _("It signs with %(said)s: nothing that we accept. RS256 and ES256 are usual."),
        Fault.NO_METHOD: _("It takes no client secret, but only %(said)s, which we do not offer."),
    }[finding.fault] % told


def _key_problems(address: str) -> list[str]:
    try:
        document = get_json(address)
    except CannotReach as error:
        return [_("%(address)s can't be read: %(error)s") % {"address": address, "error": error}]
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list) or not usable_keys([key for key in keys if isinstance(key, dict)]):
        return [_("There is no key at %(address)s with which its tokens could be checked.") % {"address": address}]
    return []


def _saml_problems(provider: SignInProvider, *, at: datetime) -> list[str]:
    problems = []
    if not settings.SAML_ENABLED:
        problems.append(_("SAML is not installed or not switched on here: see the guide for operators."))
    if not is_safe(provider.sso_url, http_hosts=settings.SIGN_IN_HTTP_HOSTS):
        problems.append(_("The sign-in address must start with https://."))
    try:
        certificate = x509.load_pem_x509_certificate(pem(provider.certificate).encode())
    except ValueError:
        problems.append(_("The certificate can't be read. Copy it whole, with its first and last line."))
    else:
        if certificate.not_valid_after_utc < at:
            problems.append(_("The certificate has expired. Ask the provider for the new one."))
    return problems


def pem(certificate: str) -> str:
    """Return a certificate with the lines around it, which some providers leave out."""
    text = certificate.strip()
    return text if text.startswith("-----") else f"-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"
