"""From the bodies of questions to what a GIFT file says."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from academy.exchange.questions.gift.rules import share, weights
from academy.standards import gift
from assessments.item_types.bodies import (
    ONE,
    ZERO,
    Accepted,
    AcceptedNumber,
    Description,
    Matching,
    MultipleChoice,
    MultipleRule,
    Numeric,
    OpenText,
    Option,
    ShortText,
    SingleChoice,
    Tolerance,
    TrueFalse,
)
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich
from assessments.item_types.shape import exact, seven_places


class NotHeld(Exception):
    """GIFT cannot hold the question without marking it otherwise; the message says what is the matter."""


def gift_of(question: Question) -> gift.GiftQuestion:
    """Return what the file says of a question. Raises NotHeld."""
    return gift.GiftQuestion(
        stem=text_of(question.stem),
        answers=_answers(question.body),
        name=tidy(question.name),
        code=question.code if gift.write_label("id", question.code) else "",
        tags=tuple(tag for tag in question.tags if gift.write_label("tag", tag)),
        category=gift.read_category(gift.write_category(question.category)),
        general=gift.NO_TEXT if question.kind == "description" else text_of(question.explanation),
    )


def tidy(text: str) -> str:
    """Return a text as the format holds it: plain line ends, no blanks at its ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n\x0b\x0c")


def text_of(rich: Rich) -> gift.Text:
    """Return a text with its markup; an empty one has none."""
    text = tidy(rich.text)
    return gift.Text(text=text, markup=gift.Markup(rich.format.value)) if text else gift.NO_TEXT


def _answers(body: object) -> gift.Answers:
    match body:
        case SingleChoice(options=options):
            return _single(options)
        case MultipleChoice():
            return _multiple(body)
        case TrueFalse():
            right, wrong = body.feedback_true, body.feedback_false
            if not body.answer:
                right, wrong = wrong, right
            return gift.TrueFalse(answer=body.answer, when_wrong=text_of(wrong), when_right=text_of(right))
        case ShortText(answers=answers):
            return gift.ShortAnswers(answers=tuple(map(_short_answer, answers)))
        case Numeric():
            return _numbers(body)
        case Matching():
            return _matches(body)
        case OpenText():
            return gift.Essay()
        case Description():
            return gift.Description()
    raise NotHeld(_("GIFT has no question of this kind."))


def _percent(earned: Fraction) -> Decimal:
    percent = gift.percent_of(earned)
    if percent is None:
        message = _("GIFT cannot say that an answer earns %(percent)s %% of the mark.")
        raise NotHeld(message % {"percent": format((seven_places(earned) * 100).normalize(), "f")})
    return percent


def _choice(option: Option, weight: Decimal | None, *, right: bool = False) -> gift.Choice:
    text = text_of(option.text)
    if not text.text:
        raise NotHeld(_("An answer has no text."))
    return gift.Choice(text=text, right=right, weight=weight, feedback=text_of(option.feedback))


def _single(options: Sequence[Option]) -> gift.Choices:
    choices = []
    for number, option in enumerate(options):
        earned = share(option)
        # Where all are right, one needs the tilde that makes it a choice.
        if earned == ONE and (number == 0 or any(share(other) != ONE for other in options)):
            choices.append(_choice(option, None, right=True))
        else:
            choices.append(_choice(option, None if earned == ZERO else _percent(exact(earned))))
    return _choices(choices)


def _choices(choices: Sequence[gift.Choice]) -> gift.Choices:
    if not 2 <= len(choices) <= gift.MOST_OPTIONS:
        raise NotHeld(_("It has too few or too many answers to choose from."))
    return gift.Choices(options=tuple(choices))


def _multiple(body: MultipleChoice) -> gift.Choices:
    if body.rule == MultipleRule.ALL_OR_NOTHING:
        raise NotHeld(_("GIFT cannot say that only exactly the right answers together earn the mark."))
    if body.rule == MultipleRule.RIGHT_MINUS_WRONG:
        right = sum(option.correct for option in body.options)
        if not right:
            raise NotHeld(_("No answer is right."))
        percent = gift.percent_of(Fraction(1, right))
        if percent is None:
            raise NotHeld(_("GIFT cannot share the mark among %(number)s right answers.") % {"number": right})
        return _choices([_choice(option, percent if option.correct else -percent) for option in body.options])
    if body.lowest != ZERO:
        raise NotHeld(_("GIFT cannot say that an answer earns less than nothing."))
    shares = weights(body.options)
    return _choices(
        [
            _choice(option, _percent(share_of_option) if share_of_option else None)
            for option, share_of_option in zip(body.options, shares, strict=True)
        ]
    )


def _short_answer(answer: Accepted) -> gift.ShortAnswer:
    if not tidy(answer.text):
        raise NotHeld(_("An answer has no text."))
    text = answer.text if answer.pattern else answer.text.replace("*", "\\*")
    return gift.ShortAnswer(text=text, weight=_percent(exact(answer.fraction)), feedback=text_of(answer.feedback))


def _numbers(body: Numeric) -> gift.Numbers:
    if body.units:
        raise NotHeld(_("GIFT has no units."))
    return gift.Numbers(answers=tuple(map(_number, body.answers)))


def _number(number: AcceptedNumber) -> gift.Number:
    if number.rule != Tolerance.ABSOLUTE:
        raise NotHeld(_("GIFT has no tolerance in proportion to the number."))
    if (number.low is None) != (number.high is None) or (number.value is not None and number.low is not None):
        raise NotHeld(_("GIFT has no range that is open at one end."))
    return gift.Number(
        value=number.value,
        tolerance=number.tolerance,
        low=number.low,
        high=number.high,
        weight=_percent(exact(number.fraction)),
        feedback=text_of(number.feedback),
    )


def _matches(body: Matching) -> gift.Matches:
    if body.all_or_nothing or any(pair.weight != ONE for pair in body.pairs):
        raise NotHeld(_("GIFT cannot say that pairs weigh differently, or earn only all together."))
    lines = [gift.Match(stem=text_of(pair.stem), match=tidy(pair.match)) for pair in body.pairs]
    if not all(line.stem.text for line in lines):
        raise NotHeld(_("A pair has no text."))
    lines += [gift.Match(stem=gift.NO_TEXT, match=tidy(match)) for match in body.distractors]
    if not all(line.match for line in lines):
        raise NotHeld(_("A match has no text."))
    if not 2 <= len(lines) <= gift.MOST_OPTIONS:
        raise NotHeld(_("It has too few or too many pairs."))
    return gift.Matches(pairs=tuple(lines))
