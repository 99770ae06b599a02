"""The blocks that authors build pages from, one family a file."""

from academy.pages.blocks.learn import (
    OutcomesBlock,
    RecapBlock,
    ReflectionBlock,
    ScenarioBlock,
    WorkedExampleBlock,
)
from academy.pages.blocks.reuse import PlayLinkBlock
from academy.pages.blocks.story import StoryBlock
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

__all__ = [
    "CalloutBlock",
    "DataTableBlock",
    "DetailsBlock",
    "DosDontsBlock",
    "OutcomesBlock",
    "PlayLinkBlock",
    "ProseBlock",
    "QuoteBlock",
    "RecapBlock",
    "ReflectionBlock",
    "ScenarioBlock",
    "StepsBlock",
    "StoryBlock",
    "WarningBlock",
    "WorkedExampleBlock",
]
