"""What other apps may use of this one."""

from courses.domain.completion import complete_lesson, course_of, issue_certificate
from courses.domain.enrolments import enrol, withdraw
from courses.domain.progress import CourseProgress, NextStep, StepKind, course_progress
from courses.domain.queries import courses_of

__all__ = [
    "CourseProgress",
    "NextStep",
    "StepKind",
    "complete_lesson",
    "course_of",
    "course_progress",
    "courses_of",
    "enrol",
    "issue_certificate",
    "withdraw",
]
