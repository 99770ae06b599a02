"""One question of each kind that may be asked, with something in every field that its form could lose."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assessments.item_types import bodies
from assessments.item_types.rich import Rich, TextFormat

HTML, MARKDOWN = TextFormat.HTML, TextFormat.MARKDOWN
ONE, HALF = Decimal(1), Decimal("0.5")

OPTIONS = (
    bodies.Option(key="zz", text=Rich("<b>Right</b>", HTML), correct=True, feedback=Rich("Yes,\nso it is.")),
    bodies.Option(key="a", text=Rich("Wrong "), correct=False, feedback=Rich("*No*", MARKDOWN)),
)
WEIGHED = (
    bodies.Option(key="x", text=Rich("One"), correct=True, fraction=ONE),
    bodies.Option(key="y", text=Rich("Two"), correct=False, fraction=Decimal("-0.3333333")),
)
RUBRIC = (
    bodies.Criterion(
        key="k",
        title="Clear",
        levels=(bodies.Level(points=Decimal(0), text="No"), bodies.Level(points=Decimal("1.50"), text="Yes")),
    ),
)
SHORT = bodies.ShortText(
    answers=(
        bodies.Accepted(text=" tender", feedback=Rich("Well")),
        bodies.Accepted(text="*", fraction=Decimal(0), pattern=True),
    ),
    case_sensitive=True,
)
NUMERIC = bodies.Numeric(
    answers=(
        bodies.AcceptedNumber(value=Decimal("2.50"), tolerance=Decimal("0.1"), rule=bodies.Tolerance.RELATIVE),
        bodies.AcceptedNumber(low=Decimal(5), high=Decimal(6), fraction=HALF),
        bodies.AcceptedNumber(fraction=Decimal(0), feedback=Rich("Reckon again")),
    ),
    units=(bodies.Unit(name="m"), bodies.Unit(name="cm", multiplier=Decimal(100))),
    unit_rule=bodies.UnitRule.OF_FULL,
    unit_penalty=Decimal("0.1"),
    unit_list=True,
)

READY: dict[str, tuple[Rich, Any]] = {
    "single_choice": (Rich("Who?"), bodies.SingleChoice(options=OPTIONS, shuffle=False)),
    "multiple_choice": (
        Rich("<p>Who?</p>", HTML),
        bodies.MultipleChoice(options=WEIGHED, rule=bodies.MultipleRule.WEIGHTS, lowest=Decimal(-1), least=1, most=2),
    ),
    "true_false": (Rich("So?"), bodies.TrueFalse(answer=False, feedback_true=Rich("No"))),
    "short_text": (Rich("What?"), SHORT),
    "numeric": (Rich("How far?"), NUMERIC),
    "matching": (
        Rich("Who does what?"),
        bodies.Matching(
            pairs=(
                bodies.Pair(key="p", stem=Rich("Chair"), match="leads", weight=Decimal(2)),
                bodies.Pair(key="q", stem=Rich("Clerk"), match="writes"),
            ),
            distractors=("sings",),
            all_or_nothing=True,
        ),
    ),
    "ordering": (
        Rich("Order"),
        bodies.Ordering(
            steps=(bodies.Step(key="s", text=Rich("Read")), bodies.Step(key="t", text=Rich("Score"))),
            rule=bodies.OrderingRule.LONGEST_ORDERED_SUBSET,
            horizontal=True,
        ),
    ),
    "gap_fill": (
        Rich("A [[2]] and a [[1]]"),
        bodies.GapFill(
            words=(bodies.Word(text="vote"), bodies.Word(text="panel", reuse=False), bodies.Word(text="x", group=2)),
            gaps=(2, 1),
            shuffle=False,
        ),
    ),
    "cloze": (
        Rich("<p>{#1} {#2} {#3} {#4}</p>", HTML),
        bodies.Cloze(
            gaps=(
                bodies.Gap(single_choice=bodies.SingleChoice(options=OPTIONS), layout="horizontal"),
                bodies.Gap(multiple_choice=bodies.MultipleChoice(options=OPTIONS), layout="vertical"),
                bodies.Gap(short_text=SHORT, weight=3),
                bodies.Gap(numeric=bodies.Numeric(answers=(bodies.AcceptedNumber(value=Decimal(7)),))),
            )
        ),
    ),
    "open_text": (
        Rich("Explain"),
        bodies.OpenText(
            rubric=RUBRIC,
            marker_notes=Rich("<i>Be kind</i>", HTML),
            template=Rich("Dear…"),
            editor=bodies.Editor.RICH,
            lines=5,
            least_words=10,
            most_words=200,
        ),
    ),
    "file_upload": (Rich("Hand in"), bodies.FileUpload(rubric=RUBRIC, least=1, most=3, types=(".pdf",), megabytes=5)),
    "self_rating": (Rich("How sure?"), bodies.SelfRating(levels=("Not", "Wholly"))),
    "description": (Rich("Read this.", MARKDOWN), bodies.Description()),
}
