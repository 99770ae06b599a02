"""SAML with a provider: allauth's, which keeps less of what is said. Loaded only where its library is."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.saml.provider import SAMLProvider

from academy.people.domain.providers import kept_claims


class OurSAMLProvider(SAMLProvider):
    """A provider that an administrator configured; its accounts are known by its entity ID and their own ID."""

    def serialize(self) -> dict[str, Any]:
        """Name it by its entity ID: the short name may change."""
        return {"id": self.app.provider_id}

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """What we keep: a value alone where there is one."""
        said = {name: values[0] if len(values) == 1 else values for name, values in data.get_attributes().items()}
        known = {name: value for name, value in self.extract_common_fields(data).items() if isinstance(value, str)}
        names = f"{known.get('first_name', '')} {known.get('last_name', '')}".strip()
        claims = {"name": names, "email": known.get("email", ""), **said}
        return kept_claims(claims, organisation_claim=self.app.settings["organisation_claim"])
