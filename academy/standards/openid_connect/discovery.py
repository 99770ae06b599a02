"""The discovery document: where a provider's endpoints are, and what it can do."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from academy.standards.openid_connect.tokens import ALGORITHMS

WELL_KNOWN = "/.well-known/openid-configuration"
# How we show that we are the client: the secret in a form or a header, or the proof of the code alone.
METHODS = {"client_secret_post", "client_secret_basic", "none"}
REQUIRED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Fault(enum.Enum):
    """What can be wrong with a discovery document."""

    NOT_A_DOCUMENT = "not_a_document"
    WRONG_ISSUER = "wrong_issuer"
    MISSING = "missing"
    NOT_SAFE = "not_safe"
    NO_CODE_FLOW = "no_code_flow"
    NO_PKCE = "no_pkce"
    NO_ALGORITHM = "no_algorithm"
    NO_METHOD = "no_method"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that is wrong: ``subject`` is the name of the member, ``said`` what stands there."""

    fault: Fault
    subject: str = ""
    said: str = ""


class NotAProvider(Exception):
    """The document is not one by which we can sign anybody in."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(", ".join(f"{finding.fault.value} {finding.subject}".strip() for finding in findings))
        self.findings = findings


@dataclass(frozen=True, kw_only=True, slots=True)
class Discovery:
    """What we need of a provider."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str  # empty where there is none
    secret_in_form: bool  # the client's secret goes into the form; else into the header


def is_safe(address: str, *, http_hosts: Collection[str] = ()) -> bool:
    """Say whether an address is one to send secrets to: https, or http to a host that is named."""
    if any(character <= " " for character in address):
        return False
    try:
        parts = urlsplit(address)
        port_is_right = parts.port != 0
    except ValueError:
        return False
    if not parts.hostname or not port_is_right or "@" in parts.netloc or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in http_hosts)


def discovery_address(issuer: str) -> str:
    """Return where the document of an issuer is."""
    return issuer.rstrip("/") + WELL_KNOWN


def read_discovery(document: object, *, issuer: str, http_hosts: Collection[str] = ()) -> Discovery:
    """Return what the document of ``issuer`` says. Raises NotAProvider with all that is wrong."""
    if not isinstance(document, Mapping):
        raise NotAProvider([Finding(fault=Fault.NOT_A_DOCUMENT)])
    findings = [*_endpoints(document, http_hosts), *_abilities(document)]
    if document.get("issuer") != issuer:
        findings.insert(0, Finding(fault=Fault.WRONG_ISSUER, subject="issuer", said=str(document.get("issuer", ""))))
    if findings:
        raise NotAProvider(findings)
    # The standard's own default is the header.
    methods = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Discovery(
        issuer=issuer,
        **{name: document[name] for name in REQUIRED},
        userinfo_endpoint=document.get("userinfo_endpoint") or "",
        secret_in_form="client_secret_post" in methods,
    )


def _endpoints(document: Mapping[str, Any], http_hosts: Collection[str]) -> list[Finding]:
    findings = []
    for name in (*REQUIRED, "userinfo_endpoint"):
        address = document.get(name)
        if not address:
            if name in REQUIRED:
                findings.append(Finding(fault=Fault.MISSING, subject=name))
        elif not isinstance(address, str) or not is_safe(address, http_hosts=http_hosts):
            findings.append(Finding(fault=Fault.NOT_SAFE, subject=name, said=str(address)))
    return findings


def _abilities(document: Mapping[str, Any]) -> list[Finding]:
    """What a document leaves out is not held against it; what it says and does not fit us is."""
    wanted = (
        ("response_types_supported", {"code"}, Fault.NO_CODE_FLOW),
        ("code_challenge_methods_supported", {"S256"}, Fault.NO_PKCE),
        ("id_token_signing_alg_values_supported", set(ALGORITHMS), Fault.NO_ALGORITHM),
        ("token_endpoint_auth_methods_supported", METHODS, Fault.NO_METHOD),
    )
    findings = []
    for name, known, fault in wanted:
        said = document.get(name)
        if isinstance(said, list) and not known.intersection(map(str, said)):
            findings.append(Finding(fault=fault, subject=name, said=", ".join(map(str, said))))
    return findings
