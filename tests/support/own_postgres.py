"""A PostgreSQL of a test's own, to be stopped and misconfigured: the suite's server is shared."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg2


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class OwnPostgres:
    """A running server with an empty database ``academy``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"postgres://academy@127.0.0.1:{self.port}/postgres"
        tools = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
        self.bin = tools[-1].parent if tools else Path(shutil.which("initdb") or "/").parent

    def run(self, tool: str, *arguments: str) -> None:
        """Run a tool as somebody who is not root: PostgreSQL refuses root."""
        other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*other, self.bin / tool, *arguments], cwd="/", check=True, stdout=subprocess.DEVNULL)  # noqa: S603

    def start(self) -> None:
        """Make the server and wait until it answers."""
        if os.geteuid() == 0:
            shutil.chown(self.home, "postgres")
        self.run("initdb", "-D", str(self.data), "-U", "academy", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-p {self.port} -k {self.home} -c listen_addresses=127.0.0.1"
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.home / "log"), "-o", options, "start")

    @property
    def data(self) -> Path:
        """The folder of the cluster."""
        return self.home / "data"

    def processes(self) -> list[int]:
        """The first process of the server, and those that it has started."""
        first = (self.data / "postmaster.pid").read_text().splitlines()[0]
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [int(first), *map(int, children)]

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Inside, the server takes connections and says nothing."""
        processes = self.processes()
        self.tell(processes, signal.SIGSTOP)
        try:
            yield
        finally:
            self.tell(processes, signal.SIGCONT)

    @staticmethod
    def tell(processes: list[int], what: signal.Signals) -> None:
        """Send a signal; a process that was about to end is gone, and nobody misses it."""
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, what)

    @contextmanager
    def misconfigured(self, **values: str) -> Iterator[None]:
        """Inside, the server runs with these settings."""
        self.alter(*(f"ALTER SYSTEM SET {name} = '{value}'" for name, value in values.items()))
        yield
        self.alter(*(f"ALTER SYSTEM RESET {name}" for name in values))

    def alter(self, *statements: str) -> None:
        """Change settings and wait until the server has read them."""
        connection = psycopg2.connect(self.url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            cursor.execute("SELECT pg_reload_conf()")
        connection.close()


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    """Run a server for as long as the block lasts."""
    # Not in pytest's folder, which nobody but its owner may enter.
    home = Path(tempfile.mkdtemp(prefix="academy-postgres-"))
    server = OwnPostgres(home)
    try:
        server.start()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.run("pg_ctl", "-D", str(server.data), "-m", "immediate", "stop")
        shutil.rmtree(home)
