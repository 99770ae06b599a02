"""Writing a question for a number."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import AcceptedNumber, Numeric, Tolerance, Unit, UnitRule
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import NumberField, PercentField, RichField, TextField
from assessments.item_types.editor_rows import Piece, Row, RowSet
from assessments.item_types.rich import Rich

ONE, ZERO = Decimal(1), Decimal(0)
NUMBER, RANGE, ANY = "number", "range", "any"


class NumberRow(Row):
    """A number that is accepted."""

    usual = frozenset({"rule", "fraction", "tolerance"})

    accepts = forms.ChoiceField(
        label=_("Accepts"),
        choices=[(NUMBER, _("a number")), (RANGE, _("numbers from one to another")), (ANY, _("any other number"))],
        initial=NUMBER,
    )
    value = NumberField(label=_("Number"), required=False)
    tolerance = NumberField(label=_("May be off by"), required=False, initial=ZERO)
    rule = forms.ChoiceField(
        label=_("How far that is"),
        choices=[
            (Tolerance.ABSOLUTE.value, _("so much, up or down")),
            (Tolerance.RELATIVE.value, _("so many times the number: 0.1 is a tenth of it")),
            (Tolerance.GEOMETRIC.value, _("that share of it, multiplied and divided")),
        ],
        initial=Tolerance.ABSOLUTE.value,
    )
    low = NumberField(label=_("From"), required=False)
    high = NumberField(label=_("To, itself included"), required=False)
    fraction = PercentField(label=_("Earns, in % of the mark"), required=False, initial=ONE)
    feedback = RichField(label=_("Feedback"))

    def is_blank(self) -> bool:
        """Whether nothing was filled in: to accept any number is something."""
        said = self.cleaned_data
        numbers = [said.get(name) for name in ("value", "low", "high")]
        return said.get("accepts") != ANY and all(one is None for one in numbers) and not said.get("feedback")

    def clean(self) -> dict[str, Any]:
        """Refuse half of what an answer needs."""
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.is_blank():
            if said["accepts"] == NUMBER and said["value"] is None:
                self.add_error("value", _("Write the number that is accepted."))
            if said["accepts"] == RANGE:
                for name in ("low", "high"):
                    if said[name] is None:
                        self.add_error(name, _("Write where the range begins and where it ends."))
        return said


class UnitRow(Row):
    """A unit."""

    usual = frozenset({"multiplier"})

    name = TextField(label=_("Unit"), required=False, max_length=100)
    multiplier = NumberField(
        label=_("How many of it make one of the first"),
        required=False,
        initial=ONE,
        help_text=_("100 for cm, when the answers are in m."),
    )


class NumericForm(Piece):
    """What a unit is worth."""

    unit_rule = forms.ChoiceField(
        label=_("A missing or unknown unit"),
        choices=[
            (UnitRule.FREE.value, _("costs nothing")),
            (UnitRule.OF_MARK.value, _("costs a part of what the number earned")),
            (UnitRule.OF_FULL.value, _("costs a part of the full mark")),
        ],
        widget=forms.RadioSelect,
        initial=UnitRule.FREE.value,
    )
    unit_penalty = PercentField(label=_("Which part, in %"), required=False, initial=ZERO)
    unit_list = forms.BooleanField(label=_("Learners choose the unit from a list"), required=False)
    unit_before = forms.BooleanField(label=_("The unit stands before the number, as $ does"), required=False)


class NumericEditor(Editor[Numeric]):
    """Accepted numbers and their units."""

    kind = "numeric"
    says = _("Learners type a number; you say which are accepted, how exactly, and in which unit.")
    form = NumericForm
    sets = (
        RowSet(
            name="answers",
            title=_("Accepted numbers"),
            one=_("Accepted number"),
            add=_("Add another number"),
            varieties={"": NumberRow},
            help=_("The first one that fits counts."),
        ),
        RowSet(
            name="units",
            title=_("Units"),
            one=_("Unit"),
            add=_("Add another unit"),
            varieties={"": UnitRow},
            help=_("The first unit is that of the numbers above. None: a number alone is asked for."),
        ),
    )

    @classmethod
    def initial_from(cls, body: Numeric) -> Filled:
        fields = {
            "unit_rule": body.unit_rule.value,
            "unit_penalty": body.unit_penalty,
            "unit_list": body.unit_list,
            "unit_before": body.unit_before,
        }
        units = [{"name": unit.name, "multiplier": unit.multiplier} for unit in body.units]
        return Filled(fields=fields, rows={"answers": [_shown(one) for one in body.answers], "units": units})

    def body(self, stem: Rich) -> Numeric:
        return Numeric(
            answers=tuple(_written(row) for row in self.listed("answers")),
            units=tuple(
                Unit(name=row["name"], multiplier=ONE if row["multiplier"] is None else row["multiplier"])
                for row in self.listed("units")
            ),
            unit_rule=UnitRule(self.said["unit_rule"]),
            unit_penalty=self.said["unit_penalty"] or ZERO,
            unit_list=self.said["unit_list"],
            unit_before=self.said["unit_before"],
        )


def _shown(one: AcceptedNumber) -> dict[str, Any]:
    return {
        "accepts": NUMBER if one.value is not None else RANGE if one.low is not None else ANY,
        "value": one.value,
        "tolerance": one.tolerance,
        "rule": one.rule.value,
        "low": one.low,
        "high": one.high,
        "fraction": one.fraction,
        "feedback": one.feedback,
    }


def _written(row: Mapping[str, Any]) -> AcceptedNumber:
    accepts = row["accepts"]
    return AcceptedNumber(
        value=row["value"] if accepts == NUMBER else None,
        tolerance=row["tolerance"] or ZERO,
        rule=Tolerance(row["rule"]),
        low=row["low"] if accepts == RANGE else None,
        high=row["high"] if accepts == RANGE else None,
        fraction=ONE if row["fraction"] is None else row["fraction"],
        feedback=row["feedback"],
    )


EDITOR = NumericEditor
