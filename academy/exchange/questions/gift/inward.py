"""From what a GIFT file says to the bodies of questions."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.gift.rules import WILDCARD
from academy.exchange.questions.keys import letter_key
from academy.standards import gift
from assessments.item_types.bodies import (
    ONE,
    Accepted,
    AcceptedNumber,
    Description,
    Matching,
    MultipleChoice,
    MultipleRule,
    Numeric,
    OpenText,
    Option,
    Pair,
    ShortText,
    SingleChoice,
    TrueFalse,
)
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich, TextFormat
from assessments.item_types.shape import seven_places


class Refused(Exception):
    """The question cannot be taken; the message says why and how to mend it."""


def question_of(said: gift.GiftQuestion) -> Question:
    """Return the question. Raises Refused."""
    kind, body = _body(said.answers)
    return Question(
        kind=kind,
        stem=rich(said.stem),
        body=body,
        name=said.name,
        code=said.code,
        category=said.category,
        tags=said.tags,
        explanation=rich(said.general),
    )


def rich(text: gift.Text) -> Rich:
    """Return a text with its format; an empty one has none."""
    return Rich(text.text, TextFormat(text.markup.value)) if text.text else Rich()


def _body(answers: gift.Answers) -> tuple[str, object]:
    match answers:
        case gift.Choices(options=options) if any(option.right for option in options):
            return "single_choice", SingleChoice(options=tuple(map(_single, range(len(options)), options)))
        case gift.Choices(options=options):
            weighted = tuple(map(_weighted, range(len(options)), options))
            return "multiple_choice", MultipleChoice(options=weighted, rule=MultipleRule.WEIGHTS)
        case gift.TrueFalse() as statement:
            return "true_false", _true_false(statement)
        case gift.ShortAnswers(answers=accepted):
            return "short_text", ShortText(answers=tuple(map(_accepted, accepted)))
        case gift.Numbers(answers=numbers):
            return "numeric", Numeric(answers=tuple(map(_number, numbers)))
        case gift.Matches(pairs=pairs):
            return "matching", _matching(pairs)
        case gift.Essay():
            return "open_text", OpenText()
        case gift.Description():
            return "description", Description()


def _share(weight: Decimal) -> Decimal:
    known = gift.share_of(weight)
    if known is None:
        message = _("Moodle does not know the weight %(percent)s %%. The nearest that it knows is %(nearest)s %%.")
        raise Refused(message % {"percent": weight, "nearest": gift.nearest_percent(weight)})
    return seven_places(known).normalize()


def _single(number: int, option: gift.Choice) -> Option:
    earned = ONE if option.right else _share(option.weight or Decimal(0))
    return Option(
        key=letter_key(number),
        text=rich(option.text),
        correct=earned == ONE,
        feedback=rich(option.feedback),
        # All or nothing is what being right or wrong implies.
        fraction=None if earned in {Decimal(0), ONE} else earned,
    )


def _weighted(number: int, option: gift.Choice) -> Option:
    earned = _share(option.weight or Decimal(0))
    return Option(
        key=letter_key(number),
        text=rich(option.text),
        correct=earned > 0,
        feedback=rich(option.feedback),
        fraction=earned,
    )


def _true_false(statement: gift.TrueFalse) -> TrueFalse:
    right, wrong = rich(statement.when_right), rich(statement.when_wrong)
    return TrueFalse(
        answer=statement.answer,
        feedback_true=right if statement.answer else wrong,
        feedback_false=wrong if statement.answer else right,
    )


def _accepted(answer: gift.ShortAnswer) -> Accepted:
    pattern = bool(WILDCARD.search(answer.text))
    return Accepted(
        text=answer.text if pattern else answer.text.replace("\\*", "*"),
        fraction=_share(answer.weight),
        feedback=rich(answer.feedback),
        pattern=pattern,
    )


def _number(number: gift.Number) -> AcceptedNumber:
    return AcceptedNumber(
        value=number.value,
        tolerance=number.tolerance,
        low=number.low,
        high=number.high,
        fraction=_share(number.weight),
        feedback=rich(number.feedback),
    )


def _matching(lines: tuple[gift.Match, ...]) -> Matching:
    pairs = [line for line in lines if line.stem.text]
    if not pairs:
        raise Refused(_("No line has anything before its ->. Write =this -> that in at least one."))
    return Matching(
        pairs=tuple(
            Pair(key=letter_key(number), stem=rich(line.stem), match=line.match) for number, line in enumerate(pairs)
        ),
        distractors=tuple(line.match for line in lines if not line.stem.text),
    )
