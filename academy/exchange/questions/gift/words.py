"""What is wrong with a GIFT file, in sentences that say how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from academy.exchange.questions.gift.words_of_answers import of_answers
from academy.standards.gift import Fault, Finding


def sentence(finding: Finding) -> str:
    """Return a finding in the language of the reader."""
    first = finding.values[0] if finding.values else ""
    match finding.fault:
        case Fault.TOO_BIG:
            return _("The file is larger than %(number)s MB. Split it.") % {"number": first}
        case Fault.NOT_TEXT:
            return _("The file is not text in UTF-8 or UTF-16. Save it again as UTF-8.")
        case Fault.TOO_MANY_QUESTIONS:
            return _("The file has more than %(number)s questions. Split it.") % {"number": first}
        case Fault.TOO_LONG:
            message = _("The question has more than %(number)s lines. Put a blank line between questions.")
            return message % {"number": first}
        case Fault.STRANGE_CHARACTER:
            return _("It has a character that is no text (%(character)s). Remove it.") % {"character": first}
        case Fault.OPEN_BRACE:
            return _(
                "A { has no } after it. Close it, leave no blank line before it, or write \\{ for the sign itself."
            )
        case Fault.CLOSE_BRACE:
            return _("A } has no { before it. Remove it, or write \\} for the sign itself.")
        case Fault.MORE_BRACES:
            return _(
                "There are more braces than one { and one }. Put a blank line between questions, and write \\{ and \\} "
                "for the signs themselves."
            )
        case Fault.NO_STEM:
            return _("The question has no text. Write it before the {.")
        case _fault:
            return of_answers(finding)
