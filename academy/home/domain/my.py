"""What stands on the learner's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Locale

from academy.people.models import User
from academy.records.api import Award, RoleStanding, aim_of, awards_of, role_standing
from courses.api import CourseProgress, courses_of
from courses.models import CourseIndexPage


@dataclass(frozen=True, kw_only=True, slots=True)
class MyLearning:
    """The courses one takes, the role one aims for, and what one holds. ``current`` is where Continue leads."""

    courses: tuple[CourseProgress, ...]
    standing: RoleStanding | None
    awards: tuple[Award, ...]
    course_list: CourseIndexPage | None

    @property
    def current(self) -> CourseProgress | None:
        """The latest course that is not finished."""
        return next((course for course in self.courses if not course.award), None)


def my_learning(*, learner: User, at: datetime) -> MyLearning:
    """Return everything for the learner's own page, in the language of the address."""
    aim = aim_of(learner)
    locale = Locale.get_active()
    return MyLearning(
        courses=tuple(courses_of(learner=learner, locale=locale, at=at)),
        standing=role_standing(learner=learner, role_level=aim) if aim else None,
        awards=tuple(awards_of(learner)),
        course_list=CourseIndexPage.objects.live().filter(locale=locale).select_related("locale").first(),
    )
