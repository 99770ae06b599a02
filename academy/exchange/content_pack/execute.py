"""Taking the steps of a plan, all in one transaction."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page

from academy.exchange.content_pack.content import fill, wanted_content
from academy.exchange.content_pack.languages import write_languages
from academy.exchange.content_pack.plan import Action, Plan, find_pages
from academy.exchange.content_pack.questions import write_banks, write_items
from academy.exchange.content_pack.refs import Refs
from academy.exchange.content_pack.tree import Node, Path
from academy.framework.api import publish_edition
from academy.lib.problems import Problem
from academy.pages.domain.publishing import arrange_children, draft_page, publish_page
from academy.pages.domain.sites import open_site


class PackRefused(Exception):
    """The pack can't be loaded, and nothing was written; ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@transaction.atomic
def execute(plan: Plan, *, at: datetime) -> None:
    """Write what the plan says, or nothing. Raises PackRefused when a page can't be stored."""
    for source in plan.sources:
        publish_edition(source=source, at=at)
    nodes = tuple(step.node for step in plan.pages)
    Locale.objects.get_or_create(language_code=plan.pack.source)
    banks = write_banks(plan.pack)
    # Pages and questions point to one another, so every page is there before any is filled in.
    pages = find_pages(nodes, plan.pack.source)[0]
    for step in plan.pages:
        if step.action is Action.CREATE:
            pages[step.node.path] = _draft(step.node, pages, plan.pack.source, at)
    ids = {path: page.pk for path, page in pages.items()}
    write_items(plan.pack, banks, Refs(nodes, ids), at=at)
    refs = Refs(nodes, ids)
    for step in plan.pages:
        if step.action in {Action.CREATE, Action.UPDATE}:
            _publish(step.node, ids[step.node.path], refs)
    home = Page.objects.get(pk=ids[()]).specific
    open_site(home=home)
    write_languages(steps=plan.languages, pack=plan.pack, home=home, at=at)
    _arrange(nodes, ids)


def _draft(node: Node, pages: dict[Path, Page], language: str, at: datetime) -> Page:
    """Add a page without its body and links."""
    page = apps.get_model(node.model)(
        slug=node.slug, translation_key=node.key, locale=Locale.objects.get(language_code=language)
    )
    # Banks are there already; a page that needs one cannot wait for it.
    fill(page, wanted_content(node, Refs((), {})), links=False)
    parent = Page.objects.get(pk=pages[node.path[:-1]].pk) if node.path else Page.get_first_root_node()
    with _told_of(node):
        return draft_page(parent=parent, page=page, at=at)


def _publish(node: Node, pk: int, refs: Refs) -> None:
    page = Page.objects.get(pk=pk).specific
    fill(page, wanted_content(node, refs))
    with _told_of(node):
        publish_page(page=page)


class _told_of:  # noqa: N801 -- a context manager, used as a verb
    """Turns what the page's own checks refuse into a problem of its file."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ValidationError):
            message = " ".join(error.messages)
            raise PackRefused((Problem(file=self.node.file, line=0, message=message),)) from error


def _arrange(nodes: tuple[Node, ...], ids: dict[Path, int]) -> None:
    """Bring siblings into their order, in every language."""
    below = [node for node in nodes if node.path]
    below.sort(key=lambda node: node.path[:-1])
    for parent, children in groupby(below, key=lambda node: node.path[:-1]):
        order = [node.key for node in nodes if node in set(children)]
        for page in Page.objects.filter(translation_key=Page.objects.get(pk=ids[parent]).translation_key):
            keys = dict(page.get_children().values_list("translation_key", "pk"))
            arrange_children(parent=page, order=[keys[key] for key in order if key in keys])
