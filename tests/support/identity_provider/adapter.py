"""What this provider says of its people beside the usual."""

from __future__ import annotations

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

# Claims by user name, set by the tests.
CLAIMS: dict[str, dict[str, Any]] = {}


class Adapter(DefaultOIDCAdapter):
    """Adds what a test wants to be said."""

    def get_claims(self, purpose: Any, user: Any, client: Any, scopes: Any, **more: Any) -> dict[str, Any]:
        claims = super().get_claims(purpose, user, client, scopes, **more)
        return {**claims, **CLAIMS.get(user.get_username(), {})}
