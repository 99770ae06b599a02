"""Courses, and who takes them."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from courses.models import (
    CourseCompletion,
    CourseIndexPage,
    CoursePage,
    Enrolment,
    LessonCompletion,
    LessonPage,
    LessonPlay,
    ModulePage,
)
from tests.factories.pages import BasePageFactory
from tests.factories.people import UserFactory
from tests.factories.playbook import PlayPageFactory
from tests.support.moment import AT


class CourseIndexPageFactory(BasePageFactory):
    """An empty list of courses."""

    class Meta:
        model = CourseIndexPage


class CoursePageFactory(BasePageFactory):
    """A course without modules."""

    class Meta:
        model = CoursePage

    outcomes = "<ul><li>Score a bid fairly</li></ul>"


class ModulePageFactory(BasePageFactory):
    """A module without lessons."""

    class Meta:
        model = ModulePage


class LessonPageFactory(BasePageFactory):
    """A lesson of ten minutes without text or links."""

    class Meta:
        model = LessonPage

    minutes = 10


class LessonPlayFactory(DjangoModelFactory[LessonPlay]):
    """A lesson teaches a play."""

    class Meta:
        model = LessonPlay

    lesson = factory.SubFactory(LessonPageFactory)
    play = factory.SubFactory(PlayPageFactory)


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """An active enrolment, by the learner."""

    class Meta:
        model = Enrolment

    learner = factory.SubFactory(UserFactory)
    course = factory.SubFactory(CoursePageFactory)
    course_key = factory.SelfAttribute("course.translation_key")
    enrolled_at = AT
    enrolled_by = factory.SelfAttribute("learner")


class LessonCompletionFactory(DjangoModelFactory[LessonCompletion]):
    """The learner completed a lesson."""

    class Meta:
        model = LessonCompletion

    learner = factory.SubFactory(UserFactory)
    lesson = factory.SubFactory(LessonPageFactory)
    lesson_key = factory.SelfAttribute("lesson.translation_key")
    completed_at = AT
    completed_by = factory.SelfAttribute("learner")


class CourseCompletionFactory(DjangoModelFactory[CourseCompletion]):
    """The learner completed a course that held nothing."""

    class Meta:
        model = CourseCompletion

    learner = factory.SubFactory(UserFactory)
    course = factory.SubFactory(CoursePageFactory)
    course_key = factory.SelfAttribute("course.translation_key")
    syllabus = factory.LazyAttribute(
        lambda row: {
            "title": row.course.title,
            "language": row.course.locale.language_code,
            "minutes": 0,
            "lessons": [],
            "assessments": [],
            "skills": [],
        }
    )
    completed_at = AT
    completed_by = factory.SelfAttribute("learner")
