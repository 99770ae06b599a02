"""The stream that page bodies use."""

from __future__ import annotations

from wagtail import blocks

from academy.pages.blocks.learn import (
    OutcomesBlock,
    RecapBlock,
    ReflectionBlock,
    ScenarioBlock,
    WorkedExampleBlock,
)
from academy.pages.blocks.reuse import PlayLinkBlock
from academy.pages.blocks.text import (
    CalloutBlock,
    DataTableBlock,
    DetailsBlock,
    DosDontsBlock,
    ProseBlock,
    QuoteBlock,
    StepsBlock,
    WarningBlock,
)


class StoryBlock(blocks.StreamBlock):
    """Everything that a page's body may hold."""

    prose = ProseBlock()
    callout = CalloutBlock()
    warning = WarningBlock()
    details = DetailsBlock()
    quote = QuoteBlock()
    steps = StepsBlock()
    dos_donts = DosDontsBlock()
    data_table = DataTableBlock()
    outcomes = OutcomesBlock()
    worked_example = WorkedExampleBlock()
    scenario = ScenarioBlock()
    reflection = ReflectionBlock()
    recap = RecapBlock()
    play_link = PlayLinkBlock()

    class Meta:
        template = "blocks/story.html"
