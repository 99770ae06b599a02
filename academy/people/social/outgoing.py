"""What we ask of providers' servers: the one place of this app from which requests leave the site."""

from __future__ import annotations

from typing import Any

import requests

TIMEOUT = 5  # seconds to connect, and between two pieces of an answer


class CannotReach(Exception):
    """A provider's server did not answer, or not with what was asked for."""


class PlainSession(requests.Session):
    """Waits for nobody for long, and follows no redirect: it could lead to a machine inside."""

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        """Send, whatever the caller wanted in these two."""
        return super().send(request, **{**options, "timeout": TIMEOUT, "allow_redirects": False})


def session() -> requests.Session:
    """Return the session by which every request to a provider is made."""
    return PlainSession()


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
        with session() as asking:
            answer = asking.request(method, address, headers=headers, **options)
            if answer.status_code != requests.codes.ok:
                raise CannotReach(f"{address} answered {answer.status_code}.")
            return answer.json()
    except requests.RequestException as error:
        # Its own message may hold what was sent.
        raise CannotReach(f"{address}: {type(error).__name__}.") from error
