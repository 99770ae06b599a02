"""Text and what stands beside it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT = _("Text")

INLINE = ["bold", "italic", "code", "link"]
PROSE = [*INLINE, "ol", "ul"]
PROSE_WITH_HEADINGS = ["h2", "h3", "h4", *PROSE]


class ProseBlock(blocks.RichTextBlock):
    """Running text with headings."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": PROSE_WITH_HEADINGS, **kwargs})

    class Meta:
        icon = "pilcrow"
        group = TEXT
        template = "blocks/prose.html"
        label = _("Text")
        description = _("Paragraphs, headings, lists and links.")
        preview_value = "<h2>Score alone first</h2><p>Nobody sees another's score until all are locked.</p>"


class CalloutBlock(blocks.StructBlock):
    """Text that stands out."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "info-circle"
        group = TEXT
        template = "blocks/callout.html"
        label = _("Callout")
        description = _("A short passage that must not be missed.")
        preview_value = {"title": "Why this matters", "text": "<p>A changed criterion is a changed contest.</p>"}


class WarningBlock(blocks.StructBlock):
    """One sentence that prevents harm."""

    text = blocks.RichTextBlock(label=_("Text"), features=INLINE)

    class Meta:
        icon = "warning"
        group = TEXT
        template = "blocks/warning.html"
        label = _("Warning")
        description = _("One sentence about what goes wrong, and how to prevent it.")
        preview_value = {"text": "<p>Never open a price envelope before quality scores are locked.</p>"}


class DetailsBlock(blocks.StructBlock):
    """Text behind a heading that opens."""

    summary = blocks.CharBlock(label=_("Question or heading"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "collapse-down"
        group = TEXT
        template = "blocks/details.html"
        label = _("Details")
        description = _("An edge case that only some readers need. Closed until opened; open in print.")
        preview_value = {"summary": "What if one bid arrives?", "text": "<p>Score it as if there were three.</p>"}


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.RichTextBlock(label=_("Words"), features=["italic"])
    attribution = blocks.CharBlock(label=_("Who said it"), max_length=150, required=False)

    class Meta:
        icon = "openquote"
        group = TEXT
        template = "blocks/quote.html"
        label = _("Quote")
        description = _("What somebody said, and who.")
        preview_value = {
            "text": "<p>Write the reason while you still have the page open.</p>",
            "attribution": "A panel chair",
        }


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    steps = blocks.ListBlock(blocks.RichTextBlock(features=PROSE, label=_("Step")), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        group = TEXT
        template = "blocks/steps.html"
        label = _("Steps")
        description = _("What to do, in order.")
        preview_value = {"steps": ["<p><b>Read</b> the criterion.</p>", "<p><b>Find</b> the evidence.</p>"]}


class DosDontsBlock(blocks.StructBlock):
    """What to do and what not to."""

    dos = blocks.ListBlock(blocks.RichTextBlock(features=INLINE, label=_("Do")), label=_("Do"), min_num=1)
    donts = blocks.ListBlock(blocks.RichTextBlock(features=INLINE, label=_("Don’t")), label=_("Don’t"), min_num=1)

    class Meta:
        icon = "tasks"
        group = TEXT
        template = "blocks/dos_donts.html"
        label = _("Dos and don’ts")
        description = _("Two lists side by side.")
        preview_value = {
            "dos": ["<p>Write a reason for each score</p>"],
            "donts": ["<p>Average the panel’s scores</p>"],
        }


class DataTableBlock(blocks.StructBlock):
    """A table with a caption. The first row holds the headings."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=200)
    rows = blocks.ListBlock(
        blocks.ListBlock(blocks.CharBlock(required=False, label=_("Cell")), label=_("Row"), min_num=1),
        label=_("Rows"),
        min_num=2,
        help_text=_("The first row holds the headings."),
    )

    class Meta:
        icon = "table"
        group = TEXT
        template = "blocks/data_table.html"
        label = _("Table")
        description = _("Figures or words in rows and columns, with a caption.")
        preview_value = {"caption": "Scores", "rows": [["Bid", "Score"], ["A", "2"], ["B", "3"]]}
