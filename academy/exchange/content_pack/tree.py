"""The pages that a pack wants, each with its place in the tree and its identity in every language."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from academy.standards.content_pack.documents import (
    Assessment,
    CaseStudies,
    CaseStudy,
    Course,
    Courses,
    Document,
    Home,
    Lesson,
    Module,
    Pack,
    Play,
    Playbook,
    Principle,
    Principles,
    Stage,
)

# Pages are recognised by a key made from their place in the pack, wherever somebody moved them in the CMS.
NAMESPACE = uuid.UUID("0d9f7b5e-3a52-4f6b-9a61-5b7c2f1c8e4d")

MODELS: dict[type[Document], str] = {
    Home: "home.HomePage",
    Playbook: "playbook.PlaybookIndexPage",
    Stage: "playbook.StagePage",
    Play: "playbook.PlayPage",
    Principles: "playbook.PrincipleIndexPage",
    Principle: "playbook.PrinciplePage",
    CaseStudies: "playbook.CaseStudyIndexPage",
    CaseStudy: "playbook.CaseStudyPage",
    Courses: "courses.CourseIndexPage",
    Course: "courses.CoursePage",
    Module: "courses.ModulePage",
    Lesson: "courses.LessonPage",
    Assessment: "assessments.AssessmentPage",
}
COUNTRY = "playbook.CaseStudyCountryPage"

Path = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """One page. ``document`` is None for a country, which has a folder and no file; ``title`` is then its name."""

    path: Path
    slug: str
    model: str
    file: str
    title: str
    summary: str
    order: tuple[int, str]
    document: Document | None

    @property
    def key(self) -> uuid.UUID:
        """The translation key: what the page is called in the record, in every language."""
        return uuid.uuid5(NAMESPACE, "/".join(self.path))

    @property
    def label(self) -> str:
        """How the plan names the page."""
        return "/".join(self.path) or "home"


def build_tree(pack: Pack) -> tuple[Node, ...]:
    """Return the pages of a pack: each after the page above it, siblings in their order."""
    nodes = {document.path: _node(pack, document) for document in pack.documents}
    for document in pack.documents:
        if isinstance(document, CaseStudy):
            country = _country(document)
            nodes.setdefault(country.path, country)

    def trail(node: Node) -> tuple[tuple[int, str], ...]:
        return tuple(nodes[node.path[:depth]].order for depth in range(len(node.path) + 1))

    return tuple(sorted(nodes.values(), key=trail))


def _node(pack: Pack, document: Document) -> Node:
    return Node(
        path=document.path,
        # The home page bears the language's code, as its siblings in other languages do.
        slug=document.slug or pack.source,
        model=MODELS[type(document)],
        file=document.file,
        title=document.title,
        summary=document.summary,
        order=(document.order, document.slug),
        document=document,
    )


def _country(case: CaseStudy) -> Node:
    path = case.path[:-1]
    return Node(
        path=path,
        slug=path[-1],
        model=COUNTRY,
        file=case.file,
        title=case.country,
        summary=f"Case studies from {case.country}.",
        order=(0, path[-1]),
        document=None,
    )
