"""What is true of courses and learners."""

from __future__ import annotations

from datetime import datetime

from wagtail.models import Locale

from academy.people.models import User
from courses.domain.progress import CourseProgress, course_progress
from courses.models import CoursePage, Enrolment


def courses_of(*, learner: User, locale: Locale, at: datetime) -> list[CourseProgress]:
    """Return the learner's active courses in this language, the latest first.

    A fixed number of queries for each course: people take few at a time.
    """
    keys = list(Enrolment.objects.of(learner).active().order_by("-enrolled_at").values_list("course_key", flat=True))
    pages = {
        page.translation_key: page
        for page in CoursePage.objects.filter(translation_key__in=keys, locale=locale).select_related("locale")
    }
    return [course_progress(learner=learner, course=pages[key], at=at) for key in keys if key in pages]
