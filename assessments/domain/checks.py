"""May a question be asked: what keeps it from being ready, a sentence each."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from assessments.domain.questions import question_of
from assessments.item_types import item_type
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich, picture_name, to_html
from assessments.models import ItemVersion

_PICTURE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SOURCE = re.compile(r'\bsrc="([^"]*)"', re.IGNORECASE)
_WORDS = re.compile(r'\balt="\s*[^"\s]', re.IGNORECASE)


def content_problems(question: Question) -> list[str]:
    """Return what is wrong with the question itself, wherever it is filed."""
    return asking_problems(question) + picture_problems(question)


def asking_problems(question: Question) -> list[str]:
    """Return what keeps a question from being asked and marked at all. Without it, a draft is whole."""
    functions = item_type(question.kind)
    problems = [] if question.stem else [_("Write the question.")]
    problems += functions.problems(question.body)
    if not problems:
        problems += functions.stem_problems(question.body, question.stem)
    return problems


def texts_of(question: Question) -> tuple[Rich, ...]:
    """Return every text of a question that may hold markup."""
    verdicts = question.verdicts
    return (
        question.stem,
        question.explanation,
        verdicts.right,
        verdicts.partly,
        verdicts.wrong,
        *(hint.text for hint in question.hints),
        *item_type(question.kind).texts(question.body),
    )


def picture_problems(question: Question) -> list[str]:
    """Return a sentence when a picture is missing, lies elsewhere, or says nothing to who cannot see it."""
    images = [image for text in texts_of(question) for image in _PICTURE.findall(to_html(text))]
    sources = [found.group(1) for image in images if (found := _SOURCE.search(image))]
    named = {picture_name(source) for source in sources}
    problems = []
    if len(sources) < len(images) or "" in named:
        problems.append(_("A picture lies on another site: put it into the question itself."))
    elif not named <= {picture.name for picture in question.pictures}:
        problems.append(_("A picture that the text names is missing."))
    if not all(_WORDS.search(image) for image in images):
        problems.append(_("Describe each picture in words, for those who cannot see it."))
    return problems


def readiness_problems(version: ItemVersion) -> list[str]:
    """Return what keeps a version from being made ready."""
    problems = content_problems(question_of(version))
    if item_type(version.kind).counts and version.skill_id is None:
        problems.append(_("Say which skill it asks for, and at which level."))
    return problems
