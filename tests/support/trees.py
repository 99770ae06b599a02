"""Pages of any type with as many of everything as asked for, made by looking at the models."""

from __future__ import annotations

from typing import Any

from django.db.models import ForeignKey, Model
from wagtail.blocks import ChooserBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from academy.home.models import HomePage
from assessments.models import AssessmentPage, Item
from tests.factories.assessments import ItemVersionFactory
from tests.support.factories import factories
from tests.support.house import MODELS

LINKS = [model for model in MODELS if issubclass(model, Orderable)]


class Grower:
    """Grows pages below ``home``: each with ``count`` children, links, blocks and questions."""

    def __init__(self, home: HomePage, *, count: int) -> None:
        self.home = home
        self.count = count
        self.shelves: dict[type[Page], Page] = {}

    def page(self, kind: type[Page]) -> Page:
        """Return a full page of this kind, two levels deep; of what may stand there once, there is one."""
        # Nobody asks here where things are used, and finding out takes most of the time.
        with disable_reference_index_auto_update():
            page = self.home if kind is HomePage else self.bare(kind, parent=self.stem(kind))
            for name, blocks in self.body(kind).items():
                setattr(page, name, blocks)
            page.save()
            self.link(page)
            for child in self.children(page):
                self.link(child)
                self.children(child)
        return page

    def stem(self, kind: type[Page]) -> Page:
        """Return a new parent for a page of this kind, with ancestors that have nothing else."""
        (parent, *_others) = kind.clean_parent_page_models()
        return self.home if parent is HomePage else self.bare(parent, parent=self.stem(parent))

    def bare(self, kind: type[Page], *, parent: Page) -> Page:
        """Return a page with nothing on it or below it; an assessment has questions to draw from."""
        page: Page = factories()[kind](parent=parent)
        if isinstance(page, AssessmentPage):
            ItemVersionFactory.create_batch(self.count, item__bank=page.bank)
        return page

    def children(self, page: Page) -> list[Page]:
        """Return new pages below a page, of each kind that may stand there."""
        return [
            self.bare(kind, parent=page)
            for kind in page.allowed_subpage_models()
            for _number in range(1 if kind.max_count_per_parent else self.count)
        ]

    def link(self, page: Page) -> None:
        """Add rows of every link that a page of this kind can have, from either end."""
        for model in LINKS:
            keys = [field for field in model._meta.local_fields if isinstance(field, ForeignKey)]
            for key in keys:
                if isinstance(page, key.related_model):
                    others = {other.name: other.related_model for other in keys if other is not key}
                    for _number in range(self.count):
                        ends = {name: self.target(other) for name, other in others.items()}
                        factories()[model](**{key.name: page}, **ends)

    def target(self, model: type[Model]) -> Model:
        """Return something to point to; a page stands where visitors can reach it."""
        if model is Item:
            return ItemVersionFactory().item
        if not issubclass(model, Page):
            return factories()[model]()
        if model not in self.shelves:
            self.shelves[model] = self.stem(model)
        return self.bare(model, parent=self.shelves[model])

    def body(self, kind: type[Page]) -> dict[str, list[tuple[str, Any]]]:
        """Return each stream of a page of this kind with each block that it takes."""
        streams = [field for field in kind._meta.get_fields() if isinstance(field, StreamField)]
        return {field.name: self.stream(field.stream_block) for field in streams}

    def stream(self, stream: StreamBlock) -> list[tuple[str, Any]]:
        """Return ``count`` of each block, with the values of their previews; choosers choose something."""
        blocks = []
        for name, block in stream.child_blocks.items():
            choosers = {
                child: chooser
                for child, chooser in getattr(block, "child_blocks", {}).items()
                if isinstance(chooser, ChooserBlock)
            }
            for _number in range(self.count):
                chosen = {child: self.target(chooser.model_class) for child, chooser in choosers.items()}
                blocks.append((name, chosen or block.get_preview_value()))
        return blocks
