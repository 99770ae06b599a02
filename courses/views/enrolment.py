"""Enrolling and leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from academy.lib.access import SIGNED_IN, access
from academy.lib.clock import now
from academy.people.api import person_of
from courses.domain.enrolments import enrol, withdraw
from courses.domain.progress import StepKind, course_progress
from courses.views.finding import find_course


@access(SIGNED_IN)
@require_POST
def enrol_in_course(request: HttpRequest, course: str) -> HttpResponse:
    """Enrol and open the first lesson."""
    page = find_course(course)
    at = now()
    enrol(learner=person_of(request), course=page, by=person_of(request), at=at)
    messages.success(request, _("You are enrolled in “%(course)s”.") % {"course": page.title})
    step = course_progress(learner=person_of(request), course=page, at=at).next_step
    return redirect(
        step.lesson.page.get_url(request) if step.kind == StepKind.LESSON and step.lesson else page.get_url(request)
    )


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def leave_course(request: HttpRequest, course: str) -> HttpResponse:
    """Ask, then close the enrolment."""
    page = find_course(course)
    progress = course_progress(learner=person_of(request), course=page, at=now())
    if progress.enrolment is None:
        return redirect(page.get_url(request))
    if request.method != "POST":
        return render(request, "courses/leave.html", {"course": page, "progress": progress})
    withdraw(enrolment=progress.enrolment, by=person_of(request), at=now())
    messages.success(request, _("You have left “%(course)s”. What you did is kept.") % {"course": page.title})
    return redirect("my")
