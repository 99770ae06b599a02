"""Compiles every locale/*/LC_MESSAGES/*.po of the project to .mo, without GNU gettext; skips the up-to-date ones."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = ("academy", "assessments", "courses", "playbook")


def is_stale(catalogue: Path) -> bool:
    """Whether the compiled catalogue is missing or older than its source."""
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime


def compile_catalogue(catalogue: Path) -> None:
    """Write the .mo beside the .po; raise OSError when the source is malformed."""
    polib.pofile(str(catalogue), check_for_duplicates=True).save_as_mofile(str(catalogue.with_suffix(".mo")))


def main(root: Path = ROOT) -> int:
    """Compile what is stale; return the exit code."""
    for app in APPS:
        for catalogue in sorted((root / app).glob("**/locale/*/LC_MESSAGES/*.po")):
            if is_stale(catalogue):
                try:
                    compile_catalogue(catalogue)
                except (OSError, ValueError) as error:
                    print(f"{catalogue.relative_to(root)} cannot be compiled: {error}", file=sys.stderr)
                    return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
