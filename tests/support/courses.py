"""A small course to take, and what a learner does with it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Locale

from academy.framework.enums import Proficiency
from academy.framework.models import Skill
from academy.home.models import HomePage
from academy.people.models import User
from academy.records.api import Award
from assessments.api import save_answer, save_bank, save_item, start_attempt, submit_attempt
from assessments.enums import ItemKind
from assessments.models import AssessmentPage, Attempt, AttemptItem, AttemptResult, Item, ItemBank, ItemVersion
from courses.api import complete_lesson, course_progress, enrol, issue_certificate
from courses.models import CourseIndexPage, CoursePage, LessonPage, ModulePage
from tests.factories.assessments import AssessmentPageFactory, AssessmentSkillFactory
from tests.factories.courses import CourseIndexPageFactory, CoursePageFactory, LessonPageFactory, ModulePageFactory
from tests.factories.framework import SkillFactory
from tests.support.moment import AT

# Stands in what gives right answers away, and nowhere else: option feedback and explanations.
CANARY = "yellow-canary"


@dataclass(frozen=True, kw_only=True, slots=True)
class SmallCourse:
    """Two modules, three lessons with a check each, and an assessment that draws four of six questions."""

    index: CourseIndexPage
    course: CoursePage
    modules: tuple[ModulePage, ...]
    lessons: tuple[LessonPage, ...]
    assessment: AssessmentPage
    bank: ItemBank
    checks: tuple[Item, ...]
    skills: tuple[Skill, Skill]


def choices(*, right: str = "a", count: int = 3, words: str = "", feedback: str = "Because") -> dict[str, Any]:
    """Return the content of a choice question: options a, b, c …; those whose key is in ``right`` are right."""
    return {
        "options": [
            {
                "key": key,
                "text": f"Option {key}{words}",
                "correct": key in right,
                "feedback": f"{feedback} {key}{words}",
            }
            for key in "abcdef"[:count]
        ]
    }


def question(
    *,
    bank: ItemBank,
    code: str,
    skill: Skill,
    kind: str = ItemKind.SINGLE_CHOICE,
    right: str = "a",
    stem: str = "",
    because: str = "Because",
    words: str = "",
    lesson: LessonPage | None = None,
    at: datetime = AT,
) -> ItemVersion:
    """Write a question of three options, or a new version of it; ``because`` starts each feedback and the explanation."""
    version, _made = save_item(
        bank=bank,
        code=code,
        kind=kind,
        stem=stem or f"What of {code}?{words}",
        content=choices(right=right, feedback=because, words=words),
        explanation=f"{because} it is so.{words}",
        skill=skill,
        proficiency=Proficiency.WORKING,
        play=None,
        lesson=lesson,
        by=None,
        at=at,
    )
    return version


def small_course(
    home: HomePage,
    *,
    slug: str = "fair-bids",
    lessons: Sequence[int] = (2, 1),
    checks: int = 1,
    draw: int = 4,
    words: str = "",
    index: CourseIndexPage | None = None,
) -> SmallCourse:
    """Build a published course below ``home``: ``lessons`` in each module, each with ``checks`` knowledge checks.

    ``words`` stand at the end of every title, question, option, feedback and explanation.
    """
    index = index or CourseIndexPageFactory(parent=home, title="Courses", slug="courses")
    course = CoursePageFactory(parent=index, title=f"Evaluating bids fairly{words}", slug=slug)
    skills = (SkillFactory(name=f"Independent scoring{words}"), SkillFactory(name=f"Keeping a record{words}"))
    practice = save_bank(code=f"{slug}-practice", title=f"Practice{words}")
    asked = tuple(
        question(bank=practice, code=f"{slug}-check-{number}", skill=skills[0], words=words).item
        for number in range(1, checks + 1)
    )
    modules, pages = [], []
    for number, count in enumerate(lessons, start=1):
        module = ModulePageFactory(parent=course, title=f"Module {number}{words}", slug=f"module-{number}")
        modules.append(module)
        for _lesson in range(count):
            place = len(pages) + 1
            pages.append(
                LessonPageFactory(
                    parent=module, title=f"Lesson {place}{words}", slug=f"lesson-{place}", body=checks_body(asked)
                )
            )
    bank = save_bank(code=f"{slug}-bank", title="Assessment")
    for place, skill in enumerate(skills):
        for number in (1, 2):
            question(
                bank=bank, code=f"{slug}-s{place}{number}", skill=skill, because=CANARY, lesson=pages[0], words=words
            )
        question(
            bank=bank,
            code=f"{slug}-m{place}",
            skill=skill,
            kind=ItemKind.MULTIPLE_CHOICE,
            right="ab",
            because=CANARY,
            lesson=pages[0],
            words=words,
        )
    assessment = AssessmentPageFactory(
        parent=course, title=f"Final assessment{words}", slug="final", bank=bank, draw=draw
    )
    for skill in skills:
        AssessmentSkillFactory(page=assessment, skill=skill)
    return SmallCourse(
        index=index,
        course=course,
        modules=tuple(modules),
        lessons=tuple(pages),
        assessment=assessment,
        bank=bank,
        checks=asked,
        skills=skills,
    )


def checks_body(items: Sequence[Item]) -> str:
    """Return a lesson's body that asks these questions, as the CMS stores it."""
    return json.dumps(
        [{"type": "knowledge_check", "value": {"item": item.pk}, "id": str(uuid.uuid4())} for item in items]
    )


def in_spanish(*pages: Any) -> list[Any]:
    """Return the Spanish aliases of these pages, as wagtail-localize makes them, with what stands above them."""
    locale, _created = Locale.objects.get_or_create(language_code="es")
    return [
        page.get_translation_or_none(locale) or page.copy_for_translation(locale, copy_parents=True, alias=True)
        for page in pages
    ]


def right_keys(version: ItemVersion) -> list[str]:
    """Return the keys of the right options."""
    return [option["key"] for option in version.content["options"] if option["correct"]]


def wrong_keys(version: ItemVersion) -> list[str]:
    """Return the key of a wrong option."""
    return [option["key"] for option in version.content["options"] if not option["correct"]][:1]


def items_of(attempt: Attempt) -> list[AttemptItem]:
    """Return the questions of an attempt in their order."""
    return list(attempt.items.select_related("version__item").order_by("position"))


def answer(attempt: Attempt, item: AttemptItem, keys: Sequence[str], *, at: datetime = AT, sequence: int = 1) -> None:
    """Save one answer."""
    save_answer(
        attempt=attempt,
        position=item.position,
        uuid=uuid.uuid4(),
        sequence=sequence,
        sent={"option": keys},
        by=attempt.learner,
        at=at,
    )


def sit(learner: User, assessment: AssessmentPage, *, at: datetime = AT, right: int = 99) -> AttemptResult:
    """Take the assessment from start to end, with the first ``right`` questions right and the others wrong."""
    attempt = start_attempt(learner=learner, assessment=assessment, by=learner, at=at)
    for number, item in enumerate(items_of(attempt)):
        keys = right_keys(item.version) if number < right else wrong_keys(item.version)
        answer(attempt, item, keys, at=at)
    return submit_attempt(attempt=attempt, by=learner, at=at)


def take_lessons(learner: User, course: CoursePage, *, count: int | None = None, at: datetime = AT) -> None:
    """Complete the first ``count`` lessons, or all."""
    for lesson in course_progress(learner=learner, course=course, at=at).lessons[:count]:
        complete_lesson(learner=learner, lesson=lesson.page, by=learner, at=at)


def take_course(learner: User, small: SmallCourse, *, at: datetime = AT) -> Award:
    """Go the whole way: enrol, every lesson, the assessment, the certificate."""
    enrol(learner=learner, course=small.course, by=learner, at=at)
    take_lessons(learner, small.course, at=at)
    sit(learner, small.assessment, at=at)
    return issue_certificate(learner=learner, course=small.course, name=learner.display_name, by=learner, at=at)
