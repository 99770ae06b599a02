"""Writing a text with small questions in it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import Cloze, Gap
from assessments.item_types.cloze.parts import bodies_in
from assessments.item_types.editing import Editor, EditorRow, Filled
from assessments.item_types.editor_fields import CountField
from assessments.item_types.editor_rows import Piece, RowSet
from assessments.item_types.multiple_choice.editor import MultipleChoiceEditor
from assessments.item_types.numeric.editor import NumericEditor
from assessments.item_types.rich import Rich
from assessments.item_types.short_text.editor import ShortTextEditor
from assessments.item_types.single_choice.editor import SingleChoiceEditor

LAYOUTS = [
    ("list", _("in a list within the text")),
    ("vertical", _("below each other")),
    ("horizontal", _("side by side")),
]


class GapRow(EditorRow):
    """A gap: what it weighs, and a small question."""

    weight = CountField(label=_("Weight"), usual=1, help_text=_("2 counts twice as much as 1."))
    layout = forms.ChoiceField(label=_("Show its options"), choices=LAYOUTS, initial="list")


class SingleChoiceGap(GapRow):
    """One of several options."""

    editor = SingleChoiceEditor


class MultipleChoiceGap(GapRow):
    """Several of several options."""

    editor = MultipleChoiceEditor


class ShortTextGap(GapRow):
    """A word."""

    editor = ShortTextEditor


class NumericGap(GapRow):
    """A number."""

    editor = NumericEditor


class ClozeForm(Piece):
    """How gaps are marked."""

    all_or_nothing = forms.BooleanField(label=_("All or nothing: every gap must be right"), required=False)


class ClozeEditor(Editor[Cloze]):
    """Gaps; where they are stands in the text."""

    kind = "cloze"
    says = _("A text with gaps, each a small question of its own: options, a word or a number.")
    guide = _("Write {#1} into the text where gap 1 belongs, {#2} for gap 2.")
    form = ClozeForm
    sets = (
        RowSet(
            name="gaps",
            title=_("Gaps"),
            one=_("Gap"),
            add=_("Add a gap"),
            varieties={
                "single_choice": SingleChoiceGap,
                "multiple_choice": MultipleChoiceGap,
                "short_text": ShortTextGap,
                "numeric": NumericGap,
            },
            adds={
                "single_choice": _("Add a gap with one right option"),
                "multiple_choice": _("Add a gap with several right options"),
                "short_text": _("Add a gap for a word"),
                "numeric": _("Add a gap for a number"),
            },
            numbered=True,
        ),
    )

    @classmethod
    def initial_from(cls, body: Cloze) -> Filled:
        gaps = []
        for gap in body.gaps:
            kind = next(iter(bodies_in(gap)), "single_choice")
            gaps.append({"variety": kind, "weight": gap.weight, "layout": gap.layout, "body": getattr(gap, kind)})
        return Filled(fields={"all_or_nothing": body.all_or_nothing}, rows={"gaps": gaps})

    def body(self, stem: Rich) -> Cloze:
        gaps = (
            Gap(**{row["variety"]: row["body"]}, weight=row["weight"], layout=row["layout"])
            for row in self.listed("gaps")
        )
        return Cloze(gaps=tuple(gaps), all_or_nothing=self.said["all_or_nothing"])


EDITOR = ClozeEditor
