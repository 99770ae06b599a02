"""Writing a single choice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import SingleChoice
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_parts import option_set, options_shown, options_written
from assessments.item_types.editor_rows import Piece
from assessments.item_types.rich import Rich


class SingleChoiceForm(Piece):
    """What holds for all options."""

    shuffle = forms.BooleanField(
        label=_("Mix the options for each learner"),
        required=False,
        initial=True,
        help_text=_("Not for numbers in a row."),
    )


class SingleChoiceEditor(Editor[SingleChoice]):
    """Options of which one is right."""

    kind = "single_choice"
    says = _("Several options, one of which is right.")
    form = SingleChoiceForm
    sets = (option_set(help=_("Mark the one that is right. Others may earn a part of the mark, or cost one.")),)

    @classmethod
    def initial_from(cls, body: SingleChoice) -> Filled:
        return Filled(fields={"shuffle": body.shuffle}, rows={"options": options_shown(body.options)})

    def body(self, stem: Rich) -> SingleChoice:
        return SingleChoice(options=options_written(self.listed("options")), shuffle=self.said["shuffle"])


EDITOR = SingleChoiceEditor
