"""Writing a text between questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import Description
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.rich import Rich


class DescriptionEditor(Editor[Description]):
    """Its text is all there is."""

    kind = "description"
    says = _("A text between questions. Nothing is asked.")

    @classmethod
    def initial_from(cls, body: Description) -> Filled:  # noqa: ARG003 -- there is nothing to show of it
        return Filled()

    def body(self, stem: Rich) -> Description:
        return Description()


EDITOR = DescriptionEditor
