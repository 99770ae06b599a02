"""Writing a text with gaps that words of a list fill."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import GapFill, Word
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import CountField, TextField
from assessments.item_types.editor_rows import Piece, Row, RowSet
from assessments.item_types.rich import Rich
from assessments.item_types.stems import GAP_FILL, cut


class WordRow(Row):
    """A word of the list."""

    usual = frozenset({"group", "reuse"})

    text = TextField(label=_("Word"), required=False)
    group = CountField(label=_("Group"), usual=1, help_text=_("A gap offers the words of its own group."))
    reuse = forms.BooleanField(label=_("It may fill several gaps"), required=False, initial=True)


class GapFillForm(Piece):
    """How gaps are marked."""

    all_or_nothing = forms.BooleanField(label=_("All or nothing: every gap must be right"), required=False)
    shuffle = forms.BooleanField(label=_("Mix the words for each learner"), required=False, initial=True)


class GapFillEditor(Editor[GapFill]):
    """Words; the gaps stand in the text."""

    kind = "gap_fill"
    says = _("A text with gaps, each filled with a word of a list.")
    guide = _(
        "Write [[1]] into the text where the first word of the list belongs, [[2]] for the second. "
        "Words that are in no gap mislead. The number is the place in the list: mind it when you move words."
    )
    form = GapFillForm
    sets = (
        RowSet(
            name="words",
            title=_("Words"),
            one=_("Word"),
            add=_("Add another word"),
            varieties={"": WordRow},
            blank=4,
            numbered=True,
        ),
    )

    @classmethod
    def initial_from(cls, body: GapFill) -> Filled:
        words = [{"text": word.text, "group": word.group, "reuse": word.reuse} for word in body.words]
        return Filled(fields={"all_or_nothing": body.all_or_nothing, "shuffle": body.shuffle}, rows={"words": words})

    def body(self, stem: Rich) -> GapFill:
        return GapFill(
            words=tuple(Word(text=row["text"], group=row["group"], reuse=row["reuse"]) for row in self.listed("words")),
            gaps=cut(stem, GAP_FILL).gaps,
            all_or_nothing=self.said["all_or_nothing"],
            shuffle=self.said["shuffle"],
        )


EDITOR = GapFillEditor
