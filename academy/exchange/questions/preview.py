"""Questions of a plan as a page shows them before anything is imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.plan import Outcome, Plan, Planned
from academy.exchange.questions.shown import plain_number
from assessments.enums import ItemKind
from assessments.item_types import item_type
from assessments.item_types.questions import Question
from assessments.item_types.rich import visible

# Longer lists and texts are cut: it is a preview.
MOST_LINES, LONGEST = 12, 300
HUNDRED = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """One question of the preview."""

    number: int
    line: int
    outcome: Outcome
    code: str
    name: str
    kind: str
    text: str
    lines: tuple[str, ...]
    problems: tuple[str, ...]
    lost: tuple[str, ...]


def shown_of(plan: Plan, *, most: int) -> list[Shown]:
    """Return the first questions of a plan, those that are refused before all others."""
    rows = [*plan.of(Outcome.REFUSED), *plan.taken]
    return [_shown(row) for row in rows[:most]]


def _shown(row: Planned) -> Shown:
    judged, question = row.judged, row.judged.question
    whole = question is not None and judged.good
    return Shown(
        number=judged.number,
        line=judged.line,
        outcome=row.outcome,
        code=row.code,
        name=_cut(judged.called),
        kind=str(ItemKind(question.kind).label) if question else "",
        text=_cut(visible(question.stem)) if question else "",
        lines=tuple(lines_of(question)) if question and whole else (),
        problems=judged.problems,
        lost=judged.lost if whole else (),
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def lines_of(question: Question) -> list[str]:
    """Return what an answer is made of, a line each, with what it earns."""
    lines = list(_lines(item_type(question.kind).outline(question.body)))
    shown = [_cut(line) for line in lines[:MOST_LINES]]
    more = len(lines) - len(shown)
    return [*shown, _("and %(count)d more") % {"count": more}] if more > 0 else shown


def _lines(outline: Mapping[str, Any]) -> Iterator[str]:
    for option in outline.get("options", ()):
        yield f"{option.get('text', '')} ({_share(option['fraction'])})"
    for stem, match in outline.get("pairs", {}).items():
        yield f"{stem} → {match}"
    if outline.get("distractors"):
        yield _("Also offered: %(words)s") % {"words": ", ".join(outline["distractors"])}
    yield from _numbered(outline.get("order", ()))
    for number, gap in enumerate(outline.get("gaps", ()), 1):
        yield f"{number}. {gap if isinstance(gap, str) else '; '.join(_lines(gap))}"
    if outline.get("words"):
        yield _("Words: %(words)s") % {"words": ", ".join(outline["words"])}
    for criterion in outline.get("rubric", ()):
        yield _("Judged: %(title)s") % {"title": criterion["title"]}
    yield from outline.get("levels", ())


def _numbered(steps: Sequence[str]) -> Iterator[str]:
    for number, step in enumerate(steps, 1):
        yield f"{number}. {step}"


def _share(fraction: Decimal) -> str:
    return f"{plain_number(fraction * HUNDRED)}%"
