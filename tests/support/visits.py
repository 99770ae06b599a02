"""Walking through the site as a learner does, with a test client that remembers every page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.test import Client

from academy.people.models import User
from tests.support.readonly import read_only

HIDDEN = re.compile(r'<input type="hidden" name="(uuid|sequence|version)" value="([^"]*)"')


class Visitor:
    """A signed-in person (or nobody), who keeps every response. Each GET happens while the database refuses writes."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client()
        if user:
            self.client.force_login(user)
        self.seen: list[HttpResponse] = []

    def get(self, path: str) -> Any:
        """Read a page."""
        # Signing in and messages write sessions, and those alone.
        with read_only(except_tables={"django_session"}):
            response = self.client.get(path)
        self.seen.append(response)
        return response

    def post(self, path: str, data: dict[str, Any] | None = None) -> Any:
        """Send a form, and do not follow where it leads."""
        response = self.client.post(path, data or {})
        self.seen.append(response)
        return response

    def follow(self, response: Any) -> Any:
        """Go where a POST led: it must have led away, or Back would send it again."""
        assert response.status_code == 302, (response.status_code, response.request["PATH_INFO"])
        return self.get(response["Location"].partition("#")[0])

    def choose(self, path: str, keys: Sequence[str], **more: Any) -> Any:
        """Open a question, choose, and save, as its form does."""
        page = self.get(path)
        assert page.status_code == 200, page.status_code
        return self.post(path, {**hidden(page), "option": list(keys), **more})


def hidden(page: Any) -> dict[str, str]:
    """Return what the form of a question sends beside the answer."""
    return dict(HIDDEN.findall(page.text))
