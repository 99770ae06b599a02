"""Taking an assessment: one question a page, saved as one goes, submitted once."""

from __future__ import annotations

import uuid as uuids

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from academy.lib.access import PUBLIC, SIGNED_IN, access
from academy.lib.clock import now
from academy.lib.storage import ONE_DAY, POLICY_OF_FILES
from academy.people.api import person_of
from assessments.domain.attempts import AttemptClosed, NoSuchQuestion, StaleAnswer, save_answer
from assessments.domain.files import files_of
from assessments.domain.queries import attempt_of, question_statuses, question_view, result_view, spoken_answer
from assessments.domain.refill import with_sent
from assessments.domain.submission import submit_attempt
from assessments.forms import AnswerForm
from assessments.item_types import InvalidResponse, Sent, sent_of
from assessments.models import AnswerFile, Attempt, ItemPicture
from assessments.rules import may_fetch_file, may_see_picture, picture_type


def own_attempt(request: HttpRequest, uuid: uuids.UUID) -> Attempt:
    """Return the learner's own attempt; another's answers like one that does not exist."""
    try:
        return attempt_of(learner=person_of(request), uuid=uuid)
    except Attempt.DoesNotExist:
        raise Http404 from None


@access(PUBLIC)
@require_safe
def picture(request: HttpRequest, uuid: uuids.UUID) -> FileResponse:
    """A picture of a question, for those who are asked it; for others it does not exist."""
    row = ItemPicture.objects.select_related("version__item__bank").filter(uuid=uuid).first()
    if row is None or not may_see_picture(request.user, row):
        raise Http404
    try:
        file = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=picture_type(row.name))
    response.headers["Content-Security-Policy"] = POLICY_OF_FILES
    patch_cache_control(response, private=True, max_age=ONE_DAY)
    return response


@access(SIGNED_IN)
@require_safe
def answer_file(request: HttpRequest, uuid: uuids.UUID) -> FileResponse:
    """A file that somebody gave as an answer, to be saved; for others it does not exist."""
    row = AnswerFile.objects.filter(uuid=uuid).first()
    if row is None or not may_fetch_file(person_of(request), row):
        raise Http404
    try:
        file = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=row.name, content_type="application/octet-stream")
    response.headers["Content-Security-Policy"] = POLICY_OF_FILES
    patch_cache_control(response, private=True, no_store=True)
    return response


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def open_attempt(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Go on where the learner stopped: the first unanswered question, else the review; after submission, the result."""
    attempt = own_attempt(request, uuid)
    if attempt.submitted_at:
        return redirect("attempt_result", uuid=uuid)
    unanswered = next((status for status in question_statuses(attempt=attempt) if not status.answered), None)
    if unanswered is None:
        return redirect("attempt_review", uuid=uuid)
    return redirect("attempt_question", uuid=uuid, position=unanswered.position)


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, uuid: uuids.UUID, position: int) -> HttpResponse:
    """Show a question, or save its answer and go on."""
    attempt = own_attempt(request, uuid)
    if attempt.submitted_at:
        return closed(request, attempt)
    if request.method == "POST":
        return save(request, attempt, position)
    return show_question(request, attempt, position)


def show_question(
    request: HttpRequest,
    attempt: Attempt,
    position: int,
    *,
    problem: str = "",
    stale: tuple[str, ...] | None = None,
    sent: Sent | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a question. ``stale`` holds what was answered in a window that had fallen behind, in plain words; ``sent``
    what could not be saved, to be mended.
    """
    try:
        view = question_view(attempt=attempt, position=position)
    except NoSuchQuestion:
        raise Http404 from None
    context = {
        "attempt": attempt,
        "question": view,
        "asked": view.asked if sent is None else with_sent(view.asked, sent),
        "new_uuid": uuids.uuid4(),
        "problem": problem,
        "stale": stale,
        "to_review": request.GET.get("from") == "review",
    }
    return render(request, "assessments/question.html", context, status=status)


def save(request: HttpRequest, attempt: Attempt, position: int) -> HttpResponse:
    """Save the answer; what comes after depends on the button. Whatever goes wrong, the page says so and loses nothing."""
    form = AnswerForm(request.POST)
    sent = sent_of(request.POST)
    if not form.is_valid():
        problem = _("This page was incomplete. Choose your answer again and save it.")
        return show_question(request, attempt, position, problem=problem, sent=sent, status=422)
    try:
        save_answer(
            attempt=attempt,
            position=position,
            uuid=form.cleaned_data["uuid"],
            sequence=form.cleaned_data["sequence"],
            sent=sent,
            by=person_of(request),
            at=now(),
            files=files_of(request),
        )
    except NoSuchQuestion:
        raise Http404 from None
    except AttemptClosed:
        return closed(request, attempt)
    except InvalidResponse as problem:
        return show_question(request, attempt, position, problem=str(problem), sent=sent, status=422)
    except StaleAnswer as late:
        stale = spoken_answer(attempt=attempt, position=position, response=late.response)
        return show_question(request, attempt, position, stale=stale, status=409)
    return after_saving(request, attempt, position)


def after_saving(request: HttpRequest, attempt: Attempt, position: int) -> HttpResponse:
    """Go to the next question, back to the review, or to My learning."""
    if "later" in request.POST:
        messages.success(request, _("Saved. Come back when you like: nothing is lost."))
        return redirect("my")
    statuses = question_statuses(attempt=attempt)
    if "review" in request.POST or position >= len(statuses):
        return redirect("attempt_review", uuid=attempt.uuid)
    return redirect("attempt_question", uuid=attempt.uuid, position=position + 1)


def closed(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """The attempt is submitted: a POST is told why it was not saved, a GET is led to the result."""
    if request.method == "POST":
        return render(request, "assessments/closed.html", {"attempt": attempt}, status=409)
    return redirect("attempt_result", uuid=attempt.uuid)


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def review(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """List the questions with what is answered, and offer to submit."""
    attempt = own_attempt(request, uuid)
    if attempt.submitted_at:
        return closed(request, attempt)
    statuses = question_statuses(attempt=attempt)
    missing = [status for status in statuses if not status.answered]
    context = {"attempt": attempt, "questions": statuses, "missing": missing}
    return render(request, "assessments/review.html", context)


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Submit once. A second POST shows the same result; a GET goes back to the review."""
    attempt = own_attempt(request, uuid)
    if request.method != "POST":
        return redirect("attempt_review", uuid=uuid)
    submit_attempt(attempt=attempt, by=person_of(request), at=now())
    return redirect("attempt_result", uuid=uuid)


@access(SIGNED_IN)
@require_http_methods(["GET", "HEAD"])
def result(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Show the decision, the skills and what to read again."""
    attempt = own_attempt(request, uuid)
    if attempt.submitted_at is None:
        return redirect("attempt", uuid=uuid)
    return render(request, "assessments/result.html", {"view": result_view(attempt=attempt)})
