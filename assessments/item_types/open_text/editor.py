"""Writing a question for a long answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types import bodies
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import CountField, RichField
from assessments.item_types.editor_parts import RUBRIC, rubric_shown, rubric_written
from assessments.item_types.editor_rows import Piece
from assessments.item_types.rich import Rich


class OpenTextForm(Piece):
    """How the answer is written, and what markers are told."""

    least_words = CountField(label=_("At least so many words"), usual=0, help_text=_("0: no limit."))
    most_words = CountField(label=_("At most so many words"), usual=0, help_text=_("0: no limit."))
    lines = CountField(label=_("Height of the field, in lines"), usual=10)
    editor = forms.ChoiceField(
        label=_("Learners write"),
        choices=[
            (bodies.Editor.PLAIN.value, _("plain text")),
            (bodies.Editor.MONOSPACED.value, _("plain text with letters of one width")),
            (bodies.Editor.RICH.value, _("text with headings and lists")),
        ],
        initial=bodies.Editor.PLAIN.value,
    )
    template = RichField(label=_("What stands in the field to begin with"), rows=3)
    marker_notes = RichField(label=_("Notes for markers"), rows=3, help_text=_("Learners never see them."))


class OpenTextEditor(Editor[bodies.OpenText]):
    """A long answer with its rubric."""

    kind = "open_text"
    says = _("Learners answer in their own words; a person marks it by your rubric.")
    form = OpenTextForm
    sets = (RUBRIC,)

    @classmethod
    def initial_from(cls, body: bodies.OpenText) -> Filled:
        fields = {
            "least_words": body.least_words,
            "most_words": body.most_words,
            "lines": body.lines,
            "editor": body.editor.value,
            "template": body.template,
            "marker_notes": body.marker_notes,
        }
        return Filled(fields=fields, rows={"rubric": rubric_shown(body.rubric)})

    def body(self, stem: Rich) -> bodies.OpenText:
        return bodies.OpenText(
            **{**self.said, "editor": bodies.Editor(self.said["editor"])},
            rubric=rubric_written(self.listed("rubric")),
        )


EDITOR = OpenTextEditor
