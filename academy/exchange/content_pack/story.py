"""Neutral blocks to what a StreamField stores, with ids that stay the same as long as the text does."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from academy.standards.content_pack.blocks import (
    Block,
    Callout,
    Check,
    Details,
    DosDonts,
    Grid,
    Outcomes,
    PlayLink,
    Prose,
    Quote,
    Recap,
    Reflection,
    Scenario,
    Steps,
    Table,
    WarningText,
    WorkedExample,
)

NAMESPACE = uuid.UUID("6c1f0a1e-9f0b-4c55-8f5e-2d4f6f3f7a10")

Raw = dict[str, Any]
# What a link leads to, or None as long as that does not exist.
Find = Callable[[str], int | None]


class Story:
    """Writes the body of one page. ``play`` and ``item`` find what blocks point to."""

    def __init__(self, page: str, *, play: Find, item: Find) -> None:
        self.page = page
        self.play = play
        self.item = item

    def raw(self, blocks: Iterable[Block]) -> list[Raw]:
        """Return the blocks as the StreamField stores them."""
        return [self.block(str(index), *self.value(str(index), block)) for index, block in enumerate(blocks)]

    def value(self, place: str, block: Block) -> tuple[str, Any]:
        """Return name and value of a block."""
        return WRITERS[type(block)](self, place, block)

    def block(self, place: str, name: str, value: Any) -> Raw:
        """Return a block with its id, made from the page and its place."""
        return {"type": name, "value": value, "id": str(uuid.uuid5(NAMESPACE, f"{self.page}/{place}/{name}"))}

    def entries(self, place: str, values: Iterable[Any]) -> list[Raw]:
        """Return the items of a list."""
        return [self.block(f"{place}/{index}", "item", value) for index, value in enumerate(values)]

    def rows(self, place: str, rows: Sequence[Sequence[str]]) -> list[Raw]:
        """Return a table: a list of lists of cells."""
        return self.entries(place, [self.entries(f"{place}/{index}", row) for index, row in enumerate(rows)])

    def items(self, name: str, place: str, block: Outcomes | Recap | Steps) -> Raw:
        """Return a block that is one list."""
        return {name: self.entries(f"{place}/{name}", block.items)}

    def dos_donts(self, place: str, block: DosDonts) -> Raw:
        """Return the two lists."""
        return {"dos": self.entries(f"{place}/dos", block.dos), "donts": self.entries(f"{place}/donts", block.donts)}

    def worked_example(self, place: str, block: WorkedExample) -> Raw:
        """Return title, texts and tables."""
        body = []
        for index, part in enumerate(block.parts):
            spot = f"{place}/body/{index}"
            if isinstance(part, Grid):
                body.append(self.block(spot, "table", self.rows(spot, part.rows)))
            else:
                body.append(self.block(spot, "text", part.html))
        return {"title": block.title, "body": body}


WRITERS: dict[type[Block], Callable[[Story, str, Any], tuple[str, Any]]] = {
    Prose: lambda _story, _place, block: ("prose", block.html),
    Callout: lambda _story, _place, block: ("callout", {"title": block.title, "text": block.html}),
    WarningText: lambda _story, _place, block: ("warning", {"text": block.html}),
    Details: lambda _story, _place, block: ("details", {"summary": block.title, "text": block.html}),
    Quote: lambda _story, _place, block: ("quote", {"text": block.html, "attribution": block.attribution}),
    Scenario: lambda _story, _place, block: ("scenario", {"title": block.title, "text": block.html}),
    Reflection: lambda _story, _place, block: ("reflection", {"text": block.html}),
    Steps: lambda story, place, block: ("steps", story.items("steps", place, block)),
    Outcomes: lambda story, place, block: ("outcomes", story.items("outcomes", place, block)),
    Recap: lambda story, place, block: ("recap", story.items("points", place, block)),
    DosDonts: lambda story, place, block: ("dos_donts", story.dos_donts(place, block)),
    WorkedExample: lambda story, place, block: ("worked_example", story.worked_example(place, block)),
    Table: lambda story, place, block: (
        "data_table",
        {"caption": block.caption, "rows": story.rows(f"{place}/rows", block.grid.rows)},
    ),
    PlayLink: lambda story, _place, block: ("play_link", {"play": story.play(block.play.code)}),
    Check: lambda story, _place, block: ("knowledge_check", {"item": story.item(block.item.code)}),
}
