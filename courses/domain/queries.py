"""What is true of courses and learners."""

from __future__ import annotations

from datetime import datetime

from wagtail.models import Locale

from academy.people.models import User
from courses.domain.progress import CourseProgress, courses_progress
from courses.models import CoursePage, Enrolment


def courses_of(*, learner: User, locale: Locale, at: datetime) -> list[CourseProgress]:
    """Return the learner's active courses that are published in this language, the latest first.

    At most eight queries, whatever their number.
    """
    keys = list(Enrolment.objects.of(learner).active().order_by("-enrolled_at").values_list("course_key", flat=True))
    pages = {
        page.translation_key: page
        for page in CoursePage.objects.live()
        .filter(translation_key__in=keys, locale=locale)
        .defer("body")
        .select_related("locale")
    }
    return courses_progress(learner=learner, courses=[pages[key] for key in keys if key in pages], at=at)
