"""Asking for the certificate of a completed course."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from academy.lib.access import SIGNED_IN, access
from academy.lib.clock import now
from academy.people.api import person_of
from courses.domain.completion import issue_certificate
from courses.domain.progress import StepKind, course_progress
from courses.forms import CertificateForm
from courses.views.finding import find_any_course


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def get_certificate(request: HttpRequest, course: str) -> HttpResponse:
    """Let the learner confirm the name, then issue. Asked again, show the certificate that was issued."""
    page = find_any_course(course)
    progress = course_progress(learner=person_of(request), course=page, at=now())
    if progress.award:
        return redirect("certificate", code=progress.award.code)
    if progress.next_step.kind != StepKind.CERTIFICATE:
        return redirect(page.get_url(request))
    form = CertificateForm(request.POST or None, initial={"name": person_of(request).display_name})
    if request.method == "POST" and form.is_valid():
        award = issue_certificate(
            learner=person_of(request), course=page, name=form.cleaned_data["name"], by=person_of(request), at=now()
        )
        return redirect("certificate", code=award.code)
    status = 422 if form.errors else 200
    return render(request, "courses/get_certificate.html", {"course": page, "form": form}, status=status)
