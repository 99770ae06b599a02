"""Blocks that show questions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.choosers import item_chooser_viewset
from assessments.item_types.rich import Rich

ItemChooserBlock = item_chooser_viewset.get_block_class(name="ItemChooserBlock", module_path="assessments.blocks")


class KnowledgeCheckBlock(blocks.StructBlock):
    """A question of a bank, asked in a lesson: ungraded, with explained feedback."""

    item = ItemChooserBlock(label=_("Question"))

    class Meta:
        icon = "help"
        group = _("Practice")
        template = "blocks/knowledge_check.html"
        label = _("Knowledge check")
        description = _("A question that the learner answers as often as they like.")
        # It shows what a lesson passes in, so its preview has a template of its own.
        preview_template = "blocks/previews/knowledge_check.html"

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add a question of no bank."""
        choices = [
            {"key": "a", "text": Rich(gettext("The right answer, explained when it is chosen"))},
            {"key": "b", "text": Rich(gettext("A wrong answer, explained too"))},
        ]
        asked = {
            "template": "single_choice/learner.html",
            "language": get_language(),
            "stem": Rich(gettext("Your question")),
            "fields": {"field": "option", "choices": choices},
            "pictures": {},
        }
        return {**super().get_preview_context(value, parent_context), "asked": asked}
