"""Says in one sentence, with the remedy, what in the environment would stop the academy from working.

Run by ./run before anything else: preflight.py serve|setup|test. Needs no Django and no settings.
"""

import os
import shutil
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
OLDEST_POSTGRESQL = 15
FREE_BYTES = 200_000_000
CONNECT_SECONDS = 5
FORM = "postgres://user:password@host:5432/name or sqlite:///path"


def port_problem(value: str, host: str = "127.0.0.1") -> str | None:
    """What is wrong with this PORT, if anything."""
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        return f"PORT must be a number from 1 to 65535, not {value!r}: try PORT=8001 make run."
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(value)))
        except PermissionError:
            return f"Port {value} is for administrators only: try PORT=8001 make run."
        except OSError:
            return f"Port {value} is in use: stop what uses it, or try PORT={other_port(int(value))} make run."
    return None


def other_port(port: int) -> int:
    """A port to suggest instead."""
    return port + 1 if port < 65535 else 8001


def folder_problem(folder: Path, free_bytes: int = FREE_BYTES) -> str | None:
    """What is wrong with the folder for the data, if anything; makes the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".preflight-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return (
            f"The folder {folder.name}/ cannot be written to ({error.strerror}): correct its rights or free some space."
        )
    free = shutil.disk_usage(folder).free
    if free < free_bytes:
        return f"Only {free // 1_000_000} MB are left on the disk and {free_bytes // 1_000_000} are needed: free some space."
    return None


def database_problem(url: str) -> str | None:
    """What is wrong with DATABASE_URL or with the database it names, if anything."""
    malformed = f"DATABASE_URL is malformed: it must look like {FORM}."
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError:
        return malformed
    path = unquote(parts.path.removeprefix("/"))
    if not parts.scheme or not path:
        return malformed
    if parts.scheme == "sqlite":
        return folder_problem(Path(path).parent)
    if parts.scheme not in ("postgres", "postgresql"):
        return f"DATABASE_URL starts with {parts.scheme!r}, which the academy cannot use: it must look like {FORM}."
    if not parts.hostname:
        return malformed
    return postgresql_problem(
        host=parts.hostname,
        port=port,
        name=path,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def postgresql_problem(*, host: str, port: int, name: str, user: str, password: str) -> str | None:
    """What is wrong with this PostgreSQL database, if anything; never repeats the password."""
    place = f"{host}:{port}/{name}"
    try:
        connection = psycopg2.connect(
            host=host, port=port, dbname=name, user=user, password=password, connect_timeout=CONNECT_SECONDS
        )
    except (psycopg2.Error, UnicodeError) as error:
        lines = str(error).strip().splitlines()
        reason = lines[0].rpartition("FATAL:")[2].rpartition("failed:")[2].strip() if lines else type(error).__name__
        return f"The database {place} cannot be reached ({reason}): start it, or correct DATABASE_URL."
    major = connection.server_version // 10_000
    connection.close()
    if major < OLDEST_POSTGRESQL:
        return f"The database {place} is PostgreSQL {major} and the academy needs {OLDEST_POSTGRESQL}: upgrade it, or unset DATABASE_URL to use SQLite."
    return None


def problems(task: str, environment: Mapping[str, str], root: Path = ROOT) -> Iterator[str]:
    """Every reason why this task cannot succeed here, the nearest to mend first."""
    if not (3, 11) <= sys.version_info < (3, 15):
        yield "The academy needs Python 3.11 to 3.14: remove .venv, install such a Python and run this again."
    found = [folder_problem(root / "var")]
    if task == "serve":
        found.append(port_problem(environment.get("PORT", "") or "8000"))
    if url := environment.get("DATABASE_URL", "").strip():
        found.append(database_problem(url))
    yield from (sentence for sentence in found if sentence)


def main(task: str, environment: Mapping[str, str] = os.environ) -> int:
    """Print the first problem; return the exit code."""
    for sentence in problems(task, environment):
        print(sentence, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "serve"))
