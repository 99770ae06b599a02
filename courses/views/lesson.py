"""Completing lessons and trying their checks. Reading a lesson is Wagtail's serve."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from academy.lib.access import SIGNED_IN, access
from academy.lib.clock import now
from academy.people.api import person_of
from assessments.api import InvalidResponse, files_of, sent_of, with_sent
from courses.domain.completion import complete_lesson
from courses.domain.lessons import CheckChanged, answer_lesson_check, lesson_checks, lesson_view
from courses.models import LessonPage
from courses.rules import is_enrolled
from courses.views.finding import find_lesson


def enrolled_lesson(request: HttpRequest, course: str, lesson: str) -> LessonPage:
    """Return the lesson if this learner takes its course; else 403."""
    page = find_lesson(course, lesson)
    if not is_enrolled(person_of(request), page):
        raise PermissionDenied
    return page


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def open_lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """Lead to the lesson's own page."""
    return redirect(find_lesson(course, lesson).get_url(request))


@access(SIGNED_IN)
@require_POST
def finish_lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """Record that the lesson is done and go on to the next, or to the course when it was the last."""
    page = enrolled_lesson(request, course, lesson)
    complete_lesson(learner=person_of(request), lesson=page, by=person_of(request), at=now())
    view = lesson_view(learner=person_of(request), lesson=page, at=now())
    if view.next:
        return redirect(view.next.page.get_url(request))
    messages.success(request, _("That was the last lesson."))
    return redirect(view.progress.course.get_url(request))


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def knowledge_check(request: HttpRequest, course: str, lesson: str, number: int) -> HttpResponse:
    """Show one check with the feedback on the last answer; POST stores an answer and comes back here."""
    page = enrolled_lesson(request, course, lesson)
    checks = {check.number: check for check in lesson_checks(learner=person_of(request), lesson=page).values()}
    if number not in checks:
        raise Http404
    check = checks[number]
    context = {"lesson": page, "course_slug": course, "check": check, "total": len(checks)}
    if request.method != "POST":
        again = request.GET.get("again") == "1"
        asked_for = request.GET.get("answer") == "1"
        return render(request, "courses/knowledge_check.html", {**context, "again": again, "asked_for": asked_for})
    sent = sent_of(request.POST)
    version = request.POST.get("version", "")
    try:
        answer_lesson_check(
            learner=person_of(request),
            lesson=page,
            number=number,
            version_id=int(version) if version.isdecimal() and len(version) < 19 else None,
            sent=sent,
            at=now(),
            files=files_of(request),
        )
    except InvalidResponse as problem:
        mended = {"check": replace(check, asked=with_sent(check.asked, sent)), "again": True, "problem": str(problem)}
        return render(request, "courses/knowledge_check.html", {**context, **mended}, status=422)
    except CheckChanged:
        messages.info(request, _("This question was changed meanwhile. Here is the new one."))
        return redirect("knowledge_check", course=course, lesson=lesson, number=number)
    return redirect(f"{reverse('knowledge_check', args=[course, lesson, number])}#feedback")
