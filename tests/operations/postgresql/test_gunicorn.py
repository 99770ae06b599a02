"""The real web server before a real database: it starts only when fit, and lives when the database hangs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.support.own_postgres import OwnPostgres, free_port, own_postgres

THREADS = 2
PATIENCE = 60


@pytest.fixture(scope="module")
def database() -> Iterator[OwnPostgres]:
    """A server that a test may stop."""
    with own_postgres() as server:
        yield server


class Site:
    """An installation with the production settings."""

    def __init__(self, database: OwnPostgres, log: Path) -> None:
        self.log = log
        self.port, self.health_port = free_port(), free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONWARNINGS": "ignore",  # nobody ran collectstatic
            "SECRET_KEY": "k" * 60,
            "ALLOWED_HOSTS": "academy.example.org",
            "BASE_URL": "https://academy.example.org",
            "FROM_EMAIL": "academy@example.org",
            "TRUSTED_PROXY_COUNT": "1",
            "DATABASE_URL": database.url,
            "DATABASE_CONNECT_TIMEOUT": "60",  # so that who waits, waits
            "BIND": f"127.0.0.1:{self.port}",
            "HEALTH_PORT": str(self.health_port),
            "HEALTH_MIN_FREE_MB": "0",
            "WEB_CONCURRENCY": "1",
            "WEB_THREADS": str(THREADS),
            "GRACEFUL_TIMEOUT": "1",
        }

    def start(self) -> subprocess.Popen[bytes]:
        """Start gunicorn as an operator does."""
        with self.log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 -- our own server
                [Path(sys.executable).parent / "gunicorn"], cwd=settings.BASE_DIR, env=self.environment, stderr=log
            )

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """Serve inside; the process itself must end when asked to."""
        server = self.start()
        try:
            end = time.monotonic() + PATIENCE
            while self.status(self.health_port, "/health/live") != 200:
                assert server.poll() is None, self.log.read_text()
                assert time.monotonic() < end, self.log.read_text()
                time.sleep(0.1)
            yield server
            server.send_signal(signal.SIGTERM)
            assert server.wait(PATIENCE) == 0
        finally:
            server.kill()
            server.wait()

    def get(self, port: int, path: str, *, timeout: float = 10) -> tuple[int, bytes]:
        """Ask as the proxy does."""
        headers = {"Host": "academy.example.org", "X-Forwarded-Proto": "https"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310 -- the same
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def status(self, port: int, path: str, *, timeout: float = 10) -> int | None:
        """Ask, and return the status; None when nobody answers in time."""
        try:
            return self.get(port, path, timeout=timeout)[0]
        except OSError:
            return None

    def readiness(self) -> dict[str, Any]:
        """Ask the port for probes whether the site is ready."""
        status, body = self.get(self.health_port, "/health/ready")
        assert status == 503
        return json.loads(body)["checks"]


def workers(server: subprocess.Popen[bytes]) -> list[int]:
    """The processes that serve."""
    return [int(child) for child in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]


def test_life_is_told_within_a_second_while_the_database_hangs(database: OwnPostgres, tmp_path: Path) -> None:
    site = Site(database, tmp_path / "log")
    with site.running() as server, ThreadPoolExecutor(2 * THREADS) as people:
        assert site.get(site.port, "/health/live") == (200, b'{"status": "live"}')
        found = site.readiness()
        assert found["database"] == {"ok": True, "words": "answers"}
        assert found["migrations"]["ok"] is False  # an empty database

        with database.frozen():
            waiting = [
                people.submit(site.status, site.port, "/en/help/", timeout=PATIENCE) for _one in range(2 * THREADS)
            ]
            end = time.monotonic() + PATIENCE
            while (
                site.status(site.port, "/health/live", timeout=1) is not None
            ):  # until every thread of the web server waits
                assert time.monotonic() < end, "the address alone would do: then nobody needs the port"

            took = []
            for _probe in range(10):
                began = time.monotonic()
                assert site.get(site.health_port, "/health/live") == (200, b'{"status": "live"}')
                took.append(time.monotonic() - began)
            assert max(took) < 1
            silent = {"ok": False, "words": "no answer within 2 s"}
            assert {name: site.readiness()[name] for name in ("database", "migrations")} == {
                "database": silent,
                "migrations": silent,
            }

        # Everybody is answered when it goes on: here with a fault, for there is not a single table.
        assert [one.result() for one in waiting] == [500] * (2 * THREADS)
        assert site.status(site.port, "/health/live") == 200
        # The look that hung tells it first, as soon as it has its own answer.
        end = time.monotonic() + 10
        while site.readiness()["database"] != {"ok": True, "words": "answers"}:
            assert time.monotonic() < end, site.log.read_text()
            time.sleep(0.1)

        # The probes go on after a reload, which takes new workers and the configuration anew.
        (before,) = workers(server)
        server.send_signal(signal.SIGHUP)
        end = time.monotonic() + PATIENCE
        while before in workers(server) or site.status(site.health_port, "/health/live") != 200:
            assert time.monotonic() < end, site.log.read_text()
            time.sleep(0.1)
        assert site.get(site.health_port, "/health/live") == (200, b'{"status": "live"}')

    lines = [json.loads(line) for line in site.log.read_text().splitlines() if line.startswith("{")]
    assert [line["event"] for line in lines].count("request_failed") == 2 * THREADS
    assert {line["logger"] for line in lines} >= {"gunicorn.error", "academy.requests"}
    assert lines[-1]["event"] == "Shutting down: Master"


def test_server_does_not_start_when_it_is_not_fit(database: OwnPostgres, tmp_path: Path) -> None:
    site = Site(database, tmp_path / "log")
    del site.environment["TRUSTED_PROXY_COUNT"]

    with database.misconfigured(fsync="off", full_page_writes="off", synchronous_commit="off"):
        assert site.start().wait(PATIENCE) == 1

    told = site.log.read_text()
    assert "(operations.E005) TRUSTED_PROXY_COUNT is not set." in told
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert f"(operations.E009) PostgreSQL runs with {name} off: it loses what it has acknowledged." in told
    assert told.strip().splitlines()[-1].startswith("The academy does not start: see the errors above.")
