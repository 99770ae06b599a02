"""Asks an advisory database for known holes in what the academy depends on: audit.py.

A registry without advisories finds no holes in anything. So a version with holes that everybody knows is asked
about first: when nothing is found in that one, nothing can be said of the others.

Ends with 0 (no known holes), 1 (holes) or 2 (nothing can be said).
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Published in 2021, with more than twenty advisories since.
CANARY = "django==3.2.0"
CLEAN, HOLES, UNKNOWN = 0, 1, 2
SECONDS = 600


class NoAnswer(Exception):
    """The audit did not come to an end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What one audit found: a line for each hole, and the packages of which the source knows nothing."""

    holes: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    looked_at: int = 0


def read_report(text: str) -> Report:
    """Return what pip-audit printed as JSON. Raises NoAnswer when it printed something else."""
    try:
        packages: list[dict[str, Any]] = json.loads(text)["dependencies"]
        return Report(
            holes=[line for package in packages for line in _holes(package)],
            unknown=[package["name"] for package in packages if "skip_reason" in package],
            looked_at=sum("vulns" in package for package in packages),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise NoAnswer("The audit gave no answer that can be read.") from error


def _holes(package: dict[str, Any]) -> Iterator[str]:
    for hole in package.get("vulns", []):
        mended = ", ".join(hole["fix_versions"]) or "no version yet"
        yield f"{package['name']} {package['version']}: {hole['id']}, mended in {mended}"


def verdict(canary: Report, locked: Report | None) -> tuple[int, list[str]]:
    """Return the exit code and the lines to print. ``locked`` is None when the canary already decided."""
    if not canary.holes:
        return UNKNOWN, [
            f"Nothing can be said: the advisory source finds no hole in {CANARY}, which has many.",
            "Ask one that serves advisories: let this machine reach pypi.org itself, and run this again.",
        ]
    assert locked is not None
    if locked.holes:
        return HOLES, [f"{len(locked.holes)} known holes:", *locked.holes]
    if locked.unknown or not locked.looked_at:
        names = ", ".join(locked.unknown) or "all packages"
        return UNKNOWN, [f"Nothing can be said of {names}: the advisory source does not know them."]
    return CLEAN, [f"No known holes in {locked.looked_at} packages."]


def locked_requirements() -> str:
    """Return every version in uv.lock, those of the tools included, as requirements."""
    command = [os.environ.get("UV", "uv"), "export", "--frozen", "--quiet", "--all-groups", "--no-emit-project"]
    result = _run([*command, "--no-hashes", "--no-annotate", "--no-header"])
    if result.returncode:
        raise NoAnswer(f"uv.lock cannot be read: {result.stderr.strip()}")
    return result.stdout


def audit(requirements: str) -> Report:
    """Ask about these versions, and install nothing. Raises NoAnswer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "requirements.txt"
        path.write_text(requirements, encoding="utf-8")
        options = ["--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        result = _run([sys.executable, "-m", "pip_audit", "--requirement", str(path), *options])
    # 1 means holes or a failure: only the first prints a report.
    if result.returncode and not result.stdout.strip():
        reason = (result.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1]
        raise NoAnswer(f"The advisory source does not answer: {reason}")
    return read_report(result.stdout)


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswer(f"{Path(command[0]).name} did not come to an end: {error}") from error


def main() -> int:
    """Ask about the canary, then about what is locked; print the verdict."""
    try:
        canary = audit(CANARY)
        code, lines = verdict(canary, audit(locked_requirements()) if canary.holes else None)
    except NoAnswer as problem:
        code, lines = UNKNOWN, [f"Nothing can be said. {problem}"]
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
