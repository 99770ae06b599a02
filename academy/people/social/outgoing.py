"""What we ask of providers' servers, by the one client that leaves the site."""

from __future__ import annotations

from typing import Any

from academy.lib import egress

SECONDS = 5  # for the whole of an answer
OK = 200


class CannotReach(Exception):
    """A provider's server did not answer, or not with what was asked for."""


def session() -> Any:
    """Return a session for allauth's own requests to a provider."""
    asking = egress.session(rules=egress.Rules(seconds=SECONDS))
    # A provider says where its documents are, and a token goes nowhere else.
    asking.max_redirects = 0
    return asking


def get_json(address: str, *, token: str = "") -> Any:
    """Return the document at an address, asked for in the name of ``token``. Raises CannotReach."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return _document("GET", address, headers=headers)


def post_form(address: str, data: dict[str, str], *, auth: tuple[str, str] | None = None) -> Any:
    """Return the document with which a form is answered. Raises CannotReach."""
    return _document("POST", address, data=data, auth=auth)


def _document(method: str, address: str, *, headers: dict[str, str] | None = None, **options: Any) -> Any:
    headers = {"Accept": "application/json", **(headers or {})}
    try:
        with egress.session(rules=egress.Rules(seconds=SECONDS)) as asking:
            answer = asking.request(method, address, headers=headers, allow_redirects=False, **options)
            if answer.status_code != OK:
                raise CannotReach(f"{address} answered {answer.status_code}.")
            return answer.json()
    # ValueError: no address, or no JSON.
    except (egress.EgressError, ValueError) as error:
        # Its own message may hold what was sent.
        raise CannotReach(f"{address}: {type(error).__name__}.") from error
