"""What an import would do: which questions are new, which are new versions, which are refused and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from academy.exchange.questions.codes import CodeRefused, Codes, Place
from academy.exchange.questions.judging import Judged, judge, losses_of, problems_of
from academy.exchange.questions.reading import Note, Reading
from assessments.api import category_path, question_of
from assessments.item_types.questions import Question
from assessments.models import Item, ItemBank, ItemVersion

A_HUNDRED = 100


class Outcome(StrEnum):
    """What becomes of a question of the file."""

    NEW = "new"
    # Its text or its key: a new version. Or only how it is filed.
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A question of the file, under the code that it has or gets, and what becomes of it."""

    judged: Judged
    outcome: Outcome
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All questions in the order of the file. With a problem of the whole file there are none.

    ``lost`` is all that does not come along; ``beside`` the part of it that belongs to no question.
    """

    rows: tuple[Planned, ...] = ()
    problems: tuple[Note, ...] = ()
    lost: tuple[Note, ...] = ()
    beside: tuple[Note, ...] = ()

    def of(self, outcome: Outcome) -> tuple[Planned, ...]:
        """Return the questions with this outcome."""
        return tuple(row for row in self.rows if row.outcome is outcome)

    @property
    def taken(self) -> tuple[Planned, ...]:
        """Those that are not refused."""
        return tuple(row for row in self.rows if row.outcome is not Outcome.REFUSED)

    @property
    def totals(self) -> dict[str, int]:
        """How many there are of each; the outcomes add up to all."""
        return {"questions": len(self.rows), **{str(one): len(self.of(one)) for one in Outcome}}

    @property
    def digest(self) -> str:
        """A name for exactly this plan: who confirms it confirms this and nothing else."""
        told = [[row.code, row.outcome, row.judged.name, row.judged.problems] for row in self.rows]
        return hashlib.sha256(json.dumps([told, [note.message for note in self.problems]]).encode()).hexdigest()


def plan_import(
    reading: Reading, *, under: Sequence[str] = (), bank: ItemBank | None = None, stored: bool = True
) -> Plan:
    """Return what an import into a bank would do; without a bank, into one that is yet to be made.

    Without ``stored`` the database is not asked: everything is new.
    """
    judged = judge(reading, under=under)
    places = _places(bank) if stored else {}
    codes = Codes(places)
    rows = [_coded(one, codes) for one in judged]
    known = _stored_questions([row.code for row in rows if row.code in places])
    rows = [_compared(row, known) for row in rows]
    ends = [row.judged for row in rows]
    return Plan(
        rows=tuple(rows),
        problems=tuple(problems_of(reading, ends)),
        lost=tuple(losses_of(reading, ends)),
        beside=reading.lost,
    )


def _places(bank: ItemBank | None) -> dict[str, Place]:
    """Return where every stored question is. One query."""
    own = bank.pk if bank else None
    found = Item.objects.values_list("code", "bank_id", "category", "retired_at")
    return {
        code: Place(here=bank_id == own, category=category, retired=retired_at is not None)
        for code, bank_id, category, retired_at in found
    }


def _coded(judged: Judged, codes: Codes) -> Planned:
    if judged.question is None or not judged.good:
        return Planned(judged=judged, outcome=Outcome.REFUSED)
    try:
        code = codes.give(judged.question, category_path(judged.question.category))
    except CodeRefused as error:
        return Planned(judged=replace(judged, problems=(str(error),)), outcome=Outcome.REFUSED)
    return Planned(judged=judged, outcome=Outcome.NEW, code=code)


def _compared(row: Planned, known: dict[str, Question]) -> Planned:
    before = known.get(row.code)
    if before is None or row.judged.question is None:
        return row
    same = _in_order(before) == _in_order(replace(row.judged.question, code=row.code))
    return replace(row, outcome=Outcome.UNCHANGED if same else Outcome.CHANGED)


def _in_order(question: Question) -> Question:
    """Pictures are named: in which order they stand says nothing."""
    return replace(question, pictures=tuple(sorted(question.pictures, key=lambda picture: picture.name)))


def _stored_questions(codes: Sequence[str]) -> dict[str, Question]:
    """Return what the stored questions say today. A fixed number of queries a hundred."""
    known: dict[str, Question] = {}
    for start in range(0, len(codes), A_HUNDRED):
        versions = (
            ItemVersion.objects.filter(item__code__in=codes[start : start + A_HUNDRED])
            .select_related("item__bank")
            .prefetch_related("pictures")
            .order_by("number")
        )
        latest = {version.item.code: version for version in versions}
        known |= {code: question_of(version) for code, version in latest.items()}
    return known
