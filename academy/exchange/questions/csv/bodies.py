"""Bodies in columns, for the kinds that a trainer fills in by hand. Whatever these cannot say stands in ``body``.

A function a kind and direction. The writers may leave something out: the caller reads back what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from academy.exchange.questions.csv.answers import (
    read_accepted,
    read_accepted_number,
    write_accepted,
    write_accepted_number,
)
from academy.exchange.questions.csv.cells import NO, YES, Unreadable, read_number, write_number, write_text
from academy.exchange.questions.csv.row import Cells
from academy.exchange.questions.keys import letter_key
from assessments.item_types.bodies import (
    Accepted,
    AcceptedNumber,
    Description,
    Matching,
    MultipleChoice,
    MultipleRule,
    Numeric,
    OpenText,
    Option,
    Ordering,
    OrderingRule,
    Pair,
    ShortText,
    SingleChoice,
    Step,
    TrueFalse,
    Unit,
)
from assessments.item_types.rich import Rich, TextFormat

ZERO, ONE = Decimal(0), Decimal(1)
RIGHT, WRONG = "right", "wrong"
TRUE, FALSE = "true", "false"
ALL = "all_or_nothing"

E = TypeVar("E", bound=StrEnum)
A = TypeVar("A", Accepted, AcceptedNumber)
Written = dict[str, str]


def read_options(cells: Cells, *, weighs: Callable[[Decimal], bool]) -> tuple[Option, ...]:
    """Read options. Their fraction is a number, or the word right; ``weighs`` says which numbers make one right."""
    return tuple(_option(cells, place, weighs) for place in cells.places())


def _option(cells: Cells, place: int, weighs: Callable[[Decimal], bool]) -> Option:
    word = cells.word(f"fraction {place}")
    said = word in {"", RIGHT, WRONG}
    fraction = None if said else cells.number(f"fraction {place}", ZERO)
    return Option(
        key=_key(cells, place),
        text=cells.text(f"option {place}"),
        correct=word == RIGHT if fraction is None else weighs(fraction),
        feedback=cells.text(f"feedback {place}"),
        fraction=fraction,
    )


def _key(cells: Cells, place: int) -> str:
    return cells.get(f"key {place}").strip() or letter_key(place - 1)


def write_options(options: Iterable[Option], form: TextFormat) -> Written:
    """Write what ``read_options`` reads."""
    written: Written = {}
    for place, option in enumerate(options, 1):
        mark = RIGHT if option.correct else ""
        written |= {
            f"option {place}": write_text(option.text, form),
            f"fraction {place}": mark if option.fraction is None else write_number(option.fraction),
            f"feedback {place}": write_text(option.feedback, form),
            **_written_key(option.key, place),
        }
    return written


def _written_key(key: str, place: int) -> Written:
    return {} if key == letter_key(place - 1) else {f"key {place}": key}


def _yes(*, value: bool, default: bool) -> str:
    return "" if value == default else (YES if value else NO)


def _one_of(cells: Cells, name: str, words: type[E], default: E) -> E:
    word = cells.word(name).replace(" ", "_").replace("-", "_")
    if not word:
        return default
    if word not in set(words):
        told = _("Write one of: %(words)s.") % {"words": ", ".join(words)}
        cells.problems.append(cells.of_column(name, told))
        return default
    return words(word)


def read_single_choice(cells: Cells) -> SingleChoice:
    options = read_options(cells, weighs=lambda fraction: fraction >= ONE)
    return SingleChoice(options=options, shuffle=cells.answer("shuffle", default=True))


def write_single_choice(body: SingleChoice, form: TextFormat) -> Written:
    return {**write_options(body.options, form), "shuffle": _yes(value=body.shuffle, default=True)}


def read_multiple_choice(cells: Cells) -> MultipleChoice:
    options = read_options(cells, weighs=lambda fraction: fraction > ZERO)
    weights = any(option.fraction is not None for option in options)
    default = MultipleRule.WEIGHTS if weights else MultipleRule.RIGHT_MINUS_WRONG
    return MultipleChoice(
        options=options,
        rule=_one_of(cells, "rule", MultipleRule, default),
        shuffle=cells.answer("shuffle", default=True),
    )


def write_multiple_choice(body: MultipleChoice, form: TextFormat) -> Written:
    return {
        **write_options(body.options, form),
        "rule": body.rule.value,
        "shuffle": _yes(value=body.shuffle, default=True),
    }


def read_true_false(cells: Cells) -> TrueFalse:
    word = cells.word("answer")
    if word not in {TRUE, FALSE}:
        cells.problems.append(cells.of_column("answer", _("Write true or false.")))
    return TrueFalse(
        answer=word == TRUE, feedback_true=cells.text("feedback 1"), feedback_false=cells.text("feedback 2")
    )


def write_true_false(body: TrueFalse, form: TextFormat) -> Written:
    return {
        "answer": TRUE if body.answer else FALSE,
        "feedback 1": write_text(body.feedback_true, form),
        "feedback 2": write_text(body.feedback_false, form),
    }


def _read_answers(cells: Cells, how: Callable[[str, Decimal, Rich], A]) -> Iterator[A]:
    for place in cells.places():
        fraction = cells.read(f"fraction {place}", _share, ONE)
        try:
            yield how(cells.get(f"option {place}"), fraction, cells.text(f"feedback {place}"))
        except Unreadable as error:
            cells.problems.append(cells.of_column(f"option {place}", str(error)))


def _share(cell: str) -> Decimal:
    words = {RIGHT: ONE, WRONG: ZERO}
    word = cell.strip().lower()
    return words[word] if word in words else read_number(cell)


def _write_answers(answers: Iterable[A], how: Callable[[A], str], form: TextFormat) -> Written:
    written: Written = {}
    for place, answer in enumerate(answers, 1):
        written |= {
            f"option {place}": how(answer),
            f"fraction {place}": "" if answer.fraction == ONE else write_number(answer.fraction),
            f"feedback {place}": write_text(answer.feedback, form),
        }
    return written


def read_short_text(cells: Cells) -> ShortText:
    answers = tuple(_read_answers(cells, read_accepted))
    return ShortText(answers=answers, case_sensitive=cells.answer("case sensitive", default=False))


def write_short_text(body: ShortText, form: TextFormat) -> Written:
    answers = _write_answers(body.answers, write_accepted, form)
    return {**answers, "case sensitive": _yes(value=body.case_sensitive, default=False)}


def read_numeric(cells: Cells) -> Numeric:
    unit = cells.get("unit").strip()
    answers = tuple(_read_answers(cells, read_accepted_number))
    return Numeric(answers=answers, units=(Unit(name=unit),) if unit else ())


def write_numeric(body: Numeric, form: TextFormat) -> Written:
    answers = _write_answers(body.answers, write_accepted_number, form)
    return {**answers, "unit": body.units[0].name if body.units else ""}


def read_matching(cells: Cells) -> Matching:
    pairs, distractors = [], []
    for place in cells.places():
        stem, match = cells.text(f"option {place}"), cells.get(f"match {place}")
        if not stem:
            distractors.append(match)
            continue
        weight = cells.number(f"fraction {place}", ONE)
        pairs.append(Pair(key=_key(cells, place), stem=stem, match=match, weight=weight))
    return Matching(
        pairs=tuple(pairs),
        distractors=tuple(distractors),
        all_or_nothing=_all_or_nothing(cells),
        shuffle=cells.answer("shuffle", default=True),
    )


def _all_or_nothing(cells: Cells) -> bool:
    word = cells.word("rule").replace(" ", "_")
    if word not in {"", ALL}:
        cells.problems.append(cells.of_column("rule", _("Write all_or_nothing, or leave it empty.")))
    return word == ALL


def write_matching(body: Matching, form: TextFormat) -> Written:
    written: Written = {}
    for place, pair in enumerate(body.pairs, 1):
        written |= {
            f"option {place}": write_text(pair.stem, form),
            f"match {place}": pair.match,
            f"fraction {place}": "" if pair.weight == ONE else write_number(pair.weight),
            **_written_key(pair.key, place),
        }
    written |= {f"match {place}": text for place, text in enumerate(body.distractors, len(body.pairs) + 1)}
    return {**written, "rule": ALL if body.all_or_nothing else "", "shuffle": _yes(value=body.shuffle, default=True)}


def read_ordering(cells: Cells) -> Ordering:
    steps = [Step(key=_key(cells, place), text=cells.text(f"option {place}")) for place in cells.places()]
    return Ordering(steps=tuple(steps), rule=_one_of(cells, "rule", OrderingRule, OrderingRule.ABSOLUTE_POSITION))


def write_ordering(body: Ordering, form: TextFormat) -> Written:
    written: Written = {"rule": "" if body.rule == OrderingRule.ABSOLUTE_POSITION else body.rule.value}
    for place, step in enumerate(body.steps, 1):
        written |= {f"option {place}": write_text(step.text, form), **_written_key(step.key, place)}
    return written


Reader = Callable[[Cells], Any]
Writer = Callable[[Any, TextFormat], Written]
PLAIN: dict[str, tuple[Reader, Writer]] = {
    "single_choice": (read_single_choice, write_single_choice),
    "multiple_choice": (read_multiple_choice, write_multiple_choice),
    "true_false": (read_true_false, write_true_false),
    "short_text": (read_short_text, write_short_text),
    "numeric": (read_numeric, write_numeric),
    "matching": (read_matching, write_matching),
    "ordering": (read_ordering, write_ordering),
    "open_text": (lambda cells: OpenText(), lambda body, form: {}),
    "description": (lambda cells: Description(), lambda body, form: {}),
}
