"""PostgreSQL: by its own tools, from one exported snapshot, back in one transaction."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.db.backends.base.base import BaseDatabaseWrapper

from academy.operations.domain.backup.counting import count_rows
from academy.operations.domain.backup.errors import BackupRefused
from academy.operations.domain.backup.files import settle
from academy.operations.domain.restored import mark_statement

# Where Debian and Ubuntu keep the tools of each version, apart from PATH.
TOOLS_OF_DEBIAN = Path("/usr/lib/postgresql")
# Parameters of a connection that are more than an address, and what libpq calls them in the environment.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "database": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
}
# No limit on a statement: a large table takes its time. A lock is waited for briefly: somebody still uses it.
LOCK_MILLISECONDS = 10_000

# Tables first, for they take along what belongs to them. What an extension brought stays.
CLEAR = """
DO $clear$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT format('%s IF EXISTS public.%I', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                  WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, relname) AS name
    FROM pg_catalog.pg_class AS thing
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE objid = thing.oid AND deptype IN ('e', 'i', 'a')
                      AND classid = 'pg_catalog.pg_class'::regclass)
    ORDER BY relkind NOT IN ('r', 'p', 'f')
  LOOP EXECUTE 'DROP ' || one.name || ' CASCADE'; END LOOP;
  FOR one IN
    SELECT oid::regprocedure AS name FROM pg_catalog.pg_proc AS thing
    WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE objid = thing.oid AND deptype = 'e'
                      AND classid = 'pg_catalog.pg_proc'::regclass)
  LOOP EXECUTE 'DROP ROUTINE IF EXISTS ' || one.name || ' CASCADE'; END LOOP;
END $clear$;
"""


class PostgresEngine:
    """The database of a real installation."""

    kind = "postgresql"
    dump_name = "database.dump"

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def version(self) -> int:
        """The major version of the server."""
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            return int(cursor.fetchone()[0]) // 10_000

    def is_empty(self) -> bool:
        """Whether there is no table yet."""
        with self.connection.cursor() as cursor:
            return not self.connection.introspection.table_names(cursor)

    def tables(self) -> dict[str, int]:
        """The rows of each table now."""
        with self._apart() as own, own.cursor() as cursor:
            return count_rows(own, cursor)

    def dump(self, target: Path) -> dict[str, int]:
        """Dump and count in the same snapshot, so that both tell of one moment."""
        tool = find_tool("pg_dump", least=self.version())
        with self._apart() as own, own.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            arguments = ["--format=custom", "--no-owner", "--no-privileges", "--no-password"]
            _run([tool, *arguments, f"--snapshot={snapshot}", f"--file={target}"], environment=self._environment())
            counted = count_rows(own, cursor)
            cursor.execute("COMMIT")
        target.chmod(0o600)
        settle(target)
        return counted

    def load(self, source: Path, *, made_by: int) -> None:
        """Replace everything, in one transaction of psql that ends with the mark; it commits if all went well."""
        least = max(made_by, self.version())
        restore, psql = find_tool("pg_restore", least=least), find_tool("psql", least=least)
        # Our own open transaction would be the one that everybody waits for.
        self.connection.close()
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(  # noqa: S603 -- a tool of PostgreSQL, with arguments of ours
                [psql, "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null"],
                stdin=subprocess.PIPE,
                stderr=complaints,
                env=self._environment(),
            ) as writing,
        ):
            assert writing.stdin is not None  # a pipe was asked for
            # Where psql has given up, it says why.
            with suppress(BrokenPipeError):
                self._pour(restore, source, into=writing.stdin)
            with suppress(BrokenPipeError):
                writing.stdin.close()
            if writing.wait() != 0:
                raise BackupRefused(f"PostgreSQL refused the copy, and kept what it had: {_first(complaints)}")
        # Or the first visitors wait for plans that know nothing of the rows.
        with self._apart() as own, own.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _pour(self, restore: str, source: Path, *, into: IO[bytes]) -> None:
        """Write the whole transaction. What ends before COMMIT is rolled back."""
        into.write(f"BEGIN;\n{CLEAR}\n".encode())
        into.flush()
        script = [restore, "--no-owner", "--no-privileges", "--file=-", str(source)]
        with (
            tempfile.TemporaryFile() as complaints,
            subprocess.Popen(script, stdout=subprocess.PIPE, stderr=complaints) as reading,  # noqa: S603 -- as above
        ):
            assert reading.stdout is not None  # a pipe was asked for
            shutil.copyfileobj(reading.stdout, into)
            if reading.wait() != 0:
                into.close()
                raise BackupRefused(f"pg_restore cannot read the backup: {_first(complaints)}")
        into.write(f"\n{mark_statement(self.connection)};\nCOMMIT;\n".encode())
        into.flush()

    @contextmanager
    def _apart(self) -> Iterator[BaseDatabaseWrapper]:
        """A connection of our own, without limits and outside anybody's transaction."""
        own = self.connection.copy()
        own.settings_dict["OPTIONS"] = {**own.settings_dict["OPTIONS"], "options": _patient()}
        try:
            yield own
        finally:
            own.close()

    def _environment(self) -> dict[str, str]:
        """The address and the password: in the environment, for arguments can be read by everybody on the machine."""
        parameters = self.connection.get_connection_params()
        given = {VARIABLES[name]: str(value) for name, value in parameters.items() if name in VARIABLES and value}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**kept, **given, "PGOPTIONS": _patient(), "PGCONNECT_TIMEOUT": "10", "LC_ALL": "C"}


def _patient() -> str:
    return f"-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c lock_timeout={LOCK_MILLISECONDS}"


def find_tool(name: str, *, least: int) -> str:
    """Return the path of a PostgreSQL tool of the version nearest to ``least``, not older. Raises BackupRefused."""
    in_path = shutil.which(name)
    # What PATH leads to on Debian chooses a version itself: the tools proper come first.
    candidates = [*TOOLS_OF_DEBIAN.glob(f"*/bin/{name}"), *([Path(in_path)] if in_path else [])]
    fitting = sorted(
        (version, order, str(path)) for order, path in enumerate(candidates) if (version := _version(path)) >= least
    )
    if not fitting:
        raise BackupRefused(
            f"{name} of PostgreSQL {least} or newer is not installed here (apt install postgresql-client)."
        )
    return fitting[0][2]


def _version(tool: Path) -> int:
    told = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 -- a tool of PostgreSQL
    found = re.search(r"(\d+)(?:\.\d+)?", told.stdout)
    return int(found[1]) if found else 0


def _run(command: list[str], *, environment: Mapping[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 -- a tool of PostgreSQL
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["it gave no reason"]
        raise BackupRefused(f"PostgreSQL refused to be copied: {lines[0]}")


def _first(complaints: IO[bytes]) -> str:
    """Return the first line that a tool wrote of what went wrong."""
    complaints.seek(0)
    lines = [line for line in complaints.read().decode(errors="replace").splitlines() if line.strip()]
    if any("lock timeout" in line for line in lines):
        return "The database is in use: stop the web server and the worker, then try again."
    return lines[0] if lines else "it gave no reason."
