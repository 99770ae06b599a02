"""Blocks that point to other pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class PlayLinkBlock(blocks.StructBlock):
    """A link to a play, with its title and summary."""

    play = blocks.PageChooserBlock(page_type="playbook.PlayPage", label=_("Play"))

    class Meta:
        icon = "link"
        group = _("Reuse")
        template = "blocks/play_link.html"
        label = _("Link to a play")
        description = _("Sends the reader to the guidance in the playbook.")
        # It shows what a page passes in, so its preview has a template of its own.
        preview_template = "blocks/previews/play_link.html"
