"""The codes of questions: those that a file gives, and new ones for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.text import slugify
from django.utils.translation import gettext as _

from assessments.item_types.questions import Question
from assessments.item_types.rich import visible

LONGEST = 60
NAMELESS = "question"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a stored question is. ``here``: in the bank that is imported into."""

    here: bool
    category: str = ""
    retired: bool = False


class CodeRefused(Exception):
    """The code that the file gives cannot be had; the message says why."""


class Codes:
    """Gives each question of a file its code. The same file gets the same codes again."""

    def __init__(self, stored: Mapping[str, Place]) -> None:
        self._stored = stored
        self._given: set[str] = set()

    def give(self, question: Question, category: str) -> str:
        """Return the code of a question. Raises CodeRefused."""
        code = question.code if is_code(question.code) else self._new(question, category)
        if code in self._given:
            raise CodeRefused(_("The code “%(code)s” is in this file already. Change one of the two.") % {"code": code})
        place = self._stored.get(code)
        if place and not place.here:
            raise CodeRefused(
                _("The code “%(code)s” belongs to a question of another bank. Change it.") % {"code": code}
            )
        if place and place.retired:
            raise CodeRefused(_("“%(code)s” is retired. Restore it first, or change its code.") % {"code": code})
        self._given.add(code)
        return code

    def _new(self, question: Question, category: str) -> str:
        """Return the code that its name gives, numbered where that is somebody else's.

        A question of the same name in the same category of the bank is the same question: this is how a file without
        codes finds its own again.
        """
        base = slugify(question.code or question.name or visible(question.stem)[:LONGEST])[:LONGEST].strip("-_")
        base = base or NAMELESS
        code, number = base, 1
        while not self._is_free(code, category):
            number += 1
            suffix = f"-{number}"
            code = base[: LONGEST - len(suffix)] + suffix
        return code

    def _is_free(self, code: str, category: str) -> bool:
        if code in self._given:
            return False
        place = self._stored.get(code)
        return place is None or (place.here and not place.retired and place.category == category)


def is_code(code: str) -> bool:
    """Whether a bank can keep it as it is."""
    try:
        validate_slug(code)
    except ValidationError:
        return False
    return len(code) <= LONGEST
