"""Questions that GIFT holds, with every text that might be taken for something else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from assessments.item_types import bodies
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich, TextFormat

ONE, NOTHING = Decimal(1), Decimal(0)
PARTS = tuple(map(Decimal, ("0.9", "0.8333333", "0.5", "0.3333333", "0.1666667", "0.1428571", "0.1111111", "0.05")))
# Beginnings, ends and whole texts that mean something to the format.
TRAPS = (
    "[html]", "[plain] x", "[", "[markdown", "%50%", "%-5% off", "%", "// no comment", "$CATEGORY: a", "::name::", ":",
    "####", "#", "a->b", "->", "=", "~", "{", "}", "{}", "{T}", "TRUE", "T", "\\", "\\\\", "\\n", "\\=", "\n\n", "\n//\n",
    "*", "\\*", "a*b", "..", "1..5", "5:1", "0", "&&058;", "=>", '<a href="x">',
    "_____", "Größe", "漢字", "𠀀", "\u00a0", "e\u0301",
)  # fmt: skip
NOBODY_TYPES = str.maketrans(dict.fromkeys("\n\u00a0\u2007\u202f", " "))
BLANKS = " \t\n\r\x0b\x0c"
_any = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8) | st.sampled_from(["a", "b", " ", "\t"])


def texts() -> st.SearchStrategy[str]:
    """Return texts that are not blank and have no blanks at their ends."""
    led = st.builds(lambda trap, rest: trap + rest, st.sampled_from(TRAPS), st.just("") | _any)
    joined = st.lists(st.sampled_from(TRAPS) | _any, min_size=1, max_size=4).map("".join)
    return (led | joined).map(lambda text: text.strip(BLANKS)).filter(lambda text: bool(text.strip()))


def riches() -> st.SearchStrategy[Rich]:
    return st.builds(Rich, texts(), st.sampled_from(TextFormat))


def feedbacks() -> st.SearchStrategy[Rich]:
    return st.just(Rich()) | riches()


def _different(least: int, most: int) -> st.SearchStrategy[list[Rich]]:
    return st.lists(riches(), min_size=least, max_size=most, unique_by=lambda rich: " ".join(rich.text.split()))


def _options(draw: st.DrawFn, shares: list[Decimal | None]) -> tuple[bodies.Option, ...]:
    """Options with their shares of the mark; None is right or wrong without a share of its own."""
    listed = draw(_different(len(shares), len(shares)))
    return tuple(
        bodies.Option(key=key, text=text, correct=bool(share) and share > 0, feedback=draw(feedbacks()), fraction=share)
        for key, text, share in zip("abcdefghij", listed, shares, strict=False)
    )


@st.composite
def single_choices(draw: st.DrawFn) -> bodies.SingleChoice:
    # Full marks for others too: then no option is wrong.
    losers = st.lists(st.sampled_from([None, *PARTS, *(-part for part in PARTS)]), min_size=1, max_size=4)
    others = draw(losers | st.lists(st.just(ONE), min_size=1, max_size=2))
    place = draw(st.integers(0, len(others)))
    every = [*others[:place], ONE, *others[place:]]
    options = _options(draw, every)
    return bodies.SingleChoice(
        options=tuple(
            bodies.Option(
                key=option.key,
                text=option.text,
                correct=share == ONE,
                feedback=option.feedback,
                fraction=None if share == ONE else share,
            )
            for option, share in zip(options, every, strict=True)
        )
    )


@st.composite
def multiple_choices(draw: st.DrawFn) -> bodies.MultipleChoice:
    right = draw(
        st.sampled_from(
            [
                ("1",),
                ("0.5", "0.5"),
                ("0.3333333",) * 3,
                ("0.8333333", "0.1666667"),
                ("0.1428571",) * 7,
                ("0.9", "0.05", "0.05"),
                ("0.125",) * 4 + ("0.5",),
            ]
        )
    )
    wrong = draw(st.lists(st.sampled_from([NOTHING, -ONE, *(-part for part in PARTS)]), min_size=1, max_size=3))
    shares = draw(st.permutations([*map(Decimal, right), *wrong]))
    return bodies.MultipleChoice(options=_options(draw, list(shares)), rule=bodies.MultipleRule.WEIGHTS)


def true_falses() -> st.SearchStrategy[bodies.TrueFalse]:
    return st.builds(bodies.TrueFalse, answer=st.booleans(), feedback_true=feedbacks(), feedback_false=feedbacks())


@st.composite
def _accepted(draw: st.DrawFn, share: Decimal, *, arrow: bool) -> bodies.Accepted:
    text = draw(texts()).translate(NOBODY_TYPES).strip() or "x"
    feedback = draw(feedbacks())
    if not arrow:
        text, feedback = text.replace("->", "→"), Rich(feedback.text.replace("->", "→"), feedback.format)
    if draw(st.booleans()):
        # A pattern has an unescaped star, and more than that.
        return bodies.Accepted(text=f"{text}x*", fraction=share, feedback=feedback, pattern=True)
    return bodies.Accepted(text=text, fraction=share, feedback=feedback)


@st.composite
def short_texts(draw: st.DrawFn) -> bodies.ShortText:
    shares = [ONE, *draw(st.lists(st.sampled_from([ONE, NOTHING, *PARTS]), max_size=3))]
    caught = draw(st.booleans())
    alone = len(shares) == 1 and not caught
    answers = [draw(_accepted(share, arrow=alone)) for share in draw(st.permutations(shares))]
    if caught:
        answers.append(bodies.Accepted(text="*", fraction=NOTHING, pattern=True))
    return bodies.ShortText(answers=tuple(answers))


def numbers(least: int = -(10**9)) -> st.SearchStrategy[Decimal]:
    return st.builds(
        lambda whole, places: Decimal(whole).scaleb(-places), st.integers(least, 10**9), st.integers(-3, 12)
    )


@st.composite
def _number(draw: st.DrawFn, share: Decimal) -> bodies.AcceptedNumber:
    feedback = draw(feedbacks())
    if draw(st.booleans()):
        low, high = sorted([draw(numbers()), draw(numbers())])
        return bodies.AcceptedNumber(low=low, high=high, fraction=share, feedback=feedback)
    return bodies.AcceptedNumber(value=draw(numbers()), tolerance=draw(numbers(0)), fraction=share, feedback=feedback)


@st.composite
def numerics(draw: st.DrawFn) -> bodies.Numeric:
    shares = draw(st.permutations([ONE, *draw(st.lists(st.sampled_from([ONE, NOTHING, *PARTS]), max_size=3))]))
    answers = [draw(_number(share)) for share in shares]
    if draw(st.booleans()):
        answers.append(
            bodies.AcceptedNumber(fraction=draw(st.sampled_from([NOTHING, *PARTS])), feedback=draw(feedbacks()))
        )
    return bodies.Numeric(answers=tuple(answers))


@st.composite
def matchings(draw: st.DrawFn) -> bodies.Matching:
    stems = [Rich(stem.text.replace("->", "→"), stem.format) for stem in draw(_different(2, 4))]
    return bodies.Matching(
        pairs=tuple(
            bodies.Pair(key=key, stem=stem, match=draw(texts())) for key, stem in zip("abcd", stems, strict=False)
        ),
        distractors=tuple(draw(st.lists(texts(), max_size=2))),
    )


BODIES: dict[str, st.SearchStrategy[Any]] = {
    "single_choice": single_choices(),
    "multiple_choice": multiple_choices(),
    "true_false": true_falses(),
    "short_text": short_texts(),
    "numeric": numerics(),
    "matching": matchings(),
    "open_text": st.just(bodies.OpenText()),
    "description": st.just(bodies.Description()),
}
# What identifiers and tags may be made of, in Moodle's comments.
_labels = st.text("abcXYZ019-_. é漢[](){}:#=~/\\", min_size=1, max_size=8).map(str.strip).filter(
    lambda text: bool(text) and not text.endswith("\\")
)  # fmt: skip
_categories = st.lists(st.text("ab/ $top漢:{}#\\", min_size=1, max_size=6), max_size=3).map(
    lambda names: tuple(name for name in (" ".join(name.split()) for name in names) if name)
)


@st.composite
def questions(draw: st.DrawFn, *kinds: str) -> Question:
    """A question of which nothing is lost."""
    kind = draw(st.sampled_from(kinds or tuple(BODIES)))
    return Question(
        kind=kind,
        stem=draw(riches()),
        body=draw(BODIES[kind]),
        name=draw(st.just("") | texts()),
        code=draw(st.just("") | _labels),
        category=draw(_categories),
        tags=tuple(draw(st.lists(_labels, max_size=2, unique=True))),
        explanation=Rich() if kind == "description" else draw(feedbacks()),
    )
