"""As many questions of all kinds as one likes, always the same, each with a response to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from assessments.item_types import bodies
from assessments.item_types.bodies import Accepted, AcceptedNumber, Option, Pair, Step, Word
from assessments.item_types.questions import Hint, Question
from assessments.item_types.rich import Rich, TextFormat

HALF, THIRD = Decimal("0.5"), Decimal("0.3333333")
Made = tuple[str, Any, dict[str, Any]]


def _options(number: int) -> tuple[Option, ...]:
    return tuple(
        Option(key=key, text=Rich(f"Option {key} of {number}"), correct=key == "a", feedback=Rich(f"On {key}."))
        for key in "abcd"
    )


def _weighted(number: int) -> tuple[Option, ...]:
    shares = {"a": HALF, "b": HALF, "c": -THIRD, "d": Decimal(0)}
    return tuple(
        Option(key=key, text=Rich(f"Option {key} of {number}"), correct=share > 0, fraction=share)
        for key, share in shares.items()
    )


def _single(number: int) -> Made:
    return "Which?", bodies.SingleChoice(options=_options(number)), {"choice": f"Option a of {number}"}


def _multiple(number: int) -> Made:
    body = bodies.MultipleChoice(options=_weighted(number), rule=bodies.MultipleRule.WEIGHTS)
    return "Which ones?", body, {"choices": [f"Option a of {number}", f"Option c of {number}"]}


def _true_false(number: int) -> Made:
    return "Is it?", bodies.TrueFalse(answer=number % 2 == 0), {"boolean": True}


def _short(number: int) -> Made:
    answers = (Accepted(text=f"word {number}"), Accepted(text="w*", fraction=HALF, pattern=True))
    return "Which word?", bodies.ShortText(answers=answers), {"text": f"Word {number}"}


def _numeric(number: int) -> Made:
    answers = (AcceptedNumber(value=Decimal(number), tolerance=Decimal("0.5")), AcceptedNumber(fraction=Decimal(0)))
    return "How many?", bodies.Numeric(answers=answers), {"number": f"{number}.25"}


def _matching(number: int) -> Made:
    pairs = tuple(Pair(key=key, stem=Rich(f"Stem {key}"), match=f"Match {key} {number}") for key in "abc")
    given = {f"Stem {key}": f"Match {key} {number}" for key in "abc"}
    return "Which belongs to which?", bodies.Matching(pairs=pairs, distractors=("None",)), {"pairs": given}


def _ordering(number: int) -> Made:
    steps = tuple(Step(key=key, text=Rich(f"Step {key} {number}")) for key in "abcd")
    return "In which order?", bodies.Ordering(steps=steps), {"order": [f"Step {key} {number}" for key in "badc"]}


def _gap_fill(number: int) -> Made:
    words = (Word(text="buy"), Word(text="sell"), Word(text=f"lend {number}"))
    return "They [[1]] and [[2]].", bodies.GapFill(words=words, gaps=(1, 2)), {"gaps": ["buy", "buy"]}


def _cloze(number: int) -> Made:
    gaps = (
        bodies.Gap(short_text=bodies.ShortText(answers=(Accepted(text=f"word {number}"),))),
        bodies.Gap(numeric=bodies.Numeric(answers=(AcceptedNumber(value=Decimal(number)),)), weight=2),
    )
    return "A {#1} and {#2}.", bodies.Cloze(gaps=gaps), {"gaps": [f"word {number}", "1"]}


def _open(number: int) -> Made:
    levels = (bodies.Level(points=Decimal(0), text="None"), bodies.Level(points=Decimal(2), text=f"All {number}"))
    rubric = (bodies.Criterion(key="a", title="Reasons", levels=levels),)
    return "Why?", bodies.OpenText(rubric=rubric), {"text": "Because."}


MAKERS: dict[str, Callable[[int], Made]] = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _true_false,
    "short_text": _short,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "gap_fill": _gap_fill,
    "cloze": _cloze,
    "open_text": _open,
    "file_upload": lambda number: ("Hand it in.", bodies.FileUpload(most=2), {}),
    "self_rating": lambda number: ("How sure?", bodies.SelfRating(levels=("not", f"very {number}")), {}),
    "description": lambda number: ("Read this.", bodies.Description(), {}),
}


def many_questions(count: int) -> Iterator[tuple[Question, dict[str, Any]]]:
    """Give questions named Q1, Q2 and so on, of one kind after the other, and a response to each."""
    kinds = list(MAKERS)
    for number in range(1, count + 1):
        kind = kinds[number % len(kinds)]
        stem, body, response = MAKERS[kind](number)
        question = Question(
            kind=kind,
            stem=Rich(f"<p>{number}. <b>{stem}</b></p>", TextFormat.HTML),
            body=body,
            name=f"Q{number}",
            category=("Bench", f"Part {number % 20}"),
            tags=("bench", kind),
            explanation=Rich("Because it is so."),
            hints=(Hint(text=Rich("Think again.")),),
            difficulty=number % 6,
        )
        yield question, response
