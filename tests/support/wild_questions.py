"""Questions of every kind, drawn by chance: whatever a bank may hold, reasonable or not."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from hypothesis import strategies as st

from assessments.item_types import bodies
from assessments.item_types.questions import Hint, Picture, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat

# What has a meaning in one of the formats comes often.
ALPHABET = "abcXYZ 0189,;:.'\"=+-@~#{}[]()*\\/<>&%±|\n\réñ漢🙂\u202e"
WORDS = st.sampled_from(
    ["[html]", "[pattern]", "[clear wrong]", "'=1", "=1+1", "-5", " x ", "…", "<p>b</p>", "a/b", "1,5"]
)
TEXTS = st.text(ALPHABET, max_size=20) | WORDS | st.tuples(WORDS, st.text(ALPHABET, max_size=5)).map("".join)
NAMES = TEXTS.filter(lambda text: bool(text) and text == text.strip("/"))
RICHES = st.builds(Rich, TEXTS, st.sampled_from(TextFormat))
SHARES = st.decimals(-1, 1, places=7)
NUMBERS = st.decimals(-(10**6), 10**6, places=3) | st.integers(-99, 99).map(Decimal)
KEYS = st.sampled_from([*"abcdefgh", "answer-1", "1", "x y"])


def tuples(of: st.SearchStrategy[Any], most: int = 4) -> st.SearchStrategy[tuple[Any, ...]]:
    """Some of these."""
    return st.lists(of, max_size=most).map(tuple)


OPTIONS = st.builds(
    bodies.Option, key=KEYS, text=RICHES, correct=st.booleans(), feedback=RICHES, fraction=st.none() | SHARES
)
ACCEPTED = st.builds(bodies.Accepted, text=TEXTS, fraction=SHARES, feedback=RICHES, pattern=st.booleans())
OPTIONAL_NUMBERS = st.none() | NUMBERS
ACCEPTED_NUMBERS = st.builds(
    bodies.AcceptedNumber,
    value=OPTIONAL_NUMBERS,
    tolerance=st.just(Decimal(0)) | NUMBERS,
    rule=st.sampled_from(bodies.Tolerance),
    low=OPTIONAL_NUMBERS,
    high=OPTIONAL_NUMBERS,
    fraction=SHARES,
    feedback=RICHES,
)
SINGLE = st.builds(bodies.SingleChoice, options=tuples(OPTIONS), shuffle=st.booleans())
MULTIPLE = st.builds(
    bodies.MultipleChoice,
    options=tuples(OPTIONS),
    rule=st.sampled_from(bodies.MultipleRule),
    lowest=st.just(Decimal(0)) | SHARES,
    least=st.integers(0, 3),
    most=st.integers(0, 3),
    shuffle=st.booleans(),
)
SHORT = st.builds(bodies.ShortText, answers=tuples(ACCEPTED), case_sensitive=st.booleans())
UNITS = st.builds(bodies.Unit, name=TEXTS, multiplier=st.just(Decimal(1)) | NUMBERS)
NUMERIC = st.builds(
    bodies.Numeric,
    answers=tuples(ACCEPTED_NUMBERS),
    units=tuples(UNITS, 2),
    unit_rule=st.sampled_from(bodies.UnitRule),
    unit_penalty=SHARES,
    unit_list=st.booleans(),
    unit_before=st.booleans(),
)
CRITERIA = st.builds(
    bodies.Criterion,
    key=KEYS,
    title=TEXTS,
    levels=tuples(st.builds(bodies.Level, points=NUMBERS, text=TEXTS), 3),
)
GAPS = st.builds(
    lambda body, weight: bodies.Gap(weight=weight, **body),
    st.fixed_dictionaries({"single_choice": SINGLE})
    | st.fixed_dictionaries({"multiple_choice": MULTIPLE})
    | st.fixed_dictionaries({"short_text": SHORT})
    | st.fixed_dictionaries({"numeric": NUMERIC}),
    st.integers(1, 5),
)
BODIES: dict[str, st.SearchStrategy[Any]] = {
    "single_choice": SINGLE,
    "multiple_choice": MULTIPLE,
    "true_false": st.builds(bodies.TrueFalse, answer=st.booleans(), feedback_true=RICHES, feedback_false=RICHES),
    "short_text": SHORT,
    "numeric": NUMERIC,
    "matching": st.builds(
        bodies.Matching,
        pairs=tuples(st.builds(bodies.Pair, key=KEYS, stem=RICHES, match=TEXTS, weight=st.just(Decimal(1)) | NUMBERS)),
        distractors=tuples(TEXTS),
        all_or_nothing=st.booleans(),
        shuffle=st.booleans(),
    ),
    "ordering": st.builds(
        bodies.Ordering,
        steps=tuples(st.builds(bodies.Step, key=KEYS, text=RICHES)),
        rule=st.sampled_from(bodies.OrderingRule),
        horizontal=st.booleans(),
    ),
    "gap_fill": st.builds(
        bodies.GapFill,
        words=tuples(st.builds(bodies.Word, text=TEXTS, group=st.integers(1, 3), reuse=st.booleans())),
        gaps=tuples(st.integers(1, 3)),
        all_or_nothing=st.booleans(),
        shuffle=st.booleans(),
    ),
    "cloze": st.builds(bodies.Cloze, gaps=tuples(GAPS, 3), all_or_nothing=st.booleans()),
    "open_text": st.builds(
        bodies.OpenText,
        rubric=tuples(CRITERIA, 2),
        marker_notes=RICHES,
        template=RICHES,
        editor=st.sampled_from(bodies.Editor),
        lines=st.integers(1, 40),
        least_words=st.integers(0, 9),
        most_words=st.integers(0, 9),
    ),
    "file_upload": st.builds(
        bodies.FileUpload,
        rubric=tuples(CRITERIA, 2),
        marker_notes=RICHES,
        least=st.integers(0, 3),
        most=st.integers(1, 3),
        types=tuples(st.sampled_from([".pdf", ".png"])),
        megabytes=st.integers(1, 20),
    ),
    "self_rating": st.builds(bodies.SelfRating, levels=tuples(TEXTS)),
    "description": st.just(bodies.Description()),
}


def questions_of(kind: str) -> st.SearchStrategy[Question]:
    """Questions of a kind, with all that stands around a body."""
    return st.builds(
        partial(Question, kind=kind),
        stem=RICHES,
        body=BODIES[kind],
        name=TEXTS,
        code=st.sampled_from(["", "q-1", "law_7"]),
        category=tuples(NAMES, 3),
        tags=tuples(TEXTS, 3),
        explanation=RICHES,
        verdicts=st.builds(Verdicts, right=RICHES, partly=RICHES, wrong=RICHES),
        hints=tuples(st.builds(Hint, text=RICHES, clear_wrong=st.booleans(), show_count=st.booleans()), 3),
        penalty=SHARES,
        mark=NUMBERS,
        difficulty=st.integers(0, 5),
        language=st.sampled_from(["", "en", "es"]),
        pictures=st.lists(st.binary(max_size=20), max_size=2).map(
            lambda data: tuple(Picture(name=f"p {n}.png", data=one) for n, one in enumerate(data))
        ),
    )


QUESTIONS = st.one_of([questions_of(kind) for kind in BODIES])
