"""What the forms of several kinds share: options of a choice, and rubrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import Criterion, Level, Option
from assessments.item_types.editor_fields import NumberField, PercentField, RichField, TextField
from assessments.item_types.editor_rows import KeyField, Row, RowSet

FULL = Decimal(1)


class OptionRow(Row):
    """One option of a choice."""

    key = KeyField()
    text = RichField(label=_("Text"))
    feedback = RichField(label=_("Feedback"), help_text=_("Said to who chose it: why it is right, or why not."))
    correct = forms.BooleanField(label=_("This is right"), required=False)
    fraction = PercentField(
        label=_("Earns, in % of the mark"),
        required=False,
        help_text=_("Empty: what is right earns all of it. Below zero: it costs."),
    )


def option_set(*, title: Any = _("Options"), help: Any = "") -> RowSet:  # noqa: A002 -- the word of forms
    """Return the set of options."""
    return RowSet(
        name="options",
        title=title,
        one=_("Option"),
        add=_("Add another option"),
        varieties={"": OptionRow},
        help=help,
        blank=4,
    )


def options_shown(options: Sequence[Option]) -> list[dict[str, Any]]:
    """Return options as rows show them."""
    return [
        {
            "key": one.key,
            "text": one.text,
            "correct": one.correct,
            "feedback": one.feedback,
            "fraction": one.fraction,
        }
        for one in options
    ]


def options_written(rows: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    """Return the options that rows say."""
    return tuple(
        Option(
            key=row["key"],
            text=row["text"],
            correct=row["correct"],
            feedback=row["feedback"],
            fraction=row["fraction"],
        )
        for row in rows
    )


class LevelRow(Row):
    """What a criterion looks like at so many points."""

    points = NumberField(label=_("Points"), required=False)
    text = TextField(label=_("What an answer looks like that earns them"), required=False, rows=2)


class CriterionRow(Row):
    """One thing that a marker looks at."""

    sets = (
        RowSet(
            name="levels",
            title=_("Levels"),
            one=_("Level"),
            add=_("Add another level"),
            varieties={"": LevelRow},
            blank=2,
        ),
    )

    key = KeyField()
    title = TextField(label=_("What markers look at"), required=False)


RUBRIC = RowSet(
    name="rubric",
    title=_("Rubric"),
    one=_("Criterion"),
    add=_("Add another criterion"),
    varieties={"": CriterionRow},
    help=_("What markers look at, and what is how good. With a rubric two people mark alike."),
)


def rubric_shown(rubric: Sequence[Criterion]) -> list[dict[str, Any]]:
    """Return a rubric as rows show it."""
    return [
        {
            "key": one.key,
            "title": one.title,
            "levels": [{"points": level.points, "text": level.text} for level in one.levels],
        }
        for one in rubric
    ]


def rubric_written(rows: Sequence[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """Return the rubric that rows say."""
    return tuple(
        Criterion(
            key=row["key"],
            title=row["title"],
            levels=tuple(Level(points=level["points"] or Decimal(0), text=level["text"]) for level in row["levels"]),
        )
        for row in rows
    )
