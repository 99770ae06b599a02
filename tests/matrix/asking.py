"""Asking an address through the whole stack, and what class of answer came."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.constants import ERROR
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.support.bodies import told

OPEN, HIDDEN, REFUSED, SIGN_IN, NO_METHOD = "open", "hidden", "refused", "sign in", "no such method"


class Asker:
    """One person with a session, who asks; whatever an answer wrote is taken back."""

    def __init__(self, person: Any) -> None:
        self.client = Client(raise_request_exception=False)
        if not isinstance(person, AnonymousUser) and person.is_active:
            self.client.force_login(person)
        elif not isinstance(person, AnonymousUser):
            # A session from before the account was closed.
            person.is_active = True
            self.client.force_login(person)
            person.is_active = False
        self.cookies = self.client.cookies.copy()
        self.nothing: dict[bool, str] = {}

    def ask(self, path: str, *, method: str = "GET", data: Any = None) -> Any:
        """Return the answer; nothing of what it did stays."""
        self.client.cookies = self.cookies.copy()
        with transaction.atomic():
            response = self.client.post(path, data or {}) if method == "POST" else self.client.get(path)
            response.body = b"".join(response.streaming_content) if response.streaming else response.content
            response.close()
            response.errors_told = self._is_told_an_error(response)
            transaction.set_rollback(True)
        return response

    @staticmethod
    def _is_told_an_error(response: Any) -> bool:
        request = getattr(response, "wsgi_request", None)
        return bool(request) and any(message.level == ERROR for message in get_messages(request))

    def answer(self, path: str, *, method: str = "GET", data: Any = None) -> str:
        """Return the class of the answer."""
        return self.classified(self.ask(path, method=method, data=data), cms=path.startswith("/cms/"))

    def classified(self, response: Any, *, cms: bool) -> str:
        """Return what kind of answer this is; one that fails names itself."""
        status = response.status_code
        if status == 404:
            return HIDDEN if self._is_nothing(response, cms=cms) else "404 of its own"
        if status == 405:
            return NO_METHOD
        if status == 403:
            return REFUSED
        if status >= 500:
            return f"fault: {response.exc_info[1]!r}" if getattr(response, "exc_info", None) else f"fault {status}"
        if status == 302:
            if response["Location"].startswith(reverse("account_login")):
                return SIGN_IN
            if response["Location"] == "/cms/" and response.errors_told:
                return REFUSED
        return OPEN

    def _is_nothing(self, response: Any, *, cms: bool) -> bool:
        """Whether this is, word for word, the answer about what does not exist."""
        if cms not in self.nothing:
            self.nothing[cms] = told(self.ask(f"{'/cms/images' if cms else '/en/my/certificates'}/987654321/"))[1]
        return True
