"""What the figures are called, what they mean, and what an author can do about them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.domain.statistics import Flag, Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """A figure by its name, what it says, and what to do."""

    name: Promise
    says: Promise
    do: Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Advice:
    """A flag in a word or two, and in a sentence."""

    name: Promise
    sentence: Promise


ATTEMPTS = _("Attempts")
FACILITY = _("Facility")
DEVIATION = _("Standard deviation")
DISCRIMINATION = _("Discrimination")
POINT_BISERIAL = _("Point-biserial")
EFFECTIVE_WEIGHT = _("Effective weight")

MEANINGS = (
    Meaning(
        name=ATTEMPTS,
        says=_("How many people had this version of the question in their first finished attempt."),
        do=_("The fewer they are, the more chance there is in every other figure: below 50, take them as a hint."),
    ),
    Meaning(
        name=FACILITY,
        says=_("The mean share of its mark that was earned. 100 %: everybody got it right."),
        do=_(
            "Most questions should lie between 30 % and 90 %. What all get right or all get wrong tells nobody apart."
        ),
    ),
    Meaning(
        name=DEVIATION,
        says=_(
            "How far people’s marks for it lie apart. 0: all did alike; 50 %: as many got it right as got it wrong."
        ),
        do=_("Nothing by itself: it goes with the facility."),
    ),
    Meaning(
        name=DISCRIMINATION,
        says=_(
            "Facility among the third with the best totals, less that among the third with the lowest. "
            "Equal totals stand in one group."
        ),
        do=_("From 0.3 up it is good, below 0.2 weak. Below zero: look at the key, then at the wording."),
    ),
    Meaning(
        name=POINT_BISERIAL,
        says=_(
            "How well it goes along with the rest of the attempt: the correlation of its mark with the total "
            "without it, from -1 to 1."
        ),
        do=_("From 0.2 up it measures what the others measure. Around zero, ask whether it belongs here."),
    ),
    Meaning(
        name=EFFECTIVE_WEIGHT,
        says=_("Which part of the differences between totals comes from it; in brackets, its share of the marks."),
        do=_("Much lower than its share of the marks: it hardly counts. Much higher: it decides too much alone."),
    ),
)

FLAGS = {
    Flag.NEGATIVE: Advice(
        name=_("Strong do worse"),
        sentence=_("Fewer got it right among the strong than among the weak: look at the key."),
    ),
    Flag.AGAINST_REST: Advice(
        name=_("Against the rest"),
        sentence=_("Who does well in the other questions does badly here: look at the key, then at the wording."),
    ),
    Flag.TOO_HARD: Advice(
        name=_("Too hard"),
        sentence=_("It earned less than 20 % of its mark: check that it is taught, and that its wording is clear."),
    ),
    Flag.TOO_EASY: Advice(
        name=_("Too easy"),
        sentence=_("It earned more than 95 % of its mark: make the wrong options more plausible, or ask for more."),
    ),
    Flag.IDLE_OPTION: Advice(
        name=_("Idle option"),
        sentence=_("Nobody chose one of the wrong options: replace it with a mistake that people make."),
    ),
}

# What stands beside the reliability, or in its place.
METHODS = {
    Method.ALPHA: _(
        "Cronbach’s alpha: how far the questions measure one thing. From 0.7 up, results can be told apart; for "
        "a decision about a person, aim at 0.8. More questions, and better ones, raise it."
    ),
    Method.DRAWN: _(
        "Not everybody had the same questions, so this is no alpha: it is the reliability of a draw, from the "
        "differences within and between attempts. Questions of unequal difficulty lower it. From 0.7 up, results can "
        "be told apart."
    ),
    Method.UNEQUAL: _(
        "No reliability: people had different numbers of questions, or questions of different marks, so that their "
        "totals cannot be compared in this way."
    ),
    Method.NO_SPREAD: _("No reliability: it needs two questions or more, and totals that differ between people."),
}
RELIABILITY = {Method.ALPHA: _("Cronbach’s alpha"), Method.DRAWN: _("Reliability of the draw")}


def as_percent(share: Decimal | None) -> str:
    """Return a share in whole per cent; a dash for none."""
    return "–" if share is None else gettext("%(number)s %%") % {"number": number_format(share * 100, 0)}


def as_figure(value: Decimal | None) -> str:
    """Return a figure with two places; a dash for none."""
    return "–" if value is None else number_format(value, 2)
