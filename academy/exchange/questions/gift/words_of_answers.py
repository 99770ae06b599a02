"""What is wrong between the braces of a GIFT question, in sentences that say how to mend it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from academy.standards.gift import Fault, Finding

_MESSAGES: dict[Fault, str | Promise] = {
    Fault.EMPTY_OPTION: _(
        "An answer is empty. Remove its sign, or write \\= or \\~ if the sign belongs to the text before it."
    ),
    Fault.SPLIT_WORD: _(
        "The sign = within “%(first)s” begins another right answer. Write \\= for a sign, or begin each answer on a line "
        "of its own."
    ),
    Fault.SPLIT_TAG: _("The sign = within “%(first)s” begins another answer. Write \\= in a tag."),
    Fault.ORDERING: _(
        "An ordering question ({> …) is not read from GIFT. Export it from Moodle as Moodle XML, or write {=>…} for an "
        "answer that begins with >."
    ),
    Fault.TOO_FEW_OPTIONS: _("There is only one answer to choose from. Write at least two."),
    Fault.TOO_MANY_OPTIONS: _("There are more than %(first)s answers. Write \\= and \\~ for the signs themselves."),
    Fault.LOOSE_TEXT: _("“%(first)s” stands before the first answer. Begin it with = if it is right, with ~ if not."),
    Fault.WEIGHT_OF_RIGHT: _(
        "“%(first)s” begins with = and has a weight. Write ~ before the weight, or leave the weight out."
    ),
    Fault.BAD_WEIGHT: _("“%(first)s” is no weight. Write it like %%50%% or %%-33.33333%%, with a point."),
    Fault.NO_ARROW: _("“%(first)s” has no ->. In a matching question, write =this -> that in every line."),
    Fault.EMPTY_MATCH: _("“%(first)s” has nothing to match. Write it after the ->."),
    Fault.MORE_IN_MATCH: _(
        "“%(first)s” has feedback or a weight, which matching does not know. Remove it, or write \\# for the sign."
    ),
    Fault.MORE_THAN_TRUE: _(
        "A true or false question has more answers or feedback than it can. Write {TRUE#if wrong#if right}."
    ),
    Fault.SMALL_TRUE: _(
        "“%(first)s” would be a word to type. Write {%(second)s} for a true or false question, or {=%(first)s} for "
        "the word."
    ),
    Fault.NO_NUMBER: _("A number is missing. Write it like {#5}, {#5:0.1} or {#4.9..5.1}."),
    Fault.NOT_A_NUMBER: _("“%(first)s” is no number. Write digits with a point, as in 3.5, and nothing else."),
    Fault.COMMA: _("“%(first)s” has a comma, and would be another number. Write %(second)s."),
    Fault.AFTER_WRONG: _("Only feedback may follow the ~ of a number: ~#feedback, at the end. Mend “%(first)s”."),
}


def of_answers(finding: Finding) -> str:
    """Return a finding about answers in the language of the reader."""
    named = dict(zip(("first", "second"), finding.values, strict=False))
    return str(_MESSAGES[finding.fault]) % named
