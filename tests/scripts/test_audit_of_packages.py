"""The audit of dependencies: a source that knows nothing is not taken for a clean bill."""

from __future__ import annotations

import pytest

from scripts.audit import (
    CANARY,
    CLEAN,
    HOLES,
    UNKNOWN,
    NoAnswer,
    Report,
    locked_requirements,
    read_report,
    verdict,
)

# What pip-audit 2.10 printed, with exit code 0 and "No known vulnerabilities found", for the canary behind a proxy
# that serves packages without advisories.
SILENT = (
    '{"dependencies": [{"name": "django", "skip_reason": "Dependency not found on PyPI and could not be audited: '
    'django (3.2.0)"}], "fixes": []}'
)
# The form in which it prints holes.
LOUD = (
    '{"dependencies": [{"name": "django", "version": "3.2.0", "vulns": ['
    '{"id": "PYSEC-2021-98", "fix_versions": ["2.2.24", "3.1.12", "3.2.4"], "aliases": ["CVE-2021-33203"], "description": "x"},'
    '{"id": "PYSEC-2021-99", "fix_versions": [], "aliases": [], "description": "x"}]},'
    '{"name": "wagtail", "version": "8.0.1", "vulns": []}], "fixes": []}'
)
CLEAN_BILL = '{"dependencies": [{"name": "wagtail", "version": "8.0.1", "vulns": []}], "fixes": []}'


def test_holes_are_read_with_what_mends_them() -> None:
    assert read_report(LOUD) == Report(
        holes=[
            "django 3.2.0: PYSEC-2021-98, mended in 2.2.24, 3.1.12, 3.2.4",
            "django 3.2.0: PYSEC-2021-99, mended in no version yet",
        ],
        unknown=[],
        looked_at=2,
    )


@pytest.mark.parametrize(
    "text", ["", "No known vulnerabilities found", "{}", "[]", '{"dependencies": [{"vulns": [{}]}]}']
)
def test_what_is_no_report_is_no_answer(text: str) -> None:
    with pytest.raises(NoAnswer):
        read_report(text)


def test_source_that_misses_the_canary_says_nothing_of_the_rest() -> None:
    code, lines = verdict(read_report(SILENT), None)

    assert code == UNKNOWN
    assert lines[0] == f"Nothing can be said: the advisory source finds no hole in {CANARY}, which has many."


def test_holes_are_told() -> None:
    code, lines = verdict(read_report(LOUD), read_report(LOUD))

    assert code == HOLES
    assert lines[0] == "2 known holes:"
    assert len(lines) == 3


def test_clean_bill_says_how_many_were_looked_at() -> None:
    assert verdict(read_report(LOUD), read_report(CLEAN_BILL)) == (CLEAN, ["No known holes in 1 packages."])


@pytest.mark.parametrize(
    ("locked", "names"), [(read_report(SILENT), "django"), (Report(), "all packages")], ids=["one", "none"]
)
def test_package_that_the_source_does_not_know_is_not_clean(locked: Report, names: str) -> None:
    assert verdict(read_report(LOUD), locked) == (
        UNKNOWN,
        [f"Nothing can be said of {names}: the advisory source does not know them."],
    )


def test_everything_that_is_locked_is_asked_about() -> None:
    lines = locked_requirements().splitlines()
    names = {line.partition("==")[0] for line in lines}

    assert {"django", "wagtail", "pytest", "pip-audit", "ruff"} <= names
    assert [line for line in lines if "==" not in line] == []
