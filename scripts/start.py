"""Prepares the database and, when asked to, serves: start.py setup|serve.

One process does both, and the reloader's own process never loads Django: a second start takes
half the time of `manage.py migrate`, `seed_demo` and `runserver` in a row.
"""

import os
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from threading import Thread

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import autoreload

ROOT = Path(__file__).resolve().parent.parent


def prepare(*, thoroughly: bool) -> None:
    """Migrate (always, or only when a migration is missing), fill an empty database, print the accounts."""
    try:
        django.setup()
        executor = MigrationExecutor(connection)
        if thoroughly or executor.migration_plan(executor.loader.graph.leaf_nodes()):
            print("Preparing the database", flush=True)
            call_command("migrate", verbosity=0)
            call_command("sync_groups", stdout=StringIO())
        call_command("seed_demo", if_empty=True)
    except (CommandError, ImproperlyConfigured, OperationalError) as error:
        print(f"The academy cannot start: {error}", file=sys.stderr, flush=True)
        os._exit(1)  # sys.exit would end the reloader's thread alone


def keep_a_worker() -> None:
    """Run one worker of the background queue, and another when it ends by a fault.

    It stops when its input closes: when this process ends, however it ends.
    """
    command = [sys.executable, "manage.py", "run_worker", "--until-input-ends", "--verbosity=0"]
    while subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE).wait():
        time.sleep(2)


def serve() -> None:
    """Prepare what is missing, then serve until stopped."""
    prepare(thoroughly=False)
    Thread(target=keep_a_worker, daemon=True).start()
    address = f"{os.environ.get('HOST') or 'localhost'}:{os.environ.get('PORT') or '8000'}"
    print(f"\nThe academy is at http://{address}/ (Ctrl+C stops it)\n", flush=True)
    call_command("runserver", address, use_reloader=False)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "academy.settings.dev")
    if sys.argv[1:] == ["serve"]:
        autoreload.run_with_reloader(serve)
    else:
        prepare(thoroughly=True)
