"""A SAML provider: it reads our question and answers with assertions that it signs, as a test likes them."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY = "https://idp.ministry.example/metadata"
SSO = "https://idp.ministry.example/sso"
ACS = "http://localhost/sign-in/ministry/saml/"
AUDIENCE = "http://localhost/sign-in/ministry/saml/metadata/"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


@dataclass(kw_only=True)
class SamlProvider:
    """A provider with a key of its own."""

    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    def certificate(self, *, days: int = 30) -> str:
        """Return its certificate as text."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.ministry.example")])
        present = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(present - timedelta(days=60))
            .not_valid_after(present + timedelta(days=days))
            .sign(self.key, hashes.SHA256())
        )
        return made.public_bytes(serialization.Encoding.PEM).decode()

    def private_pem(self) -> str:
        """Return its key as text."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()

    def answer(
        self, request_id: str, *, signed_by: SamlProvider | None = None, signed: bool = True, **said: Any
    ) -> str:
        """Return an answer to a question, as the browser posts it."""
        assertion = assertion_for(request_id, **said)
        if signed:
            signer = signed_by or self
            assertion = OneLogin_Saml2_Utils.add_sign(assertion, signer.private_pem(), signer.certificate()).decode()
        response = RESPONSE.format(
            now=moment(0),
            acs=ACS,
            request=f'InResponseTo="{request_id}"' if request_id else "",
            issuer=ENTITY,
            assertion=assertion,
        )
        return base64.b64encode(response.encode()).decode()


RESPONSE = (
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0" '
    'IssueInstant="{now}" Destination="{acs}" {request}>'
    '<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</saml:Issuer>'
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
    "{assertion}</samlp:Response>"
)
ASSERTION = (
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_assertion" Version="2.0" '
    'IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer>'
    '<saml:Subject><saml:NameID Format="{name_format}">{subject}</saml:NameID>'
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
    '<saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{recipient}" {request}/>'
    "</saml:SubjectConfirmation></saml:Subject>"
    '<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>'
    "<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
    '<saml:AuthnStatement AuthnInstant="{now}"><saml:AuthnContext><saml:AuthnContextClassRef>'
    "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
    "<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"
)
ATTRIBUTE = '<saml:Attribute Name="{}"><saml:AttributeValue>{}</saml:AttributeValue></saml:Attribute>'
ANN = {
    "urn:oid:0.9.2342.19200300.100.1.3": "ann@ministry.example",
    "urn:oid:2.5.4.42": "Ann",
    "urn:oid:2.5.4.4": "Atwater",
    "department": "MOF",
}


def moment(minutes: float) -> str:
    """Return a time as SAML writes it, so many minutes from now."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def assertion_for(request_id: str, *, attributes: dict[str, str] | None = None, minutes: float = 5, **said: str) -> str:
    """Return an assertion about Ann, with what a test wants to be said instead."""
    return ASSERTION.format(
        **{
            "now": moment(0),
            "since": moment(-5 + min(0, minutes)),
            "until": moment(minutes),
            "issuer": ENTITY,
            "name_format": PERSISTENT,
            "subject": "ann-7",
            "recipient": ACS,
            "audience": AUDIENCE,
            "request": f'InResponseTo="{request_id}"' if request_id else "",
            **said,
            "attributes": "".join(
                ATTRIBUTE.format(name, escape(value)) for name, value in {**ANN, **(attributes or {})}.items()
            ),
        }
    )


def request_id(question: str) -> str:
    """Return the ID of the question that the browser takes to the provider."""
    sent = parse_qs(urlsplit(question).query)["SAMLRequest"][0]
    return ET.fromstring(zlib.decompress(base64.b64decode(sent), -15)).attrib["ID"]  # noqa: S314 -- of our own making
