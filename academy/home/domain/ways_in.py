"""The three ways in from the home page: by role, by stage, by course."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from academy.framework.api import framework_index
from academy.home.models import HomePage
from courses.domain.catalogue import CourseCard, course_cards
from courses.models import CourseIndexPage
from playbook.domain.stages import StageEntry, playbook_overview
from playbook.models import PlaybookIndexPage


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleWay:
    """A role to start from; ``framework`` is empty where the slug alone finds it."""

    slug: str
    framework: str
    name: str
    summary: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WaysIn:
    """What a newcomer can start from. Each list is empty while nothing of it is published."""

    roles: tuple[RoleWay, ...]
    stages: tuple[StageEntry, ...]
    courses: tuple[CourseCard, ...]
    courses_index: CourseIndexPage | None


def ways_in(*, home: HomePage, request: HttpRequest | None) -> WaysIn:
    """The roles of the first framework, the stages of the playbook and the courses. The queries do not grow with them."""
    playbook = PlaybookIndexPage.objects.live().child_of(home).defer("body").first()
    index = CourseIndexPage.objects.live().child_of(home).first()
    frameworks = framework_index()
    return WaysIn(
        roles=tuple(
            RoleWay(slug=role.link.slug, framework=role.link.framework, name=role.link.name, summary=role.summary)
            for framework in frameworks[:1]
            for family in framework.families
            for role in family.roles
        ),
        stages=playbook_overview(index=playbook, request=request).stages if playbook else (),
        courses=tuple(course_cards(index)) if index else (),
        courses_index=index,
    )
