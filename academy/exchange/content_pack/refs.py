"""What codes and slugs of a pack stand for in the database: ids, or None for what is not there (yet)."""

from __future__ import annotations

from collections.abc import Collection

from academy.exchange.content_pack.tree import Node
from academy.framework.domain.lookups import current_roles, current_skills
from academy.standards.content_pack.documents import CaseStudy, Document, Lesson, Play, Principle, Stage
from assessments.models import Item, ItemBank

Path = tuple[str, ...]


class Refs:
    """Finds ids. ``pages`` are those of the nodes that exist, by path.

    Skills and roles of the frameworks whose codes are in ``renewed`` count as not there: their new edition is
    yet to be published, and its rows will be others.
    """

    def __init__(
        self, nodes: Collection[Node], pages: dict[Path, int], *, renewed: Collection[str] = frozenset()
    ) -> None:
        self._paths = {(type(node.document), node.slug): node.path for node in nodes if node.document and node.path}
        self._pages = pages
        # The first framework that has a code is the one it means.
        self._skills = {
            skill.slug: None if skill.edition.framework.code in renewed else skill.pk
            for skill in reversed(list(current_skills()))
        }
        self._roles = {
            role.slug: None if role.edition.framework.code in renewed else role.pk
            for role in reversed(list(current_roles()))
        }
        self._items = dict(Item.objects.values_list("code", "pk"))
        self._banks = dict(ItemBank.objects.values_list("code", "pk"))

    def skill(self, code: str) -> int | None:
        """Return the id of a skill."""
        return self._skills.get(code)

    def role(self, code: str) -> int | None:
        """Return the id of a role."""
        return self._roles.get(code)

    def item(self, code: str) -> int | None:
        """Return the id of a question."""
        return self._items.get(code)

    def bank(self, code: str) -> int | None:
        """Return the id of a bank."""
        return self._banks.get(code)

    def play(self, slug: str) -> int | None:
        """Return the id of a play."""
        return self._page(Play, slug)

    def principle(self, slug: str) -> int | None:
        """Return the id of a principle."""
        return self._page(Principle, slug)

    def case_study(self, slug: str) -> int | None:
        """Return the id of a case study."""
        return self._page(CaseStudy, slug)

    def stage(self, slug: str) -> int | None:
        """Return the id of a stage."""
        return self._page(Stage, slug)

    def lesson(self, slug: str) -> int | None:
        """Return the id of a lesson."""
        return self._page(Lesson, slug)

    def _page(self, kind: type[Document], slug: str) -> int | None:
        path = self._paths.get((kind, slug))
        return None if path is None else self._pages.get(path)
