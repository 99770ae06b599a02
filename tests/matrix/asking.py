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
        self.nothing = ""

    def ask(self, path: str, *, method: str = "GET", data: Any = None) -> Any:
        """Return the answer; nothing of what it did stays."""
        self.client.cookies = self.cookies.copy()
        with transaction.atomic():
            response = self.client.post(path, data or {}) if method == "POST" else self.client.get(path)
            response.body = b"".join(response.streaming_content) if response.streaming else response.content
            # Its files alone: closing the answer itself would close the database of the test.
            for close in response._resource_closers:
                close()
            response.errors_told = self._is_told_an_error(response)
            transaction.set_rollback(True)
        return response

    @staticmethod
    def _is_told_an_error(response: Any) -> bool:
        request = getattr(response, "wsgi_request", None)
        return bool(request) and any(message.level == ERROR for message in get_messages(request))

    def answer(self, path: str, *, method: str = "GET", data: Any = None, word_for_word: bool = False) -> str:
        """Return the class of the answer; ``word_for_word``, that something is hidden must show in nothing."""
        response = self.ask(path, method=method, data=data)
        answer = self.classified(response)
        return "404 in other words" if answer == HIDDEN and word_for_word and not self.is_nothing(response) else answer

    def classified(self, response: Any) -> str:
        """Return what kind of answer this is; one that fails names itself."""
        status = response.status_code
        if status == 404:
            return HIDDEN
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

    def is_nothing(self, response: Any) -> bool:
        """Whether this is, word for word, what the CMS answers about what does not exist."""
        if not self.nothing:
            self.nothing = told(self.ask("/cms/images/987654321/"))[1]
        return told(response)[1] == self.nothing
