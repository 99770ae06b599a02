"""Writing a question for how sure somebody is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import SelfRating
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import TextField
from assessments.item_types.editor_rows import Row, RowSet
from assessments.item_types.rich import Rich


class RatingRow(Row):
    """One level."""

    text = TextField(label=_("Level"), required=False)


class SelfRatingEditor(Editor[SelfRating]):
    """Levels from least to most."""

    kind = "self_rating"
    says = _("Learners say how sure they are. It earns nothing, and nothing is wrong.")
    sets = (
        RowSet(
            name="levels",
            title=_("Levels, from least to most"),
            one=_("Level"),
            add=_("Add another level"),
            varieties={"": RatingRow},
            blank=4,
        ),
    )

    @classmethod
    def initial_from(cls, body: SelfRating) -> Filled:
        return Filled(rows={"levels": [{"text": text} for text in body.levels]})

    def body(self, stem: Rich) -> SelfRating:
        return SelfRating(levels=tuple(row["text"] for row in self.listed("levels")))


EDITOR = SelfRatingEditor
