"""Starting an assessment of a course."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from academy.lib.access import SIGNED_IN, access
from academy.lib.clock import now
from academy.people.api import person_of
from assessments.api import AttemptRefused, NotEnoughQuestions, start_attempt
from courses.rules import is_enrolled
from courses.views.finding import find_assessment


@access(SIGNED_IN)
@require_POST
def start_assessment(request: HttpRequest, course: str, assessment: str) -> HttpResponse:
    """Start, or go on with the open attempt. The assessment's page says why when neither is possible."""
    page = find_assessment(course, assessment)
    if not is_enrolled(person_of(request), page):
        raise PermissionDenied
    try:
        attempt = start_attempt(learner=person_of(request), assessment=page, by=person_of(request), at=now())
    except AttemptRefused:
        return redirect(page.get_url(request))
    except NotEnoughQuestions:
        messages.error(request, _("This assessment is not ready: it has too few questions. Tell your trainer."))
        return redirect(page.get_url(request))
    return redirect("attempt", uuid=attempt.uuid)
