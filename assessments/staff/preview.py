"""A version of a question as a learner sees it. Answers can be tried; nothing is stored."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.generic import View

from assessments.domain.queries import asked_of, verdict_of
from assessments.domain.questions import question_of
from assessments.enums import VersionState
from assessments.item_types import InvalidResponse, ItemType, Sent, item_type, sent_of
from assessments.item_types.questions import Question
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.shape import Part, Response
from assessments.models import ItemVersion, version_state
from assessments.staff.scope import item_or_404, version_or_404

FILES = "file"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What a learner would be told of an answer. ``fraction`` None: a person marks it, or nothing is marked."""

    fraction: Decimal | None
    parts: tuple[Part, ...]
    verdict: Rich
    answered: bool

    @property
    def right(self) -> bool:
        """Whether it earns the full mark."""
        return self.fraction == 1

    @property
    def percent(self) -> str:
        """The share of the mark that it earns."""
        return number_format((self.fraction or Decimal(0)) * 100, 0)

    @property
    def partly(self) -> bool:
        """Whether it earns a part."""
        return self.fraction is not None and 0 < self.fraction < 1


class PreviewView(View):
    """In the site's own look, by the learner's own template."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show the question, and what is right when that is wished."""
        return self.show(request, pk, number, response=None)

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Try an answer."""
        item = item_or_404(request, pk)
        version = version_or_404(item, number)
        functions = item_type(version.kind)
        if not functions.asks:
            raise Http404
        try:
            response = functions.parse(functions.load(version.content), sent_with_files(request))
        except InvalidResponse as problem:
            return self.show(request, pk, number, response=None, problem=str(problem), status=422)
        return self.show(request, pk, number, response=response)

    def show(
        self,
        request: HttpRequest,
        pk: int,
        number: int,
        *,
        response: Response | None,
        problem: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """Render it."""
        version = version_or_404(item_or_404(request, pk), number)
        functions = item_type(version.kind)
        question = question_of(version)
        # The same mixture each time, so that an answer is shown where it was given.
        mixture = functions.arrange(question.body, random.Random(version.pk))  # noqa: S311 -- it hides no secret
        tried = None
        if response is not None or "answer" in request.GET:
            tried = tried_answer(functions, version, question, mixture, response)
        # Files are not kept, so there is nothing to show of them in the form.
        shown = [] if functions.takes_files else response or []
        context = {
            "item": version.item,
            "version": version,
            "state_name": VersionState(version_state(version)).label,
            "asked": asked_of(version, arrangement=mixture, response=shown),
            "asks": functions.asks,
            "by_person": functions.marked_by_person,
            "problem": problem,
            "tried": tried,
            "explanation": question.explanation,
            "hints": question.hints,
        }
        return render(request, "assessments/staff/preview.html", context, status=status)


def tried_answer(
    functions: ItemType[Any], version: ItemVersion, question: Question, mixture: Any, response: Response | None
) -> Tried:
    """Return what is said of an answer; without one, what would be right."""
    fraction = None if response is None else functions.mark(question.body, response)
    return Tried(
        fraction=fraction,
        parts=functions.review(question.body, question.stem, mixture, response or []),
        verdict=EMPTY if fraction is None else verdict_of(version, fraction),
        answered=response is not None,
    )


def sent_with_files(request: HttpRequest) -> Sent:
    """Return what the form sent; of files what a view that stores them would say. They are not kept."""
    sent = {name: values for name, values in sent_of(request.POST).items() if not name.startswith(FILES)}
    for upload in request.FILES.getlist(FILES):
        name = str(uuid.uuid4())
        sent.setdefault(FILES, []).append(name)
        sent[f"{FILES}-{name}-name"] = [str(upload.name)]
        sent[f"{FILES}-{name}-size"] = [str(upload.size)]
    return sent
