"""Blocks that show questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.choosers import item_chooser_viewset

ItemChooserBlock = item_chooser_viewset.get_block_class(
    name="ItemChooserBlock", module_path="assessments.blocks"
)


class KnowledgeCheckBlock(blocks.StructBlock):
    """A question of a bank, asked in a lesson: ungraded, with explained feedback."""

    item = ItemChooserBlock(label=_("Question"))

    class Meta:
        icon = "help"
        group = _("Practice")
        template = "blocks/knowledge_check.html"
        label = _("Knowledge check")
        description = _("A question that the learner answers as often as they like.")
        preview_value = {"item": None}
