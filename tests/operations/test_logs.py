"""Log lines: one an event, in JSON, with what an operator needs and nothing that opens anything."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from django.conf import settings
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.utils.functional import SimpleLazyObject

from academy.operations.domain.logs import HIDDEN, escape_controls, hide_in_path, hide_in_text, hide_secrets
from academy.operations.middleware import RequestLogMiddleware
from academy.settings.logs import log_config
from tests.factories.people import PASSWORD, UserFactory

CANARY = "c4n4ry-that-nobody-may-read"
FIELDS = ["status", "duration_ms", "user_agent", "event", "request_id", "method", "path", "level", "logger", "time"]


class Log:
    """What the application has written."""

    def __init__(self) -> None:
        self.stream = io.StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def finished(self) -> list[tuple[str, str, int]]:
        return [
            (one["method"], one["path"], one["status"]) for one in self.events if one["event"] == "request_finished"
        ]


@pytest.fixture
def log() -> Iterator[Log]:
    """Everything that is logged, as production writes it."""
    config = logging.config.DictConfigurator(log_config("json"))
    written = Log()
    handler = logging.StreamHandler(written.stream)
    handler.setFormatter(config.configure_formatter(dict(config.config["formatters"]["academy"])))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.django_db
def test_request_leaves_one_line_with_all_that_is_needed(client: Client, log: Log) -> None:
    user = UserFactory()
    client.force_login(user)

    response = client.get("/en/help/?q=private", headers={"user-agent": "Test/1", "x-request-id": "abc-123.DEF_456"})

    (line,) = log.events
    assert response["X-Request-ID"] == "abc-123.DEF_456"
    assert sorted(line) == sorted([*FIELDS, "user"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", line.pop("time"))
    assert 0 <= line.pop("duration_ms") < 60_000
    assert line == {
        "event": "request_finished",
        "level": "info",
        "logger": "academy.requests",
        "method": "GET",
        "path": "/en/help/",
        "request_id": "abc-123.DEF_456",
        "status": 200,
        "user": str(user.public_id),
        "user_agent": "Test/1",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent", ["", "short", "x" * 65, "has spaces in it", "new\nline-in-it", "{json: 1}", "-leading-dash"]
)
def test_id_that_does_not_look_like_one_is_replaced(client: Client, log: Log, sent: str) -> None:
    response = client.get("/en/help/", headers={"x-request-id": sent})

    assert re.fullmatch("[0-9a-f]{16}", response["X-Request-ID"])
    assert [line["request_id"] for line in log.events] == [response["X-Request-ID"]]


@pytest.mark.django_db
def test_each_request_has_an_id_of_its_own(client: Client) -> None:
    ids = {client.get("/en/help/")["X-Request-ID"] for _request in range(3)}

    assert len(ids) == 3


@pytest.mark.django_db
def test_visitor_is_nobody(client: Client, log: Log) -> None:
    client.get("/en/help/")

    assert [sorted(line) for line in log.events] == [sorted(FIELDS)]


def test_log_line_looks_nobody_up(rf: RequestFactory) -> None:
    class Unasked:
        is_authenticated = property(lambda self: pytest.fail("the log asked who this is"))

    request = rf.get("/")
    request.user = SimpleLazyObject(Unasked)

    RequestLogMiddleware.bind_user_id(request)

    assert structlog.contextvars.get_contextvars() == {}


@pytest.mark.django_db
def test_sign_in_and_reset_leave_no_secret(client: Client, log: Log) -> None:
    user = UserFactory(email="ana@example.org")
    client.post("/en/account/login/", {"login": user.email, "password": CANARY})
    client.post("/en/account/login/", {"login": user.email, "password": PASSWORD, "next": f"/en/my/?token={CANARY}"})
    client.post("/en/account/logout/")
    client.post("/en/account/password/reset/", {"email": user.email})
    (link,) = re.findall(r"http://testserver(/\S+/key/\S+)", mail.outbox[-1].body)
    token = link.rstrip("/").rpartition("/")[2]
    address = client.get(link)["Location"]
    client.get(link.rstrip("/"))  # the redirect to the slash knows the token too
    client.post(address, {"password1": f"{CANARY}-new"})

    assert log.finished() == [
        ("POST", "/en/account/login/", 200),
        ("POST", "/en/account/login/", 302),
        ("POST", "/en/account/logout/", 302),
        ("POST", "/en/account/password/reset/", 302),
        ("GET", f"/en/account/password/reset/key/{HIDDEN}/", 302),
        ("GET", f"/en/account/password/reset/key/{HIDDEN}", 301),
        ("POST", f"/en/account/password/reset/key/{HIDDEN}/", 302),
    ]
    for secret in (CANARY, PASSWORD, token, token.partition("-")[2], client.cookies["sessionid"].value, user.email):
        assert secret not in log.text


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.support.broken_urls")
def test_fault_is_logged_with_traceback_and_shows_its_number(log: Log) -> None:
    client = Client(raise_request_exception=False)

    response = client.post(
        f"/broken/?q={CANARY}",
        {"password": CANARY, "name": CANARY},
        headers={"authorization": f"Bearer {CANARY}", "cookie": f"sessionid={CANARY}", "referer": f"http://x/{CANARY}"},
    )

    (line,) = log.events
    number = response["X-Request-ID"]
    assert response.status_code == 500
    assert f"<strong>{number}</strong>" in response.text
    assert (line["event"], line["level"], line["status"]) == ("request_failed", "error", 500)
    assert (line["request_id"], line["method"], line["path"]) == (number, "POST", "/broken/")
    assert line["exception"].startswith("Traceback (most recent call last):\n")
    assert line["exception"].endswith("tests.support.broken_urls.Fault")
    assert CANARY not in log.text


@pytest.mark.django_db
def test_nobody_writes_a_line_of_their_own(client: Client, log: Log) -> None:
    forged = '\r\n{"event": "forged"}\x1b[2J\u2028'

    client.get(f"/en/nothing{quote(forged)}/", headers={"user-agent": f"x{forged}"})
    client.post("/en/account/login/", {"login": f"ana@example.org{forged}", "password": f"pass{forged}"})
    logging.getLogger("academy.test").warning("No account for %s.", f"ana@example.org{forged}")
    logging.getLogger("academy.test").warning(forged)

    assert [line["event"] for line in log.events] == [
        "request_finished",
        "request_finished",
        'No account for ana@example.org\\x0d\\x0a{"event": "forged"}\\x1b[2J\\u2028.',
        '\\x0d\\x0a{"event": "forged"}\\x1b[2J\\u2028',
    ]
    assert log.events[0]["user_agent"] == 'x\\x0d\\x0a{"event": "forged"}\\x1b[2J\\u2028'
    assert log.events[0]["path"] == '/en/nothing\\x0d\\x0a{"event": "forged"}\\x1b[2J\\u2028/'
    assert re.search(r"[^\n\x20-\x7e]", log.text) is None


@pytest.mark.parametrize(
    ("field", "hidden"),
    [
        ("password", True),
        ("new_password1", False),
        ("access_token", True),
        ("accessToken", True),
        ("HTTP_COOKIE", True),
        ("Authorization", True),
        ("csrfmiddlewaretoken", True),
        ("code", True),
        ("client-secret", True),
        ("key", True),
        ("status_code", False),
        ("keyword", False),
        ("monkey", False),
    ],
)
def test_field_is_hidden_by_its_name_however_deep(field: str, hidden: bool) -> None:  # noqa: FBT001
    seen = hide_secrets(None, "", {field: "abc", "outer": [{"inner": {field: "abc"}}]})

    expected = HIDDEN if hidden else "abc"
    assert seen == {field: expected, "outer": [{"inner": {field: expected}}]}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("password=hunter2 for ana", f"password={HIDDEN} for ana"),
        ('{"new_password": "a b c", "x": 1}', f'{{"new_password": {HIDDEN}, "x": 1}}'),
        ("Authorization: Bearer abc.def.ghi", f"Authorization: {HIDDEN}"),
        ("sent Bearer abcdefgh.ijkl", f"sent Bearer {HIDDEN}"),
        ("GET /en/verify/?code=ABC&x=1 HTTP/1.1", f"GET /en/verify/?{HIDDEN} HTTP/1.1"),
        ("at /en/account/confirm-email/MQ:1abc:Zyx-1/", f"at /en/account/confirm-email/{HIDDEN}/"),
        ("key=abc", f"key={HIDDEN}"),
        ('password="cut off', f"password={HIDDEN} off"),
        ("    key = _home_key(request) if page", "    key = _home_key(request) if page"),
        ("The keyword: harmless", "The keyword: harmless"),
        ("Refused: forgotten declares no access policy.", "Refused: forgotten declares no access policy."),
    ],
)
def test_secret_in_running_text_is_hidden(text: str, seen: str) -> None:
    assert hide_in_text(text) == seen


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("/en/playbook/evaluate-and-award/", "/en/playbook/evaluate-and-award/"),
        ("/en/playbook/telecommunications-2030/", "/en/playbook/telecommunications-2030/"),
        (
            "/en/assess/0189c2f4-7b0e-7cc1-a1b2-3c4d5e6f7a8b/q/2/",
            "/en/assess/0189c2f4-7b0e-7cc1-a1b2-3c4d5e6f7a8b/q/2/",
        ),
        ("/en/join/s3cr3tinvitation42x/", f"/en/join/{HIDDEN}/"),
        ("/en/x/MQ:1abcde:dGhpcyBpcw/", f"/en/x/{HIDDEN}/"),
    ],
)
def test_part_of_a_path_that_opens_something_is_hidden(path: str, seen: str) -> None:
    assert hide_in_path(path) == seen


@pytest.mark.parametrize(
    "piece", ["a", "/", "token", 'token="', "key/", "?", "/a1", ":", "/:", "bearer ", " ", "token ", "'", "a_", "code="]
)
def test_hostile_text_costs_no_time(piece: str) -> None:
    text = "/" + piece * (50_000 // len(piece))

    began = time.process_time()
    hide_in_text(text)

    assert time.process_time() - began < 0.5


def test_traceback_keeps_its_lines_and_nothing_else_does() -> None:
    seen = escape_controls(None, "", {"exception": "a\nb\x1b", "e\nvil": ["c\nd", {"k": "\x9b"}], "n": 1})

    assert seen == {"exception": "a\nb\\x1b", "e\\x0avil": ["c\\x0ad", {"k": "\\x9b"}], "n": 1}


def test_people_read_lines() -> None:
    config = logging.config.DictConfigurator(log_config("lines"))
    formatter = config.configure_formatter(dict(config.config["formatters"]["academy"]))
    record = logging.LogRecord("academy.x", logging.WARNING, "", 1, "Odd\n%s", ("thing",), None)

    assert re.fullmatch(r"\S+Z \[warning\] Odd\\x0athing \[academy\.x\]", formatter.format(record))


def test_server_and_application_log_alike() -> None:
    assert settings.LOGGING["loggers"]["gunicorn.error"]["handlers"] == ["console"]
    assert settings.LOGGING["handlers"]["console"]["formatter"] == "academy"
