"""Writing pairs."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import Matching, Pair
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import NumberField, RichField, TextField
from assessments.item_types.editor_rows import KeyField, Piece, Row, RowSet
from assessments.item_types.rich import Rich

ONE = Decimal(1)


class PairRow(Row):
    """A stem and its match."""

    usual = frozenset({"weight"})

    key = KeyField()
    stem = RichField(label=_("Stem"))
    match = TextField(label=_("What belongs to it"), required=False)
    weight = NumberField(label=_("Weight"), required=False, initial=ONE, help_text=_("2 counts twice as much as 1."))


class DistractorRow(Row):
    """A match of no stem."""

    text = TextField(label=_("Match of no stem"), required=False)


class MatchingForm(Piece):
    """How pairs are marked."""

    all_or_nothing = forms.BooleanField(label=_("All or nothing: every pair must be right"), required=False)
    shuffle = forms.BooleanField(
        label=_("Mix the stems for each learner"), required=False, initial=True, help_text=_("Matches always are.")
    )


class MatchingEditor(Editor[Matching]):
    """Pairs, and matches that belong to no stem."""

    kind = "matching"
    says = _("Learners find for each thing of a list what belongs to it in another.")
    form = MatchingForm
    sets = (
        RowSet(
            name="pairs",
            title=_("Pairs"),
            one=_("Pair"),
            add=_("Add another pair"),
            varieties={"": PairRow},
            help=_("The same match may belong to several stems."),
            blank=3,
        ),
        RowSet(
            name="distractors",
            title=_("Matches of no stem"),
            one=_("Match of no stem"),
            add=_("Add another match"),
            varieties={"": DistractorRow},
            help=_("With at least one, the last pair is not found by leaving out."),
        ),
    )

    @classmethod
    def initial_from(cls, body: Matching) -> Filled:
        pairs = [{"key": one.key, "stem": one.stem, "match": one.match, "weight": one.weight} for one in body.pairs]
        return Filled(
            fields={"all_or_nothing": body.all_or_nothing, "shuffle": body.shuffle},
            rows={"pairs": pairs, "distractors": [{"text": text} for text in body.distractors]},
        )

    def body(self, stem: Rich) -> Matching:
        pairs = (
            Pair(
                key=row["key"],
                stem=row["stem"],
                match=row["match"],
                weight=ONE if row["weight"] is None else row["weight"],
            )
            for row in self.listed("pairs")
        )
        return Matching(
            pairs=tuple(pairs),
            distractors=tuple(row["text"] for row in self.listed("distractors")),
            all_or_nothing=self.said["all_or_nothing"],
            shuffle=self.said["shuffle"],
        )


EDITOR = MatchingEditor
