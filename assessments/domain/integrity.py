"""May an assessment be published: each check with the sentence that its author reads."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.domain.draw import ready_versions
from assessments.item_types import item_type
from assessments.models import AssessmentPage, ItemVersion

Check = Callable[[AssessmentPage, list[ItemVersion]], bool]


def enough_questions(page: AssessmentPage, versions: list[ItemVersion]) -> bool:
    return len(versions) >= page.draw


def proves_something(page: AssessmentPage, versions: list[ItemVersion]) -> bool:
    return bool(page.proves.all())


def every_skill_has_questions(page: AssessmentPage, versions: list[ItemVersion]) -> bool:
    asked = {version.skill_id for version in versions}
    return all(row.skill_id in asked for row in page.proves.all())


def every_question_marks_itself(page: AssessmentPage, versions: list[ItemVersion]) -> bool:
    return not any(item_type(version.kind).marked_by_person for version in versions)


CHECKS: tuple[tuple[Check, Promise], ...] = (
    (enough_questions, _("The bank holds fewer questions than are drawn: add questions or draw fewer.")),
    (proves_something, _("Name at least one skill that it proves.")),
    (
        every_question_marks_itself,
        _("The bank holds a question that a person must mark: move it to a bank of its own."),
    ),
    (every_skill_has_questions, _("A skill that it proves has no question in the bank: add one or remove the skill.")),
)


def publish_problems(page: AssessmentPage) -> list[str]:
    """Return what keeps the assessment from being published; none when it is ready. One query and the page's own."""
    versions = ready_versions(page.bank)
    return [str(sentence) for check, sentence in CHECKS if not check(page, versions)]
