"""Valid questions of every kind, made by chance: for marking, for storing, and for the round trips of formats."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from assessments.item_types import bodies
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich
from tests.support.tasks_of_questions import file_uploads, open_texts, self_ratings
from tests.support.texts_of_questions import (
    FORMATS,
    SIGNS,
    different,
    different_words,
    feedbacks,
    in_format,
    keys,
    riches,
    words,
)

# Shares of the mark that other systems know too; below the full mark.
PARTS = tuple(map(Decimal, ("0", "0.1", "0.2", "0.25", "0.3333333", "0.5", "0.6666667", "0.75", "0.8333333", "0.9")))
ONE = Decimal(1)


@st.composite
def single_choices(draw: st.DrawFn) -> bodies.SingleChoice:
    """One option is right; the others may earn a part or lose one."""
    texts = draw(different(2, 5))
    right = draw(st.integers(0, len(texts) - 1))
    weighted = draw(st.booleans())
    lost = st.sampled_from([*PARTS, *(-part for part in PARTS if part)])
    return bodies.SingleChoice(
        options=tuple(
            bodies.Option(
                key=key,
                text=text,
                correct=place == right,
                feedback=draw(feedbacks()),
                fraction=(ONE if place == right else draw(lost)) if weighted else None,
            )
            for place, (key, text) in enumerate(zip(keys(len(texts)), texts, strict=True))
        ),
        shuffle=draw(st.booleans()),
    )


@st.composite
def multiple_choices(draw: st.DrawFn) -> bodies.MultipleChoice:
    """One option or more are right, by each of the rules."""
    texts = draw(different(2, 5))
    right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1))
    rule = draw(st.sampled_from(bodies.MultipleRule))
    share = (ONE / len(right)).quantize(Decimal("0.0000001"))
    lost = st.sampled_from([Decimal(0), Decimal("-0.25"), Decimal("-0.3333333"), Decimal("-0.5"), Decimal(-1)])
    weighted = rule == bodies.MultipleRule.WEIGHTS
    return bodies.MultipleChoice(
        options=tuple(
            bodies.Option(
                key=key,
                text=text,
                correct=place in right,
                feedback=draw(feedbacks()),
                fraction=(share if place in right else draw(lost)) if weighted else None,
            )
            for place, (key, text) in enumerate(zip(keys(len(texts)), texts, strict=True))
        ),
        rule=rule,
        shuffle=draw(st.booleans()),
    )


def true_falses() -> st.SearchStrategy[bodies.TrueFalse]:
    """Return statements that are true or false."""
    return st.builds(bodies.TrueFalse, answer=st.booleans(), feedback_true=feedbacks(), feedback_false=feedbacks())


@st.composite
def short_texts(draw: st.DrawFn) -> bodies.ShortText:
    """The first answer earns the full mark; later ones a part, and none is hidden by an earlier one."""
    texts = draw(different_words(1, 4))
    answers = [
        bodies.Accepted(
            text=text,
            fraction=ONE if place == 0 else draw(st.sampled_from([ONE, *PARTS])),
            feedback=draw(feedbacks()),
        )
        for place, text in enumerate(texts)
    ]
    if draw(st.booleans()):
        # Behind the others, as it may fit what they fit.
        pattern = draw(words("", 5)) + draw(st.sampled_from(["*", "*b", "\\**", "* \\*"]))
        answers.append(bodies.Accepted(text=pattern, fraction=draw(st.sampled_from(PARTS)), pattern=True))
    return bodies.ShortText(answers=tuple(answers), case_sensitive=draw(st.booleans()))


def numbers(least: int = -10_000, most: int = 10_000) -> st.SearchStrategy[Decimal]:
    """Return numbers with up to three places, written without an exponent."""
    return st.builds(lambda whole, places: Decimal(whole).scaleb(-places), st.integers(least, most), st.integers(0, 3))


@st.composite
def accepted_numbers(draw: st.DrawFn, fraction: Decimal, *, plain: bool = False) -> bodies.AcceptedNumber:
    """A number with a tolerance, or from one to another, or any."""
    shape = "value" if plain else draw(st.sampled_from(["value", "range", "any"]))
    feedback = draw(feedbacks())
    if shape == "any":
        return bodies.AcceptedNumber(fraction=fraction, feedback=feedback)
    value = draw(numbers())
    if shape == "range":
        high = value + draw(numbers(least=0))
        return bodies.AcceptedNumber(low=value, high=high, fraction=fraction, feedback=feedback)
    return bodies.AcceptedNumber(
        value=value,
        tolerance=draw(numbers(least=0, most=100)),
        rule=bodies.Tolerance.ABSOLUTE if plain else draw(st.sampled_from(bodies.Tolerance)),
        fraction=fraction,
        feedback=feedback,
    )


@st.composite
def numerics(draw: st.DrawFn, *, with_units: bool = True) -> bodies.Numeric:
    """A number, often with units."""
    first = draw(accepted_numbers(ONE, plain=True))
    others = draw(st.lists(st.sampled_from(PARTS), max_size=2))
    answers = (first, *(draw(accepted_numbers(fraction)) for fraction in others))
    names = draw(st.lists(st.sampled_from(["m", "cm", "km", "m/s", "%", "€", "°C", "µm"]), unique=True, max_size=3))
    if not names or not with_units:
        return bodies.Numeric(answers=answers)
    rule = draw(st.sampled_from(bodies.UnitRule))
    return bodies.Numeric(
        answers=answers,
        units=tuple(
            bodies.Unit(name=name, multiplier=ONE if place == 0 else draw(numbers(least=1)))
            for place, name in enumerate(names)
        ),
        unit_rule=rule,
        unit_penalty=Decimal(0) if rule == bodies.UnitRule.FREE else draw(st.sampled_from(PARTS)),
        unit_list=draw(st.booleans()),
        unit_before=draw(st.booleans()),
    )


@st.composite
def matchings(draw: st.DrawFn) -> bodies.Matching:
    """Stems with matches, of which two may be the same; more matches than are needed."""
    stems = draw(different(2, 5))
    matches = draw(different_words(2, 5))
    distractors = draw(different_words(0, 2))
    chosen = [*matches[:2], *(draw(st.sampled_from(matches)) for _stem in stems[2:])]
    weighted = draw(st.booleans())
    return bodies.Matching(
        pairs=tuple(
            bodies.Pair(
                key=key, stem=stem, match=match, weight=draw(st.sampled_from([ONE, Decimal(2)])) if weighted else ONE
            )
            for key, stem, match in zip(keys(len(stems)), stems, chosen, strict=True)
        ),
        distractors=tuple(word for word in distractors if word not in chosen),
        all_or_nothing=draw(st.booleans()),
        shuffle=draw(st.booleans()),
    )


@st.composite
def orderings(draw: st.DrawFn) -> bodies.Ordering:
    """Steps in their right order, by each of the rules."""
    texts = draw(different(2, 6))
    return bodies.Ordering(
        steps=tuple(bodies.Step(key=key, text=text) for key, text in zip(keys(len(texts)), texts, strict=True)),
        rule=draw(st.sampled_from(bodies.OrderingRule)),
        horizontal=draw(st.booleans()),
    )


def _with_markers(draw: st.DrawFn, markers: list[str]) -> Rich:
    """Return a stem with the markers in this order, and nothing that looks like one beside them."""
    text = "".join(f"{draw(words(SIGNS))} {marker} " for marker in markers)
    return in_format(text.strip(), draw(st.sampled_from(FORMATS)))


@st.composite
def gap_fills(draw: st.DrawFn) -> tuple[bodies.GapFill, Rich]:
    """A body with its stem: words in one group or two, each of which fills some gap or none."""
    texts = draw(different_words(2, 5))
    reuse = draw(st.booleans())
    listed = tuple(bodies.Word(text=text, group=draw(st.integers(1, 2)), reuse=reuse) for text in texts)
    numbers_of_words = st.integers(1, len(listed))
    gaps = draw(st.lists(numbers_of_words, min_size=1, max_size=4, unique=not reuse))
    body = bodies.GapFill(
        words=listed, gaps=tuple(gaps), all_or_nothing=draw(st.booleans()), shuffle=draw(st.booleans())
    )
    return body, _with_markers(draw, [f"[[{number}]]" for number in gaps])


@st.composite
def clozes(draw: st.DrawFn) -> tuple[bodies.Cloze, Rich]:
    """A body with its stem: from one to four gaps of the four kinds."""
    layouts = st.sampled_from(["list", "vertical", "horizontal"])
    kinds: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
        "single_choice": single_choices,
        "multiple_choice": multiple_choices,
        "short_text": short_texts,
        "numeric": lambda: numerics(with_units=False),
    }
    gaps = []
    for kind in draw(st.lists(st.sampled_from(list(kinds)), min_size=1, max_size=4)):
        layout = draw(layouts) if kind == "single_choice" else "vertical" if kind == "multiple_choice" else "list"
        part = draw(kinds[kind]())
        gaps.append(bodies.Gap(**{kind: part}, weight=draw(st.integers(1, 3)), layout=layout))
    markers = [f"{{#{number}}}" for number in range(1, len(gaps) + 1)]
    return bodies.Cloze(gaps=tuple(gaps), all_or_nothing=draw(st.booleans())), _with_markers(draw, markers)


def _with_any_stem(body: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, Rich]]:
    return st.tuples(body, riches(SIGNS))


# Each kind with what makes a body and a stem that fits it.
KINDS: dict[str, Callable[[], st.SearchStrategy[tuple[Any, Rich]]]] = {
    "single_choice": lambda: _with_any_stem(single_choices()),
    "multiple_choice": lambda: _with_any_stem(multiple_choices()),
    "true_false": lambda: _with_any_stem(true_falses()),
    "short_text": lambda: _with_any_stem(short_texts()),
    "numeric": lambda: _with_any_stem(numerics()),
    "matching": lambda: _with_any_stem(matchings()),
    "ordering": lambda: _with_any_stem(orderings()),
    "gap_fill": gap_fills,
    "cloze": clozes,
    "open_text": lambda: _with_any_stem(open_texts()),
    "file_upload": lambda: _with_any_stem(file_uploads()),
    "self_rating": lambda: _with_any_stem(self_ratings()),
    "description": lambda: _with_any_stem(st.just(bodies.Description())),
}


def bodies_with_stems(kind: str) -> st.SearchStrategy[tuple[Any, Rich]]:
    """Return valid bodies of a kind, each with a stem that fits it."""
    return KINDS[kind]()


@st.composite
def questions(draw: st.DrawFn, *kinds: str) -> Question:
    """A whole question of one of the kinds, or of any; without pictures."""
    kind = draw(st.sampled_from(kinds or tuple(KINDS)))
    body, stem = draw(bodies_with_stems(kind))
    return Question(
        kind=kind,
        stem=stem,
        body=body,
        name=draw(words("", 8)),
        category=tuple(draw(st.lists(words("", 6), max_size=2))),
        tags=tuple(draw(st.lists(words("", 6), max_size=2, unique=True))),
        explanation=draw(feedbacks()),
        mark=draw(st.sampled_from([ONE, Decimal(2), Decimal("0.5")])),
    )
