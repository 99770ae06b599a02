"""SAML with a provider: allauth's, which keeps less of what is said. Loaded only where its library is."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.http import HttpRequest, HttpResponse
from onelogin.saml2.errors import OneLogin_Saml2_Error

from academy.people.domain.providers import kept_claims
from academy.people.social.refusals import Refusal, SignInRefused

SUBJECT_ID = "urn:oasis:names:tc:SAML:attribute:subject-id"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
SUBJECT_LENGTH = 191  # what allauth stores


class OurSAMLProvider(SAMLProvider):
    """A provider that an administrator configured; its accounts are known by its entity ID and their own ID."""

    def serialize(self) -> dict[str, Any]:
        """Name it by its entity ID: the short name may change."""
        return {"id": self.app.provider_id}

    def redirect(self, request: HttpRequest, process: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the provider. Raises SignInRefused when it is configured so that it cannot be asked."""
        request.META.setdefault("HTTP_HOST", request.get_host())
        try:
            return super().redirect(request, process, *args, **kwargs)
        except OneLogin_Saml2_Error as error:
            raise SignInRefused(Refusal.UNREACHABLE, str(error)) from error

    def extract_uid(self, data: Any) -> str:
        """The provider's lasting name for the person.

        One that is made for a single sign-in would be somebody else the next time, and an e-mail address somebody
        else in a few years. Raises SignInRefused for both.
        """
        said = data.get_attributes().get(SUBJECT_ID) or [""]
        lasting = data.get_nameid_format() in {PERSISTENT, UNSPECIFIED, None}
        subject = said[0] or (data.get_nameid() if lasting else "")
        if not subject or len(subject) > SUBJECT_LENGTH:
            detail = f"No lasting name ID, but one of format {data.get_nameid_format()}."
            raise SignInRefused(Refusal.NOT_BELIEVED, detail)
        return str(subject)

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """What we keep: a value alone where there is one."""
        said = {name: values[0] if len(values) == 1 else values for name, values in data.get_attributes().items()}
        known = self.extract_common_fields(data)
        names = f"{known.get('first_name', '')} {known.get('last_name', '')}".strip()
        claims = {**said, "name": names, "email": known.get("email", "")}
        return kept_claims(claims, organisation_claim=self.app.settings["organisation_claim"])
