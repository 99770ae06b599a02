"""Blocks that teach."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from academy.pages.blocks.text import INLINE, PROSE

LEARN = _("Learn")


class OutcomesBlock(blocks.StructBlock):
    """What the reader will be able to do."""

    outcomes = blocks.ListBlock(
        blocks.RichTextBlock(features=INLINE, label=_("Outcome")), label=_("Outcomes"), min_num=1
    )

    class Meta:
        icon = "crosshairs"
        group = LEARN
        template = "blocks/outcomes.html"
        label = _("Outcomes")
        description = _("What the learner can do at the end.")
        preview_value = {"outcomes": ["<p>Say why you score alone before you talk</p>"]}


class WorkedExampleBlock(blocks.StructBlock):
    """A case worked through, with tables where they help."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    body = blocks.StreamBlock(
        [
            ("text", blocks.RichTextBlock(label=_("Text"), features=["h3", "h4", *PROSE], icon="pilcrow")),
            (
                "table",
                blocks.ListBlock(
                    blocks.ListBlock(blocks.CharBlock(required=False, label=_("Cell")), label=_("Row")),
                    label=_("Table"),
                    icon="table",
                    help_text=_("The first row holds the headings."),
                ),
            ),
        ],
        label=_("Text and tables"),
    )

    class Meta:
        icon = "edit"
        group = LEARN
        template = "blocks/worked_example.html"
        label = _("Worked example")
        description = _("One case worked through to its result.")
        preview_value = {
            "title": "Scoring criterion 2",
            "body": [
                ("text", "<p>Bid B names the people and their days.</p>"),
                ("table", [["Bid", "Score"], ["B", "3"]]),
            ],
        }


class ScenarioBlock(blocks.StructBlock):
    """A situation to think into."""

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "group"
        group = LEARN
        template = "blocks/scenario.html"
        label = _("Scenario")
        description = _("A situation from work, told briefly.")
        preview_value = {"title": "A message from the supplier", "text": "<p>It is Friday evening…</p>"}


class ReflectionBlock(blocks.StructBlock):
    """A question to the reader."""

    text = blocks.RichTextBlock(label=_("Question"), features=INLINE)

    class Meta:
        icon = "help"
        group = LEARN
        template = "blocks/reflection.html"
        label = _("Reflection")
        description = _("One question that the learner answers for themselves.")
        preview_value = {"text": "<p>When did you last change a score after talking to a colleague?</p>"}


class RecapBlock(blocks.StructBlock):
    """What to keep."""

    points = blocks.ListBlock(blocks.RichTextBlock(features=INLINE, label=_("Point")), label=_("Points"), min_num=1)

    class Meta:
        icon = "check"
        group = LEARN
        template = "blocks/recap.html"
        label = _("Recap")
        description = _("The few points worth keeping.")
        preview_value = {"points": ["<p>Score first, talk after</p>"]}
