"""What an import of organisations would do, row by row, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from academy.exchange.csv_words import sentence
from academy.exchange.organisations.columns import COLUMNS, MOST_ROWS
from academy.exchange.organisations.rows import Wanted, read_row
from academy.exchange.organisations.tree import Tree, stored_tree
from academy.lib.problems import Problem
from academy.people.models import User
from academy.standards.csv_table import Row, read_table


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What a field says today, and what it will say."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedRow:
    """One row of the file. ``reasons`` say why it cannot be imported and how to mend it."""

    number: int
    line: int
    code: str
    outcome: Outcome
    wanted: Wanted = field(default_factory=Wanted)
    changes: tuple[Change, ...] = ()
    reasons: tuple[str, ...] = ()
    depth: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportPlan:
    """All rows of a file in its order, or why it could not be read."""

    rows: tuple[PlannedRow, ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, outcome: Outcome) -> list[PlannedRow]:
        """Return the rows of one outcome."""
        return [row for row in self.rows if row.outcome is outcome]

    @property
    def refused(self) -> int:
        """How many rows cannot be imported."""
        return len(self.of(Outcome.REFUSED))

    @property
    def totals(self) -> dict[str, int]:
        """How many rows there are, and how many of each outcome: these add up to the first."""
        return {"rows": len(self.rows), **{str(outcome): len(self.of(outcome)) for outcome in Outcome}}

    @property
    def digest(self) -> str:
        """What changes with anything that the plan would do, and with what it found."""
        return hashlib.sha256(repr((self.rows, self.problems)).encode()).hexdigest()

    def in_order(self) -> Iterator[PlannedRow]:
        """Yield what is to be written, what hangs above first."""
        written = [row for row in self.rows if row.outcome in {Outcome.NEW, Outcome.CHANGED}]
        yield from sorted(written, key=lambda row: (row.depth, row.number))


def plan_import(data: bytes, *, by: User | None, at: datetime, file: str = "") -> ImportPlan:
    """Read a file and say what each row would do; ``by`` is None on the command line. Four queries at most."""
    table = read_table(data, columns=COLUMNS, most_rows=MOST_ROWS)
    if table.findings:
        return ImportPlan(
            problems=tuple(Problem(file=file, line=one.line, message=sentence(one)) for one in table.findings)
        )
    return ImportPlan(rows=tuple(_Planner(table.rows, stored_tree(by=by, at=at)).rows()))


class _Planner:
    """Decides on the rows of one file, those above before those below."""

    def __init__(self, rows: tuple[Row, ...], tree: Tree) -> None:
        self.read, self.tree = rows, tree
        self.times = Counter(row.cells["code"] for row in rows if row.finding is None)
        self.once = {
            row.cells["code"]: row for row in rows if row.finding is None and self.times[row.cells["code"]] == 1
        }
        self.planned: dict[int, PlannedRow] = {}

    def rows(self) -> Iterator[PlannedRow]:
        """Yield the plan of each row, in the order of the file."""
        for row in self.read:
            self._plan(row)
            yield self.planned[row.number]

    def _plan(self, row: Row) -> None:
        """Decide on a row and on those above it that are still open, from the top."""
        chain: dict[int, Row] = {}
        above: Row | None = row
        while above is not None and above.number not in self.planned and above.number not in chain:
            chain[above.number] = above
            above = self._above(above)
        if above is not None and above.number in chain:
            around = list(chain.values())[list(chain).index(above.number) :]
            circle = " → ".join([*(one.cells["code"] for one in around), above.cells["code"]])
            for one in around:
                told = _("This hangs below itself: %(circle)s. Correct one of the parents.") % {"circle": circle}
                self.planned[one.number] = self._refused(one, [told])
        for one in reversed(chain.values()):
            if one.number not in self.planned:
                self.planned[one.number] = self._decide(one)

    def _above(self, row: Row) -> Row | None:
        """Return the row that a row hangs below, when it is in the file."""
        parent = row.cells.get("parent_code", "")
        return self.once.get(parent) if parent else None

    def _decide(self, row: Row) -> PlannedRow:
        if row.finding:
            return self._refused(row, [sentence(row.finding)])
        code = row.cells["code"]
        if self.times[code] > 1 and code:
            return self._refused(
                row, [_("“%(code)s” is in the file more than once. Keep one of the rows.") % {"code": code}]
            )
        above = self._above(row)
        decided = self.planned[above.number] if above else None
        if decided and decided.outcome is Outcome.REFUSED and decided.code not in self.tree.places:
            told = _("It belongs to “%(parent)s” in row %(row)d, which cannot be imported. Mend that row first.")
            return self._refused(row, [told % {"parent": decided.code, "row": decided.number}])
        wanted, reasons = read_row(row.cells, tree=self.tree)
        reasons += self.tree.reasons(code, wanted)
        if reasons:
            return self._refused(row, reasons)
        stored = self.tree.places.get(code)
        changes = _changes(stored.wanted, wanted) if stored else ()
        outcome = Outcome.NEW if stored is None else Outcome.CHANGED if changes else Outcome.UNCHANGED
        return PlannedRow(
            number=row.number,
            line=row.line,
            code=code,
            outcome=outcome,
            wanted=wanted,
            changes=changes,
            depth=self.tree.take(code, wanted),
        )

    @staticmethod
    def _refused(row: Row, reasons: list[str]) -> PlannedRow:
        return PlannedRow(
            number=row.number,
            line=row.line,
            code=row.cells.get("code", ""),
            outcome=Outcome.REFUSED,
            reasons=tuple(dict.fromkeys(reasons)),
        )


def _changes(before: Wanted, after: Wanted) -> tuple[Change, ...]:
    was, will = before.told(), after.told()
    return tuple(Change(field=name, before=was[name], after=will[name]) for name in was if was[name] != will[name])
