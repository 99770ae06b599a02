"""Front matter and body to a document, a function a type."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from academy.standards.content_pack.blocks import Block, Check
from academy.standards.content_pack.body import read_body
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
    Play,
    Playbook,
    Principle,
    Principles,
    Stage,
)
from academy.standards.content_pack.fields import Fields
from academy.standards.content_pack.report import Report

GOVERNMENT_LEVELS = ("national", "regional", "local")
LAST = 999

Path = tuple[str, ...]


class Common(TypedDict):
    """What every document has."""

    file: str
    path: Path
    title: str
    summary: str
    order: int
    order_line: int
    blocks: tuple[Block, ...]


def read_page(kind: str, *, path: Path, fields: Fields, report: Report) -> Document:
    """Return the document of a page type; what is wrong with it goes to the report."""
    document = READERS[kind](_common(kind, path, fields, report), fields)
    fields.finish()
    return document


def _common(kind: str, path: Path, fields: Fields, report: Report) -> Common:
    title = fields.text("title", longest=255)
    summary = fields.text("summary", longest=200)
    front = fields.front
    blocks = read_body(front.body, first_line=front.body_line, report=report)
    if blocks and kind in BODYLESS:
        report.add(blocks[0].line, "This page has no body: it lists the pages below it. Remove the text.")
    for block in blocks:
        if isinstance(block, Check) and kind != "lesson":
            report.add(block.line, "A question can stand in a lesson alone: move or remove it.")
    key, most = ORDERED.get(kind, ("", LAST))
    return Common(
        file=report.file,
        path=path,
        title=title,
        summary=summary,
        order=fields.number(key, least=1, most=most) if key else PLACED.get(kind, 0),
        order_line=fields.line(key),
        blocks=blocks,
    )


def _plain(kind: type[Document]) -> Callable[[Common, Fields], Document]:
    """Return the reader of a type that has the common keys alone."""
    return lambda common, _fields: kind(**common)


def _home(common: Common, fields: Fields) -> Document:
    return Home(**common, lead=fields.text("lead", longest=400))


def _play(common: Common, fields: Fields) -> Document:
    return Play(
        **common,
        audience=fields.codes("audience", needed=True),
        skills=fields.skills("skills", needed=True),
        principles=fields.codes("principles"),
        case_studies=fields.codes("case_studies"),
        sources=fields.sources(),
    )


def _principle(common: Common, fields: Fields) -> Document:
    return Principle(**common, sources=fields.sources())


def _case_study(common: Common, fields: Fields) -> Document:
    return CaseStudy(
        **common,
        country=fields.text("country", longest=255),
        country_line=fields.line("country"),
        organisation=fields.text("organisation", longest=200),
        level=fields.choice("level", GOVERNMENT_LEVELS),
        stages=fields.codes("stages", needed=True),
        period=fields.text("period", longest=60, needed=False),
        value_band=fields.text("value_band", longest=100, needed=False),
        result=fields.text("result", longest=300),
        sources=fields.sources(),
    )


def _course(common: Common, fields: Fields) -> Document:
    return Course(
        **common,
        audience=fields.codes("audience", needed=True),
        skills=fields.skills("skills", needed=True),
        outcomes=fields.sentences("outcomes"),
    )


def _lesson(common: Common, fields: Fields) -> Document:
    return Lesson(
        **common,
        minutes=fields.number("minutes", least=1, most=180),
        skills=fields.skills("skills", needed=True),
        plays=fields.codes("plays"),
        sources=fields.sources(),
    )


def _assessment(common: Common, fields: Fields) -> Document:
    return Assessment(
        **common,
        bank=fields.code("bank"),
        draw=fields.number("draw", least=1, most=100),
        draw_line=fields.line("draw"),
        pass_mark=fields.number("pass_mark", least=1, most=100),
        attempts=fields.number("attempts", least=1, most=50),
        retake_hours=fields.number("retake_hours", least=0, most=24 * 365),
        skill_share=fields.number("skill_share", least=1, most=100),
        proves=fields.skills("proves", needed=True),
    )


READERS: dict[str, Callable[[Common, Fields], Document]] = {
    "home": _home,
    "playbook": _plain(Playbook),
    "stage": _plain(Stage),
    "play": _play,
    "principles": _plain(Principles),
    "principle": _principle,
    "case_studies": _plain(CaseStudies),
    "case_study": _case_study,
    "courses": _plain(Courses),
    "course": _course,
    "module": _plain(Module),
    "lesson": _lesson,
    "assessment": _assessment,
}
BODYLESS = {"principles", "case_studies", "courses"}
# The key that orders a document among its siblings, and its greatest value.
ORDERED = {
    "stage": ("number", 9),
    "principle": ("number", 11),
    "play": ("order", LAST),
    "course": ("order", LAST),
    "module": ("order", LAST),
    "lesson": ("order", LAST),
}
# Those that have a fixed place: after the stages, after the modules.
PLACED = {"playbook": 1, "courses": 2, "principles": LAST + 1, "case_studies": LAST + 2, "assessment": LAST + 1}
