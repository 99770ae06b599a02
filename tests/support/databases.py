"""Test databases: migrated once, then copied.

Wagtail's migrations take half a minute. A template is made once for each state of the migrations and of
the installed packages; every run and every xdist worker works in a copy of its own. A test that commits
(``transactional_db``, ``live_server``) leaves rows behind and Django would flush them away, together with
what the migrations put there: root page, locale, groups. We put a new copy in its place instead.

Tests that need much content can have it in the template: see ``furnished``.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db.backends.base.base import BaseDatabaseWrapper

# Readers, writers and rules of marking: they know no database, and take minutes by chance and by mutation.
NO_DATABASE = (
    "tests/standards/",
    "tests/assessments/item_types/",
    "tests/exchange/questions/test_aiken_",
    "tests/exchange/questions/test_gift_",
    "tests/exchange/questions/test_moodle_xml_",
    "tests/exchange/questions/test_qti_",
)
# Markup in a browser: weight, colours, policies. No database changes it.
MARKUP = (
    "tests/journeys/test_accessibility.py",
    "tests/journeys/test_cms_policy.py",
    "tests/journeys/test_hostile_words.py",
    "tests/journeys/test_kinds_in_the_browser.py",
    "tests/journeys/test_weight.py",
)


def schema_digest(base_dir: Path) -> str:
    """Return 16 hex digits that change with the installed packages, our migrations and what these use."""
    digest = hashlib.sha256()
    for package in sorted(f"{found.name}=={found.version}" for found in metadata.distributions()):
        digest.update(package.encode())
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(base_dir)]
    sources = [path for folder in ours for path in (folder / "migrations").glob("*.py")]
    sources += (base_dir / "academy" / "lib").glob("*.py")
    for path in sorted(path for path in sources if ".venv" not in path.parts):
        digest.update(str(path.relative_to(base_dir)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def content_digest(base_dir: Path) -> str:
    """Return 16 hex digits that change with our code and the content pack: with all that decides how content is stored."""
    digest = hashlib.sha256()
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(base_dir)]
    sources = [path for folder in ours for path in folder.rglob("*.py")]
    sources += [path for path in (base_dir / "academy" / "content").rglob("*") if path.is_file()]
    for path in sorted(path for path in sources if ".venv" not in path.parts):
        digest.update(str(path.relative_to(base_dir)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


class CopiedDatabase(ABC):
    """A copy of the template that belongs to this process."""

    def __init__(self, connection: BaseDatabaseWrapper, *, var_dir: Path, digest: str, worker: str) -> None:
        self.connection = connection
        self.var_dir = var_dir
        self.digest = digest
        self.worker = worker
        # What the template is known by: the state of the code, and of what it is furnished with.
        self.key = digest

    def prepare(self) -> None:
        """Make the template if there is none for this state of the code, and work in a copy of it."""
        self.var_dir.mkdir(exist_ok=True)
        with self.alone():
            self.clean()
            if not self.template_exists():
                self.make_template(self.migrate)
            self.copy()

    @contextmanager
    def furnished(self, furnish: Callable[[], None], *, content: str) -> Iterator[None]:
        """Inside, every copy holds what ``furnish`` stored too. It is called once for each ``content``, a digest."""
        with self.alone():
            bare, self.key = self.template, f"{self.digest}-{content}"
            if not self.template_exists():
                self.make_template(furnish, on=bare)
            self.restore()
        yield
        self.key = self.digest
        self.restore()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One worker makes a template, the others wait for it."""
        with (self.var_dir / "test.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @staticmethod
    def migrate() -> None:
        """Bring an empty database to the present state of the code."""
        call_command("migrate", verbosity=0)

    def restore(self) -> None:
        """Throw the copy away and take a new one."""
        self.drop()
        self.copy()

    @contextmanager
    def using(self, name: str) -> Iterator[None]:
        """Fill a template inside: the connection is on the database ``name``, and closed afterwards."""
        self.use(name)
        yield
        self.connection.close()

    def use(self, name: str) -> None:
        """Let every connection that is opened from now on, in any thread, go to ``name``."""
        self.connection.close()
        # The same dictionary as in settings.DATABASES, which other threads connect by.
        self.connection.settings_dict["NAME"] = name

    @property
    @abstractmethod
    def template(self) -> Path | str:
        """Where the template of the present key is, or would be."""

    @abstractmethod
    def clean(self) -> None:
        """Remove what earlier states of the code and killed runs left."""

    @abstractmethod
    def template_exists(self) -> bool:
        """Say whether this state of the code has a template."""

    @abstractmethod
    def make_template(self, fill: Callable[[], None], *, on: Path | str | None = None) -> None:
        """Fill an empty database, or a copy of the template ``on``, under another name; name it in one step."""

    @abstractmethod
    def copy(self) -> None:
        """Copy the template and connect to the copy."""

    @abstractmethod
    def drop(self) -> None:
        """Remove the copy."""


def is_running(process: int) -> bool:
    """Say whether a process of this number lives, whoever owns it."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class SqliteCopy(CopiedDatabase):
    """Files in ``var``: a template ``test-<key>.sqlite3`` and ``test-run-<process>.sqlite3``."""

    @property
    def template(self) -> Path:
        return self.var_dir / f"test-{self.key}.sqlite3"

    @property
    def mine(self) -> Path:
        return self.var_dir / f"test-run-{os.getpid()}.sqlite3"

    def clean(self) -> None:
        yesterday = time.time() - 24 * 60 * 60
        for path in self.var_dir.glob("test-*.sqlite3*"):
            owner = re.match(r"test-run-(\d+)\.", path.name)
            # A run of an older state of the code may be under way, and copies its template again.
            stale = not is_running(int(owner[1])) if owner else path.stat().st_mtime < yesterday
            if stale:
                path.unlink(missing_ok=True)

    def template_exists(self) -> bool:
        return self.template.exists()

    def make_template(self, fill: Callable[[], None], *, on: Path | str | None = None) -> None:
        building = self.var_dir / "test-building.sqlite3"
        building.unlink(missing_ok=True)
        if on:
            shutil.copyfile(on, building)
        with self.using(str(building)):
            fill()
            with self.connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        building.replace(self.template)

    def copy(self) -> None:
        self.template.touch()
        shutil.copyfile(self.template, self.mine)
        self.use(str(self.mine))

    def drop(self) -> None:
        self.connection.close()
        for path in self.var_dir.glob(f"{self.mine.name}*"):
            path.unlink()


class PostgresCopy(CopiedDatabase):
    """Databases on the server of DATABASE_URL: ``test_<name>_<key>`` and ``test_<name>_run[_<worker>]``."""

    def __init__(self, connection: BaseDatabaseWrapper, *, var_dir: Path, digest: str, worker: str) -> None:
        super().__init__(connection, var_dir=var_dir, digest=digest, worker=worker)
        self.prefix = f"test_{connection.settings_dict['NAME']}"
        self.mine = f"{self.prefix}_run{worker and '_' + worker}"

    @property
    def template(self) -> str:
        return f"{self.prefix}_{self.key}"

    def execute(self, sql: str) -> list[tuple[object, ...]]:
        """Run a statement outside any of our databases."""
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def names(self) -> list[str]:
        """Return the names of the test databases on the server."""
        return [
            str(name)
            for (name,) in self.execute("SELECT datname FROM pg_database")
            if str(name).startswith(self.prefix)
        ]

    def clean(self) -> None:
        for name in self.names():
            if not name.startswith((self.template, f"{self.prefix}_run")):
                self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def template_exists(self) -> bool:
        return self.template in self.names()

    def make_template(self, fill: Callable[[], None], *, on: Path | str | None = None) -> None:
        building = f"{self.prefix}_building"
        for earlier in [name for name in self.names() if on and name.startswith(f"{on}-")]:
            self.execute(f'DROP DATABASE "{earlier}" WITH (FORCE)')
        self.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
        self.execute(f'CREATE DATABASE "{building}"' + (f' TEMPLATE "{on}"' if on else ""))
        with self.using(building):
            fill()
        self.execute(f'ALTER DATABASE "{building}" RENAME TO "{self.template}"')

    def copy(self) -> None:
        self.drop()
        self.execute(f'CREATE DATABASE "{self.mine}" TEMPLATE "{self.template}"')
        self.use(self.mine)

    def drop(self) -> None:
        self.connection.close()
        # The live server's threads may hold connections still.
        self.execute(f'DROP DATABASE IF EXISTS "{self.mine}" WITH (FORCE)')


def copied_database(connection: BaseDatabaseWrapper, *, base_dir: Path, worker: str) -> CopiedDatabase:
    """Return the copy that fits the database of ``connection``; ``worker`` is xdist's name of it, or empty."""
    kind = PostgresCopy if connection.vendor == "postgresql" else SqliteCopy
    return kind(connection, var_dir=base_dir / "var", digest=schema_digest(base_dir), worker=worker)
