"""OpenID Connect with a provider: there by a question with a nonce, back by a code, and a token that we verify.

allauth's own provider takes the claims from a token whose signature it does not check and that need not answer our
question. So this one stands in its place; allauth still keeps the state, the accounts and the session.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import Any

from allauth.core.internal.httpkit import add_query_params
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import Provider, ProviderAccount
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from academy.lib.clock import now
from academy.lib.encryption import Unreadable
from academy.people.domain.providers import kept_claims, open_secret
from academy.people.social import outgoing
from academy.people.social.refusals import BY_REASON, Refusal, SignInRefused
from academy.standards.openid_connect import (
    Discovery,
    NotAProvider,
    TokenRefused,
    discovery_address,
    is_safe,
    read_discovery,
    verify_token,
)

logger = logging.getLogger(__name__)


class OpenIDAccount(ProviderAccount):
    """An account at such a provider; allauth shows its name."""


class OpenIDProvider(Provider):
    """A provider that an administrator configured. ``app`` is made by our adapter: see ``app_of``."""

    id = "openid_connect"
    name = "OpenID Connect"
    account_class = OpenIDAccount
    supports_redirect = True

    def __init__(self, request: HttpRequest, app: Any) -> None:
        super().__init__(request, app=app)
        self.name = app.name

    @property
    def issuer(self) -> str:
        """The key of its accounts."""
        return self.app.provider_id

    def serialize(self) -> dict[str, Any]:
        """Name it by its issuer: two providers may have given us the same client ID."""
        return {"id": self.issuer}

    def callback_address(self) -> str:
        """Where the provider sends people back to: one address for all languages, known to the provider."""
        return self.request.build_absolute_uri(reverse("sign_in_callback", args=[self.app.key]))

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Lead to the provider, with a question that its answer must repeat. Raises SignInRefused."""
        discovery = self.discover()
        proof = generate_code_challenge()
        nonce = secrets.token_urlsafe(32)
        state = self.stash_redirect_state(
            request, process, next_url, data, nonce=nonce, code_verifier=proof["code_verifier"]
        )
        question = {
            "response_type": "code",
            "client_id": self.app.client_id,
            "redirect_uri": self.callback_address(),
            "scope": " ".join(dict.fromkeys(["openid", *self.app.settings["scopes"]])),
            "state": state,
            "nonce": nonce,
            "code_challenge": proof["code_challenge"].decode(),
            "code_challenge_method": proof["code_challenge_method"],
        }
        return HttpResponseRedirect(add_query_params(discovery.authorization_endpoint, question))

    def login_from(self, request: HttpRequest, *, code: str, state: Mapping[str, Any]) -> SocialLogin:
        """Return who came back, or raise SignInRefused."""
        discovery = self.discover()
        answer = self._exchange(discovery, code=code, code_verifier=state["code_verifier"])
        claims = self._verified(discovery, answer, nonce=state["nonce"])
        claims = self._with_userinfo(discovery, answer, claims)
        login = self.sociallogin_from_response(request, claims)
        login.state = dict(state)
        return login

    def discover(self) -> Discovery:
        """Return what the provider says about itself today. Raises SignInRefused."""
        # Redirects and addresses in the document are checked; the address that an administrator typed is, too.
        if not is_safe(self.issuer, http_hosts=settings.SIGN_IN_HTTP_HOSTS):
            raise SignInRefused(Refusal.UNREACHABLE, f"{self.issuer} is not a safe address.")
        document = self._ask(discovery_address(self.issuer))
        try:
            return read_discovery(document, issuer=self.issuer, http_hosts=settings.SIGN_IN_HTTP_HOSTS)
        except NotAProvider as error:
            raise SignInRefused(Refusal.UNREACHABLE, f"Discovery of {self.issuer}: {error}.") from error

    def _ask(self, address: str, *, token: str = "") -> Any:
        try:
            return outgoing.get_json(address, token=token)
        except outgoing.CannotReach as error:
            raise SignInRefused(Refusal.UNREACHABLE, str(error)) from error

    def _exchange(self, discovery: Discovery, *, code: str, code_verifier: str) -> dict[str, Any]:
        """Give the code for tokens. A code that was used already, or stolen, is refused by the provider."""
        data = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback_address(),
            "code_verifier": code_verifier,
        }
        secret, auth = self._secret(), None
        if not secret:
            data["client_id"] = self.app.client_id
        elif discovery.secret_in_form:
            data |= {"client_id": self.app.client_id, "client_secret": secret}
        else:
            auth = (self.app.client_id, secret)
        try:
            answer = outgoing.post_form(discovery.token_endpoint, data, auth=auth)
        except outgoing.CannotReach as error:
            raise SignInRefused(Refusal.PROVIDER_SAID_NO, str(error)) from error
        if not isinstance(answer, dict):
            raise SignInRefused(Refusal.NOT_BELIEVED, "The token endpoint did not answer with an object.")
        return answer

    def _secret(self) -> str:
        try:
            return open_secret(self.app.settings["sealed_secret"])
        except Unreadable as error:
            raise SignInRefused(Refusal.UNREACHABLE, str(error)) from error

    def _verified(self, discovery: Discovery, answer: Mapping[str, Any], *, nonce: str) -> dict[str, Any]:
        """Return the claims of the token. Keys are fetched each time: one that was withdrawn is believed no more."""
        document = self._ask(discovery.jwks_uri)
        keys = document.get("keys") if isinstance(document, dict) else None
        try:
            return verify_token(
                answer.get("id_token"),
                keys=[key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else [],
                issuer=self.issuer,
                client_id=self.app.client_id,
                nonce=nonce,
                at=now(),
            )
        except TokenRefused as error:
            refusal = BY_REASON.get(error.reason, Refusal.NOT_BELIEVED)
            raise SignInRefused(refusal, f"ID token: {error.reason.value}.") from error

    def _with_userinfo(self, discovery: Discovery, answer: Mapping[str, Any], claims: dict[str, Any]) -> dict[str, Any]:
        """Add what the token left out, if the provider tells it of the same subject. The token's word goes first."""
        wanted = {"name", "email", self.app.settings["organisation_claim"]} - {""}
        token = answer.get("access_token")
        if wanted <= claims.keys() or not discovery.userinfo_endpoint or not isinstance(token, str):
            return claims
        more = self._ask(discovery.userinfo_endpoint, token=token)
        if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
            raise SignInRefused(Refusal.NOT_BELIEVED, "Userinfo is about somebody else.")
        # Whether an address is verified is said of that address, not of another one.
        if "email" in claims:
            more.pop("email_verified", None)
        return {**more, **claims}

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        """The issuer's own name for the person: it never becomes another's."""
        return str(data["sub"])

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What we keep."""
        return kept_claims(data, organisation_claim=self.app.settings["organisation_claim"])

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What a new account starts with."""
        text = {
            name: data[name]
            for name in ("name", "given_name", "family_name", "email")
            if isinstance(data.get(name), str)
        }
        full = text.get("name") or f"{text.get('given_name', '')} {text.get('family_name', '')}"
        return {
            "name": full,
            "email": text.get("email", ""),
            # Some say it by a word; “false” is a word, too.
            "email_verified": data.get("email_verified") is True or data.get("email_verified") == "true",
        }


provider_classes = [OpenIDProvider]
