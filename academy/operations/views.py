"""What machines ask to know whether the site works."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from academy.lib.access import PUBLIC, access
from academy.operations.domain.port import Answer
from academy.operations.domain.probes import liveness_answer, readiness_answer


@access(PUBLIC)
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The process runs. Asks nothing and nobody."""
    return _told(liveness_answer())


@access(PUBLIC)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Requests may be sent here, or not and why."""
    return _told(readiness_answer())


def _told(answer: Answer) -> HttpResponse:
    return HttpResponse(
        answer.body, status=answer.status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )
