"""Writing a question for a word or a few."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import Accepted, ShortText
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import PercentField, RichField, TextField
from assessments.item_types.editor_rows import Piece, Row, RowSet
from assessments.item_types.rich import Rich


class AcceptedRow(Row):
    """An answer that is accepted."""

    usual = frozenset({"fraction", "pattern"})

    text = TextField(label=_("Answer"), required=False)
    pattern = forms.BooleanField(
        label=_("A star in it stands for anything"),
        required=False,
        help_text=_("Then “*tender*” fits every answer that has “tender” in it, and \\* is a star."),
    )
    fraction = PercentField(label=_("Earns, in % of the mark"), required=False, initial=Decimal(1))
    feedback = RichField(label=_("Feedback"))


class ShortTextForm(Piece):
    """What holds for all answers."""

    case_sensitive = forms.BooleanField(label=_("Capital letters must be as written here"), required=False)


class ShortTextEditor(Editor[ShortText]):
    """Accepted answers, in the order in which they are tried."""

    kind = "short_text"
    says = _("Learners type a word or a few; you list the answers that are accepted.")
    form = ShortTextForm
    sets = (
        RowSet(
            name="answers",
            title=_("Accepted answers"),
            one=_("Answer"),
            add=_("Add another answer"),
            varieties={"": AcceptedRow},
            help=_("The first one that fits counts. Put the exact ones first; a lone star catches all the rest."),
            blank=2,
        ),
    )

    @classmethod
    def initial_from(cls, body: ShortText) -> Filled:
        rows = [
            {"text": one.text, "pattern": one.pattern, "fraction": one.fraction, "feedback": one.feedback}
            for one in body.answers
        ]
        return Filled(fields={"case_sensitive": body.case_sensitive}, rows={"answers": rows})

    def body(self, stem: Rich) -> ShortText:
        answers = (
            Accepted(
                text=row["text"],
                fraction=Decimal(1) if row["fraction"] is None else row["fraction"],
                feedback=row["feedback"],
                pattern=row["pattern"],
            )
            for row in self.listed("answers")
        )
        return ShortText(answers=tuple(answers), case_sensitive=self.said["case_sensitive"])


EDITOR = ShortTextEditor
