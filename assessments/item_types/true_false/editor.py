"""Writing a statement that is true or false."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import TrueFalse
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import RichField
from assessments.item_types.editor_rows import Piece
from assessments.item_types.rich import Rich


class TrueFalseForm(Piece):
    """Which it is, and what is said to whom."""

    answer = forms.ChoiceField(
        label=_("The statement is"),
        choices=[("true", _("true")), ("false", _("false"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is true or false.")},
    )
    feedback_true = RichField(label=_("Feedback to who says “true”"))
    feedback_false = RichField(label=_("Feedback to who says “false”"))


class TrueFalseEditor(Editor[TrueFalse]):
    """One statement."""

    kind = "true_false"
    says = _("A statement, and learners say whether it is true.")
    form = TrueFalseForm

    @classmethod
    def initial_from(cls, body: TrueFalse) -> Filled:
        return Filled(
            fields={
                "answer": "true" if body.answer else "false",
                "feedback_true": body.feedback_true,
                "feedback_false": body.feedback_false,
            }
        )

    def body(self, stem: Rich) -> TrueFalse:
        return TrueFalse(
            answer=self.said["answer"] == "true",
            feedback_true=self.said["feedback_true"],
            feedback_false=self.said["feedback_false"],
        )


EDITOR = TrueFalseEditor
