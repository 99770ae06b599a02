"""What was read, held against what a question must be. Asks no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from academy.exchange.questions.kinds import strange_character, strange_number
from academy.exchange.questions.names import LONGEST_NAME
from academy.exchange.questions.pictures import picture_problem
from academy.exchange.questions.reading import Found, Note, Reading
from assessments.api import asking_problems, picture_problems
from assessments.item_types.questions import Question
from assessments.item_types.rich import visible
from assessments.item_types.shape import SEVEN_PLACES

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
LONGEST_CATEGORY = 500
MOST_MARKS = Decimal(99_999)
MOST_QUESTIONS = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A question of a file that may be taken; or, with ``problems``, not. ``number`` counts the file's questions."""

    number: int
    line: int
    name: str
    question: Question | None
    problems: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    code: str = ""

    @property
    def good(self) -> bool:
        """Whether it may be taken."""
        return self.question is not None and not self.problems

    @property
    def called(self) -> str:
        """Its name in the file; without one, what it asks."""
        asked = visible(self.question.stem) if self.question else ""
        return (self.question.name if self.question else "") or self.name or asked


def judge(reading: Reading, *, under: Sequence[str] = ()) -> tuple[Judged, ...]:
    """Return all that a file holds, each judged; ``under`` are the categories to put them into."""
    return tuple(_judged(found, number, tuple(under)) for number, found in enumerate(reading.found, 1))


def problems_of(reading: Reading, judged: Sequence[Judged]) -> list[Note]:
    """Return everything that is wrong, in the order of the file."""
    told = [Note(line=one.line, item=one.name, message=text) for one in judged for text in one.problems]
    return sorted([*reading.problems, *told], key=lambda note: note.line)


def losses_of(reading: Reading, judged: Sequence[Judged]) -> list[Note]:
    """Return what is taken without something that the file has of it, then what else is left behind."""
    told = [Note(line=one.line, item=one.name, message=text) for one in judged if one.good for text in one.lost]
    return [*told, *reading.lost]


def _judged(found: Found, number: int, under: tuple[str, ...]) -> Judged:
    if found.question is None:
        told = found.problems or (_("This question cannot be read."),)
        return Judged(
            number=number,
            line=found.line,
            name=found.name,
            question=None,
            problems=told,
            lost=found.lost,
            code=found.code,
        )
    if strange_number(found.question):
        told = (*found.problems, _("It holds a number that is too large or too long. Write it with fewer digits."))
        return Judged(
            number=number, line=found.line, name=found.name, question=found.question, problems=told, code=found.code
        )
    question, lost = _tidied(found.question, under)
    problems = (*found.problems, *_problems(question))
    if not problems:
        waits = _("It cannot be made ready yet: %(why)s")
        lost += [waits % {"why": told} for told in picture_problems(question)]
    return Judged(
        number=number,
        line=found.line,
        name=found.name,
        question=question,
        problems=problems,
        lost=(*found.lost, *lost),
        code=question.code or found.code,
    )


def _tidied(question: Question, under: tuple[str, ...]) -> tuple[Question, list[str]]:
    """Return a question as a bank keeps it, and what that costs it."""
    lost = []
    language, penalty, mark = question.language, question.penalty, question.mark
    if language and language not in LANGUAGES:
        lost.append(_("The language “%(language)s” is not one of this site and was left out.") % {"language": language})
        language = ""
    if abs(penalty) <= MOST_MARKS and penalty != _seven(penalty):
        lost.append(_("The penalty was rounded to seven places."))
        penalty = _seven(penalty)
    if abs(mark) <= MOST_MARKS and mark != _seven(mark):
        lost.append(_("The mark was rounded to seven places."))
        mark = _seven(mark)
    category = tuple(step for step in (part.strip() for part in (*under, *question.category)) if step)
    if any(step != step.strip("/") for step in category):
        lost.append(_("A slash at an end of a category’s name was left out."))
        category = tuple(step.strip("/ ") for step in category if step.strip("/ "))
    return replace(question, language=language, penalty=penalty, mark=mark, category=category), lost


def _seven(number: Decimal) -> Decimal:
    return number.quantize(SEVEN_PLACES)


def _problems(question: Question) -> list[str]:
    """Return what keeps a question from being stored, or else from being asked."""
    problems = []
    if strange_character(question):
        problems.append(_("It holds a character that is none. Write its text again."))
    if len(question.name) > LONGEST_NAME:
        problems.append(_("Its name is longer than %(most)d characters. Shorten it.") % {"most": LONGEST_NAME})
    if len("//".join(question.category)) > LONGEST_CATEGORY:
        problems.append(_("Its category is longer than %(most)d characters.") % {"most": LONGEST_CATEGORY})
    if not 0 <= question.penalty <= 1:
        problems.append(_("The penalty for a try must lie between 0 and 1."))
    if not 0 <= question.mark <= MOST_MARKS:
        problems.append(_("The mark must lie between 0 and %(most)d.") % {"most": MOST_MARKS})
    if not 0 <= question.difficulty <= 5:
        problems.append(_("The difficulty must lie between 1 and 5."))
    problems += [told for told in map(picture_problem, question.pictures) if told]
    return problems or asking_problems(question)
