"""A lesson that asks one question of every kind, and what a learner sends to each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from academy.framework.enums import Proficiency
from academy.framework.models import Skill
from assessments.api import make_ready, save_bank, save_draft
from assessments.item_types import bodies
from assessments.item_types.questions import Hint, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat
from assessments.models import ItemBank, ItemVersion
from tests.support.moment import AT

ONE, HALF = Decimal(1), Decimal("0.5")
OPTIONS = (
    bodies.Option(key="a", text=Rich("Each alone"), correct=True, feedback=Rich("Then together.")),
    bodies.Option(key="b", text=Rich("The chair alone"), correct=False, feedback=Rich("That sways the rest.")),
    bodies.Option(key="c", text=Rich("Nobody"), correct=False),
)
TWO_RIGHT = (OPTIONS[0], bodies.Option(key="b", text=Rich("In writing"), correct=True), OPTIONS[2])
RUBRIC = (
    bodies.Criterion(
        key="law",
        title="Names the rule",
        levels=(bodies.Level(points=Decimal(0), text="No rule"), bodies.Level(points=Decimal(2), text="The right one")),
    ),
    bodies.Criterion(
        key="why",
        title="Says why",
        levels=(bodies.Level(points=Decimal(0), text="No reason"), bodies.Level(points=HALF, text="A reason")),
    ),
)

BODIES: Mapping[str, tuple[str, Any]] = {
    "description": ("A ministry buys forty buses. The next questions are about them.", bodies.Description()),
    "single_choice": ("Who scores first?", bodies.SingleChoice(options=OPTIONS, shuffle=False)),
    "multiple_choice": ("How do they score?", bodies.MultipleChoice(options=TWO_RIGHT, shuffle=False)),
    "true_false": ("A bid that comes late is opened.", bodies.TrueFalse(answer=False)),
    "short_text": (
        "What is a price that nobody could work for called? Write its first word.",
        bodies.ShortText(
            answers=(bodies.Accepted(text="abnormally"), bodies.Accepted(text="low", fraction=HALF)),
        ),
    ),
    "numeric": (
        "How long is a bus of twelve metres, in its own unit?",
        bodies.Numeric(
            answers=(bodies.AcceptedNumber(value=Decimal(12), tolerance=HALF),),
            units=(bodies.Unit(name="m"), bodies.Unit(name="cm", multiplier=Decimal(100))),
            unit_list=True,
        ),
    ),
    "matching": (
        "Who does what in an evaluation?",
        bodies.Matching(
            pairs=(
                bodies.Pair(key="p1", stem=Rich("The chair of the panel"), match="keeps the procedure"),
                bodies.Pair(key="p2", stem=Rich("An expert"), match="advises without a vote"),
            ),
            distractors=("signs the contract of the winner on the same day, whatever the standstill period says",),
        ),
    ),
    "ordering": (
        "Put the steps in their order.",
        bodies.Ordering(
            steps=(
                bodies.Step(key="s1", text=Rich("Publish the notice")),
                bodies.Step(key="s2", text=Rich("Open the bids")),
                bodies.Step(key="s3", text=Rich("Award the contract")),
            )
        ),
    ),
    "gap_fill": (
        "A contract is awarded to the [[1]] tender after a [[2]] period.",
        bodies.GapFill(
            words=(bodies.Word(text="best"), bodies.Word(text="standstill"), bodies.Word(text="trial")), gaps=(1, 2)
        ),
    ),
    "cloze": (
        "The panel scores {#1}, within {#2} days, and the {#3} is kept. What goes into it? {#4}",
        bodies.Cloze(
            gaps=(
                bodies.Gap(single_choice=bodies.SingleChoice(options=OPTIONS, shuffle=False)),
                bodies.Gap(numeric=bodies.Numeric(answers=(bodies.AcceptedNumber(value=Decimal(10)),))),
                bodies.Gap(short_text=bodies.ShortText(answers=(bodies.Accepted(text="record"),))),
                bodies.Gap(multiple_choice=bodies.MultipleChoice(options=TWO_RIGHT, shuffle=False), layout="vertical"),
            )
        ),
    ),
    "open_text": (
        "Say in your own words why each member scores alone.",
        bodies.OpenText(rubric=RUBRIC, least_words=3, most_words=50, lines=5, marker_notes=Rich("For markers alone.")),
    ),
    "file_upload": (
        "Hand in the plan of your evaluation.",
        bodies.FileUpload(rubric=RUBRIC, types=(".pdf", ".png", ".txt"), most=2, megabytes=1),
    ),
    "self_rating": ("How sure are you?", bodies.SelfRating(levels=("Not at all", "Fairly", "Very"))),
}
# What somebody sends who knows everything; who is asked for a file sends it besides.
RIGHT: Mapping[str, dict[str, Any]] = {
    "single_choice": {"option": ["a"]},
    "multiple_choice": {"option": ["a", "b"]},
    "true_false": {"option": ["false"]},
    "short_text": {"text": ["abnormally"]},
    "numeric": {"number": ["12"], "unit": ["m"]},
    "matching": {"match-p1": ["keeps the procedure"], "match-p2": ["advises without a vote"]},
    "ordering": {"place-1": ["3"], "place-2": ["2"], "place-3": ["1"]},
    "gap_fill": {"gap-1": ["best"], "gap-2": ["standstill"]},
    "cloze": {"gap-1": ["a"], "gap-2": ["10"], "gap-3": ["record"], "gap-4": ["a", "b"]},
    "open_text": {"text": ["Because scores sway each other."]},
    "file_upload": {},
    "self_rating": {"rating": ["1"]},
}
# And who knows the half of it.
PARTLY: Mapping[str, dict[str, Any]] = {
    "multiple_choice": {"option": ["a"]},
    "short_text": {"text": ["low"]},
    "matching": {"match-p1": ["keeps the procedure"], "match-p2": ["keeps the procedure"]},
    "ordering": {"place-1": ["3"], "place-2": ["1"], "place-3": ["2"]},
    "gap_fill": {"gap-1": ["best"], "gap-2": ["trial"]},
    "cloze": {"gap-1": ["a"], "gap-2": ["7"], "gap-3": ["memory"], "gap-4": ["a", "b"]},
}
HINTS = (
    Hint(text=Rich("Read the lesson again."), show_count=True, clear_wrong=True),
    Hint(text=Rich("It is in the *first* part.", TextFormat.MARKDOWN)),
)
VERDICTS = Verdicts(right=Rich("Well done."), partly=Rich("Some of it."), wrong=Rich("Not yet."))


def ask(
    kind: str, *, bank: ItemBank, skill: Skill, hints: tuple[Hint, ...] = (), verdicts: Verdicts = VERDICTS
) -> ItemVersion:
    """Write a question of a kind, ready to be asked."""
    stem, body = BODIES[kind]
    explanation = Rich("The law says so.") if kind not in {"description", "self_rating"} else Rich()
    question = Question(kind=kind, stem=Rich(stem), body=body, explanation=explanation, hints=hints, verdicts=verdicts)
    version, _made = save_draft(
        bank=bank,
        code=f"every-{kind}",
        question=question,
        skill=skill,
        proficiency=Proficiency.WORKING,
        by=None,
        at=AT,
    )
    make_ready(version=version, by=None, at=AT)
    return version


def ask_every_kind(*, skill: Skill, hints: tuple[Hint, ...] = ()) -> dict[str, ItemVersion]:
    """Write a question of each kind, by kind, in a bank of their own."""
    bank = save_bank(code="every-kind", title="Every kind")
    return {kind: ask(kind, bank=bank, skill=skill, hints=hints) for kind in BODIES}
