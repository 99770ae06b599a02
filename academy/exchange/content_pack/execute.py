"""Taking the steps of a plan, all in one transaction."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import datetime

from django.apps import apps
from django.db import transaction
from wagtail.models import Locale, Page

from academy.exchange.content_pack.content import fill, wanted_content
from academy.exchange.content_pack.languages import write_languages
from academy.exchange.content_pack.plan import Action, Plan, find_pages
from academy.exchange.content_pack.questions import write_banks, write_items
from academy.exchange.content_pack.refs import Refs
from academy.exchange.content_pack.tree import Node, Path
from academy.framework.api import publish_edition
from academy.pages.domain.publishing import arrange_children, draft_page, publish_page
from academy.pages.domain.sites import open_site


@transaction.atomic
def execute(plan: Plan, *, at: datetime) -> None:
    """Write what the plan says, or nothing."""
    for source in plan.sources:
        publish_edition(source=source, at=at)
    nodes = tuple(step.node for step in plan.pages)
    Locale.objects.get_or_create(language_code=plan.pack.source)
    banks = write_banks(plan.pack)
    # Pages and questions point to one another, so every page is there before any is filled in.
    pages = find_pages(nodes, plan.pack.source)[0]
    unlinked = Refs(nodes, {})
    for step in plan.pages:
        if step.action is Action.CREATE:
            pages[step.node.path] = _draft(step.node, pages, unlinked, plan.pack.source, at)
    ids = {path: page.pk for path, page in pages.items()}
    write_items(plan.pack, banks, Refs(nodes, ids), at=at)
    refs = Refs(nodes, ids)
    for step in plan.pages:
        if step.action in {Action.CREATE, Action.UPDATE}:
            _publish(step.node, ids[step.node.path], refs)
    home = Page.objects.get(pk=ids[()]).specific
    open_site(home=home)
    write_languages(steps=plan.languages, pack=plan.pack, home=home, at=at)
    _arrange(nodes, pages)


def _draft(node: Node, pages: dict[Path, Page], refs: Refs, language: str, at: datetime) -> Page:
    """Add a page without its body and links."""
    page = apps.get_model(node.model)(
        slug=node.slug, translation_key=node.key, locale=Locale.objects.get(language_code=language)
    )
    fill(page, wanted_content(node, refs), links=False)
    parent = Page.objects.get(pk=pages[node.path[:-1]].pk) if node.path else Page.get_first_root_node()
    return draft_page(parent=parent, page=page, at=at)


def _publish(node: Node, pk: int, refs: Refs) -> None:
    page = Page.objects.get(pk=pk).specific
    fill(page, wanted_content(node, refs))
    publish_page(page=page)


def _arrange(nodes: tuple[Node, ...], pages: dict[Path, Page]) -> None:
    """Bring siblings into their order, in every language."""
    below: dict[Path, list[uuid.UUID]] = defaultdict(list)
    for node in nodes:
        if node.path:
            below[node.path[:-1]].append(pages[node.path].translation_key)
    for path, keys in below.items():
        for parent in Page.objects.filter(translation_key=pages[path].translation_key):
            children = dict(parent.get_children().values_list("translation_key", "pk"))
            arrange_children(parent=parent, order=[children[key] for key in keys if key in children])
