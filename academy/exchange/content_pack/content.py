"""What the fields and links of a page should hold, and what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from django.apps import apps
from wagtail.fields import StreamField
from wagtail.models import Page

from academy.exchange.content_pack.refs import Refs
from academy.exchange.content_pack.story import Story
from academy.exchange.content_pack.tree import Node
from academy.framework.enums import Proficiency
from academy.standards.content_pack.documents import (
    Assessment,
    CaseStudies,
    CaseStudy,
    Course,
    Courses,
    Document,
    Home,
    Lesson,
    Play,
    Principle,
    Principles,
    SkillRef,
    Source,
    Stage,
)

Row = dict[str, Any]

# Each link of a page: its relation, the model of its rows, and the fields that a pack fills in.
RELATIONS = {
    "skill_links": ("framework.PageSkill", ("skill_id", "proficiency")),
    "audience_links": ("framework.PageRole", ("role_id",)),
    "sources": ("pages.PageSource", ("title", "url")),
    "principle_links": ("playbook.PlayPrinciple", ("principle_id",)),
    "case_study_links": ("playbook.PlayCaseStudy", ("case_study_id",)),
    "stage_links": ("playbook.CaseStudyStage", ("stage_id",)),
    "play_links": ("courses.LessonPlay", ("play_id",)),
    "proves": ("assessments.AssessmentSkill", ("skill_id", "proficiency")),
}
BODYLESS = (Principles, CaseStudies, Courses)


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """Values by field, StreamFields as they are stored, and rows by relation, in order."""

    values: dict[str, Any]
    relations: dict[str, list[Row]]


def wanted_content(node: Node, refs: Refs) -> Content:
    """Return what the pack wants a page to hold. A link to what is not there yet is None."""
    values: dict[str, Any] = {"title": node.title, "summary": node.summary}
    document = node.document
    if document is None:
        return Content(values=values, relations={})
    if not isinstance(document, BODYLESS):
        values["body"] = Story(node.label, play=refs.play, item=refs.item).raw(document.blocks)
    return Content(values=values | _values(document, refs), relations=_relations(document, refs))


def present_content(page: Page, like: Content) -> Content:
    """Return what a stored page holds in the fields and relations of ``like``."""
    return Content(
        values={name: _value(page, name) for name in like.values},
        relations={
            name: [{key: getattr(row, key) for key in RELATIONS[name][1]} for row in getattr(page, name).all()]
            for name in like.relations
        },
    )


def fill(page: Page, content: Content, *, links: bool = True) -> None:
    """Put ``content`` into a page, without storing it; without ``links``, the body and the rows stay out."""
    for name, value in content.values.items():
        if links or name != "body":
            setattr(page, name, value)
    for name, rows in content.relations.items() if links else ():
        model = apps.get_model(RELATIONS[name][0])
        setattr(page, name, [model(sort_order=index, **row) for index, row in enumerate(rows)])


def _value(page: Page, name: str) -> Any:
    value = getattr(page, name)
    is_stream = name == "body" and isinstance(page._meta.get_field(name), StreamField)
    return value.get_prep_value() if is_stream else value


def _values(document: Document, refs: Refs) -> Row:
    match document:
        case Home():
            return {"lead": document.lead}
        case Stage() | Principle():
            return {"number": document.order}
        case CaseStudy():
            names = ("organisation", "level", "period", "value_band", "result")
            return {name: getattr(document, name) for name in names}
        case Course():
            items = "".join(f"<li>{escape(outcome, quote=False)}</li>" for outcome in document.outcomes)
            return {"outcomes": f"<ul>{items}</ul>"}
        case Lesson():
            return {"minutes": document.minutes}
        case Assessment():
            return {
                "bank_id": refs.bank(document.bank.code),
                "draw": document.draw,
                "pass_mark": document.pass_mark,
                "attempts_allowed": document.attempts,
                "retake_hours": document.retake_hours,
                "skill_share": document.skill_share,
            }
    return {}


def _relations(document: Document, refs: Refs) -> dict[str, list[Row]]:
    match document:
        case Play():
            return {
                "audience_links": [{"role_id": refs.role(ref.code)} for ref in document.audience],
                "skill_links": _skills(document.skills, refs),
                "principle_links": [{"principle_id": refs.principle(ref.code)} for ref in document.principles],
                "case_study_links": [{"case_study_id": refs.case_study(ref.code)} for ref in document.case_studies],
                "sources": _sources(document.sources),
            }
        case Principle():
            return {"sources": _sources(document.sources)}
        case CaseStudy():
            return {
                "stage_links": [{"stage_id": refs.stage(ref.code)} for ref in document.stages],
                "sources": _sources(document.sources),
            }
        case Course():
            return {
                "audience_links": [{"role_id": refs.role(ref.code)} for ref in document.audience],
                "skill_links": _skills(document.skills, refs),
            }
        case Lesson():
            return {
                "skill_links": _skills(document.skills, refs),
                "play_links": [{"play_id": refs.play(ref.code)} for ref in document.plays],
                "sources": _sources(document.sources),
            }
        case Assessment():
            return {"proves": _skills(document.proves, refs)}
    return {}


def _skills(skills: Iterable[SkillRef], refs: Refs) -> list[Row]:
    return [
        {"skill_id": refs.skill(skill.code), "proficiency": Proficiency.from_code(skill.level).value}
        for skill in skills
    ]


def _sources(sources: Iterable[Source]) -> list[Row]:
    return [{"title": source.title, "url": source.url} for source in sources]
