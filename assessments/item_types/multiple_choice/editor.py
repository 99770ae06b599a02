"""Writing a multiple choice."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import MultipleChoice, MultipleRule
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import CountField, PercentField
from assessments.item_types.editor_parts import option_set, options_shown, options_written
from assessments.item_types.editor_rows import Piece
from assessments.item_types.rich import Rich

RULES = {
    MultipleRule.RIGHT_MINUS_WRONG: _(
        "Right minus wrong: each right option that is chosen earns its share, each wrong one takes as much away; "
        "never below zero."
    ),
    MultipleRule.ALL_OR_NOTHING: _("All or nothing: the full mark for exactly the right options, otherwise none."),
    MultipleRule.WEIGHTS: _("Weights: each option earns or costs what you write beside it; the sum counts."),
}


class MultipleChoiceForm(Piece):
    """How several chosen options are marked."""

    rule = forms.ChoiceField(
        label=_("What the chosen options earn together"),
        choices=[(rule.value, sentence) for rule, sentence in RULES.items()],
        widget=forms.RadioSelect,
        initial=MultipleRule.RIGHT_MINUS_WRONG.value,
    )
    lowest = PercentField(
        label=_("Lowest mark, in %"),
        required=False,
        initial=Decimal(0),
        help_text=_("For weights alone: 0, or below zero where wrong options may cost marks of other questions."),
    )
    least = CountField(label=_("Choose at least"), usual=0)
    most = CountField(label=_("Choose at most"), usual=0, help_text=_("0: as many as there are."))
    shuffle = forms.BooleanField(label=_("Mix the options for each learner"), required=False, initial=True)


class MultipleChoiceEditor(Editor[MultipleChoice]):
    """Options of which several may be right."""

    kind = "multiple_choice"
    says = _("Several options, any number of which may be right. Partly right answers can earn a part.")
    form = MultipleChoiceForm
    sets = (option_set(help=_("Mark each one that is right. What it earns is of use with weights alone.")),)

    @classmethod
    def initial_from(cls, body: MultipleChoice) -> Filled:
        fields = {
            "rule": body.rule.value,
            "lowest": body.lowest,
            "least": body.least,
            "most": body.most,
            "shuffle": body.shuffle,
        }
        return Filled(fields=fields, rows={"options": options_shown(body.options)})

    def body(self, stem: Rich) -> MultipleChoice:
        return MultipleChoice(
            options=options_written(self.listed("options")),
            rule=MultipleRule(self.said["rule"]),
            lowest=self.said["lowest"] or Decimal(0),
            least=self.said["least"],
            most=self.said["most"],
            shuffle=self.said["shuffle"],
        )


EDITOR = MultipleChoiceEditor
