"""What loading a pack would do: looked up, compared, not done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps
from wagtail.models import Locale, Page

from academy.exchange.content_pack.content import present_content, wanted_content
from academy.exchange.content_pack.languages import LanguageStep, plan_languages
from academy.exchange.content_pack.questions import ItemStep, plan_items
from academy.exchange.content_pack.refs import Refs
from academy.exchange.content_pack.tree import Node, Path, build_tree
from academy.framework.api import EditionPlan, FrameworkSource, UnknownSkill, VersionTaken, plan_edition
from academy.lib.problems import Problem
from academy.standards.content_pack import Pack


class Action(StrEnum):
    """What becomes of a page."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageStep:
    """What becomes of one page, and why when it is kept."""

    node: Node
    action: Action
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Every step, in the order in which it is taken. With ``problems``, none is."""

    pack: Pack
    sources: tuple[FrameworkSource, ...]
    frameworks: tuple[EditionPlan, ...]
    pages: tuple[PageStep, ...]
    items: tuple[ItemStep, ...]
    # Codes of questions that are in the pack's banks and no longer in the pack. They stay.
    left: tuple[str, ...]
    languages: tuple[LanguageStep, ...]
    problems: tuple[Problem, ...]

    def count(self, action: Action) -> int:
        """Return how many pages have this action."""
        return sum(step.action is action for step in self.pages)


def plan_pack(*, pack: Pack, sources: tuple[FrameworkSource, ...], overwrite: bool) -> Plan:
    """Compare a pack without problems with what is stored."""
    frameworks, problems = _plan_frameworks(sources)
    nodes = build_tree(pack)
    pages, misplaced = find_pages(nodes, pack.source)
    renewed = {plan.code for plan in frameworks if not plan.unchanged}
    refs = Refs(nodes, {path: page.pk for path, page in pages.items()}, renewed=renewed)
    items, left = plan_items(pack, refs)
    steps = tuple(_plan_page(node, pages.get(node.path), refs, overwrite=overwrite) for node in nodes)
    home_is_ours = steps[0].action is not Action.KEPT
    return Plan(
        pack=pack,
        sources=sources,
        frameworks=frameworks,
        pages=steps,
        items=items,
        left=left,
        languages=plan_languages(
            pack=pack,
            pages=[page.translation_key for page in pages.values()],
            missing=len(nodes) - len(pages),
            home=pages.get(()),
            home_changes=steps[0].action in {Action.CREATE, Action.UPDATE},
            home_is_ours=home_is_ours,
            overwrite=overwrite,
        ),
        problems=(*problems, *misplaced),
    )


def find_pages(nodes: tuple[Node, ...], language: str) -> tuple[dict[Path, Page], tuple[Problem, ...]]:
    """Return the page of each node that has one, of its specific class, and a problem for each place that is taken.

    A page is known by its key or, when somebody made it by hand, by its type and its place.
    """
    locale = Locale.objects.filter(language_code=language).first()
    stored = Page.objects.filter(locale=locale, translation_key__in=[node.key for node in nodes]).specific()
    by_key = {page.translation_key: page for page in stored.select_related("latest_revision")}
    pages: dict[Path, Page] = {}
    problems = []
    for node in nodes:
        parent = pages.get(node.path[:-1]) if node.path else Page.get_first_root_node()
        page = by_key.get(node.key) or _page_at(node, parent)
        if page is None:
            continue
        if isinstance(page, apps.get_model(node.model)):
            pages[node.path] = page
        else:
            message = f"The address “{page.url_path}” belongs to a page of another type: move that one in the CMS."
            problems.append(Problem(file=node.file, line=0, message=message))
    return pages, tuple(problems)


def _page_at(node: Node, parent: Page | None) -> Page | None:
    if parent is None:
        return None
    page = parent.get_children().filter(slug=node.slug).first()
    return page.specific if page else None


def _plan_page(node: Node, page: Page | None, refs: Refs, *, overwrite: bool) -> PageStep:
    if page is None:
        return PageStep(node=node, action=Action.CREATE)
    wanted = wanted_content(node, refs)
    if page.live and present_content(page, like=wanted) == wanted:
        return PageStep(node=node, action=Action.UNCHANGED)
    reason = "" if overwrite else _touched(page)
    if reason:
        return PageStep(node=node, action=Action.KEPT, reason=reason)
    return PageStep(node=node, action=Action.UPDATE)


def _touched(page: Page) -> str:
    """Say what people did to a page since it was loaded; empty when nobody did anything."""
    if page.latest_revision and page.latest_revision.user_id:
        return "edited in the CMS"
    if not page.live and page.first_published_at:
        return "unpublished in the CMS"
    return ""


def _plan_frameworks(sources: tuple[FrameworkSource, ...]) -> tuple[tuple[EditionPlan, ...], tuple[Problem, ...]]:
    plans, problems = [], []
    for source in sources:
        try:
            plans.append(plan_edition(source=source))
        except (VersionTaken, UnknownSkill) as error:
            problems.append(Problem(file=f"framework {source.code}", line=0, message=str(error)))
    return tuple(plans), tuple(problems)
