"""Probes: what they say, to whom, and how soon."""

from __future__ import annotations

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPResponse
from threading import Event

import pytest
from django.test import Client, override_settings

from academy.jobs.domain.queue import rows
from academy.lib.access import PUBLIC, policy_of
from academy.lib.clock import now
from academy.operations.domain import health
from academy.operations.domain.health import Check, Prober, State
from academy.operations.domain.port import Answer, PortTaken, answer_probes, open_port
from tests.support.addresses import addresses
from tests.support.queue_tasks import count_once

MINUTE = timedelta(minutes=1)

ALL_WELL = {
    "status": "ready",
    "checks": {
        "database": {"ok": True, "words": "answers"},
        "migrations": {"ok": True, "words": "all run"},
        "cache": {"ok": True, "words": "works"},
        "disk": {"ok": True, "words": "enough room"},
        "queue": {"ok": True, "words": "keeps up"},
    },
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test looks for itself."""
    monkeypatch.setattr(health, "_PROBER", Prober(health.READINESS))


def ask(url: str, *, timeout: float = 2) -> HTTPResponse:
    return urllib.request.urlopen(url, timeout=timeout)  # noqa: S310 -- a server of this test


def checks_of(client: Client) -> dict[str, dict[str, object]]:
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["status"] == "not ready"
    return response.json()["checks"]


def test_live_asks_no_database(client: Client) -> None:
    # Without the mark, a query here fails the test.
    response = client.get("/health/live")

    assert (response.status_code, response.json()) == (200, {"status": "live"})


@pytest.mark.django_db
@override_settings(HEALTH_MIN_FREE_MB=0)
def test_ready_tells_the_state_of_each_check(client: Client) -> None:
    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (200, ALL_WELL)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
@override_settings(SECURE_SSL_REDIRECT=True, ALLOWED_HOSTS=["academy.example.org"], HEALTH_MIN_FREE_MB=0)
def test_probe_needs_neither_host_nor_tls_and_leaves_no_trace(client: Client, path: str) -> None:
    response = client.get(path, headers={"host": "10.1.2.3:8000"})

    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "application/json"
    assert dict(response.cookies) == {}
    assert client.head(path).content == b""
    assert client.post(path).status_code == 405


def test_probes_stand_in_the_table_of_addresses() -> None:
    declared = {one.path: policy_of(one.match) for one in addresses() if one.path.startswith("/health/")}

    assert declared == {"/health/live": PUBLIC, "/health/ready": PUBLIC}


@pytest.mark.django_db
@override_settings(HEALTH_MIN_FREE_MB=10**9)
def test_full_disk_is_not_ready(client: Client) -> None:
    assert checks_of(client)["disk"] == {"ok": False, "words": "too little room for media, uploads, var"}


@pytest.mark.django_db
def test_missing_migration_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    here = health._migrations_here()
    monkeypatch.setattr(health, "_migrations_here", lambda: here | {("people", "9999_tomorrow")})

    assert checks_of(client)["migrations"] == {"ok": False, "words": "1 to run"}


@pytest.mark.django_db
@override_settings(CACHES={"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}})
def test_forgetful_cache_is_not_ready(client: Client) -> None:
    assert checks_of(client)["cache"] == {"ok": False, "words": "loses what it is given"}


@pytest.mark.django_db(transaction=True)
def test_queue_is_told_with_the_rest(client: Client) -> None:
    count_once.enqueue(1)
    rows().update(enqueued_at=now() - health.LONGEST_WAIT - MINUTE)

    assert checks_of(client)["queue"] == {"ok": False, "words": "behind"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "moment", "age", "told"),
    [
        ("READY", "enqueued_at", health.LONGEST_WAIT - MINUTE, (True, "keeps up")),
        ("READY", "enqueued_at", health.LONGEST_WAIT + MINUTE, (False, "behind")),
        ("READY", "run_after", health.LONGEST_WAIT + MINUTE, (False, "behind")),
        ("RUNNING", "started_at", health.LONGEST_RUN - MINUTE, (True, "keeps up")),
        ("RUNNING", "started_at", health.LONGEST_RUN + MINUTE, (False, "a task runs for too long")),
        ("FAILED", "finished_at", health.LONGEST_RUN + MINUTE, (True, "keeps up")),
    ],
)
def test_queue_that_nobody_works_on_is_not_ready(
    state: str, moment: str, age: timedelta, told: tuple[bool, str]
) -> None:
    count_once.enqueue(1)
    rows().update(status=state, **{moment: now() - age})

    assert health.queue() == told


def test_fault_of_a_check_is_told_without_its_words() -> None:
    def fail() -> tuple[bool, str]:
        raise ConnectionError("password=hunter2 at 10.1.2.3")

    assert Prober([Check(name="queue", look=fail)]).states() == (
        State(name="queue", ok=False, words="failed; the log says why"),
    )


@pytest.fixture
def gate() -> Iterator[Event]:
    """Opens at the end, so that no thread of a test outlives it."""
    gate = Event()
    yield gate
    gate.set()


def test_check_that_hangs_is_told_in_time_and_not_asked_again(monkeypatch: pytest.MonkeyPatch, gate: Event) -> None:
    asked: list[float] = []

    def hang() -> tuple[bool, str]:
        asked.append(time.monotonic())
        gate.wait(30)
        return True, "at last"

    monkeypatch.setattr(health, "DEADLINE", 0.2)
    monkeypatch.setattr(health, "FRESH", 0.0)
    prober = Prober([Check(name="database", look=hang)])
    silent = (State(name="database", ok=False, words="no answer within 0.2 s"),)

    began = time.monotonic()
    answers = [prober.states() for _probe in range(20)]

    assert answers == [silent] * 20
    assert time.monotonic() - began < 1
    assert len(asked) == 1
    gate.set()
    assert prober._round is not None
    prober._round.over.wait(5)
    assert prober.states() == (State(name="database", ok=True, words="at last"),)


def test_answer_is_fresh_for_a_second_however_often_one_asks() -> None:
    asked: list[int] = []

    def look() -> tuple[bool, str]:
        asked.append(1)
        return True, "answers"

    prober = Prober([Check(name="database", look=look)])

    for _probe in range(50):
        prober.states()

    assert len(asked) == 1


# The port ----------------------------------------------------------------------------------------


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Answers on a port of its own; returns its address."""
    listening = open_port(host="127.0.0.1", port=0)

    def start(**answers: Answer) -> str:
        answer_probes(listening, answers={f"/{path}": lambda answer=answer: answer for path, answer in answers.items()})
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    listening.close()


def test_port_answers_what_it_knows_and_404_for_the_rest(serve: Callable[..., str]) -> None:
    address = serve(live=Answer(status=200, body=b"{}"))

    with ask(f"{address}/live") as response:
        assert (response.status, response.read(), response.headers["Server"]) == (200, b"{}", "academy ")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        ask(f"{address}/../etc/passwd")


def test_port_answers_while_a_client_says_nothing(serve: Callable[..., str]) -> None:
    address = serve(live=Answer(status=200, body=b"{}"))
    host, port = address.removeprefix("http://").split(":")

    with socket.create_connection((host, int(port))), ask(f"{address}/live", timeout=1) as response:
        assert response.status == 200


def test_port_that_is_taken_is_told_in_a_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(
            PortTaken, match=f"HEALTH_PORT: nobody can listen at 127.0.0.1:{port}: Address already in use."
        ):
            open_port(host="127.0.0.1", port=port)
