"""Writing things to be put in order."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import Ordering, OrderingRule, Step
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import RichField
from assessments.item_types.editor_rows import KeyField, Piece, Row, RowSet
from assessments.item_types.rich import Rich

RULES = {
    OrderingRule.ABSOLUTE_POSITION: _("Each step in its right place earns its share."),
    OrderingRule.ALL_OR_NOTHING: _("All or nothing: the whole order must be right."),
    OrderingRule.RELATIVE_TO_CORRECT: _("Each step earns the less, the farther it is from its place."),
    OrderingRule.RELATIVE_NEXT_EXCLUDE_LAST: _("Each step that is followed by the right one earns its share."),
    OrderingRule.RELATIVE_NEXT_INCLUDE_LAST: _(
        "Each step that is followed by the right one earns its share, and the last one if it is last."
    ),
    OrderingRule.RELATIVE_ONE_PREVIOUS_AND_NEXT: _("Each right neighbour, before and behind, earns its share."),
    OrderingRule.RELATIVE_ALL_PREVIOUS_AND_NEXT: _(
        "Each step earns a share for every other that is rightly before or behind it."
    ),
    OrderingRule.LONGEST_ORDERED_SUBSET: _("The longest row in the right order earns its share, gaps allowed."),
    OrderingRule.LONGEST_CONTIGUOUS_SUBSET: _("The longest row in the right order without a gap earns its share."),
}


class StepRow(Row):
    """One thing."""

    key = KeyField()
    text = RichField(label=_("Step"))


class OrderingForm(Piece):
    """How an order is marked."""

    rule = forms.ChoiceField(
        label=_("What an order earns"),
        choices=[(rule.value, sentence) for rule, sentence in RULES.items()],
        initial=OrderingRule.ABSOLUTE_POSITION.value,
    )
    horizontal = forms.BooleanField(label=_("Show the steps side by side"), required=False)


class OrderingEditor(Editor[Ordering]):
    """Steps in their right order."""

    kind = "ordering"
    says = _("Learners put steps in their right order.")
    form = OrderingForm
    sets = (
        RowSet(
            name="steps",
            title=_("Steps, in the right order"),
            one=_("Step"),
            add=_("Add another step"),
            varieties={"": StepRow},
            help=_("Learners see them mixed."),
            blank=4,
        ),
    )

    @classmethod
    def initial_from(cls, body: Ordering) -> Filled:
        return Filled(
            fields={"rule": body.rule.value, "horizontal": body.horizontal},
            rows={"steps": [{"key": one.key, "text": one.text} for one in body.steps]},
        )

    def body(self, stem: Rich) -> Ordering:
        return Ordering(
            steps=tuple(Step(key=row["key"], text=row["text"]) for row in self.listed("steps")),
            rule=OrderingRule(self.said["rule"]),
            horizontal=self.said["horizontal"],
        )


EDITOR = OrderingEditor
