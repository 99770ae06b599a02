"""From questions to text. What a file could not say is refused before: see :func:`cannot_say`."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from academy.standards.gift.answers import ARROW
from academy.standards.gift.escapes import escape, write_text
from academy.standards.gift.labels import CATEGORY, write_category, write_label
from academy.standards.gift.model import (
    FULL,
    Choice,
    Choices,
    Description,
    Essay,
    GiftQuestion,
    Markup,
    Match,
    Matches,
    Number,
    Numbers,
    ShortAnswer,
    ShortAnswers,
    Text,
    TrueFalse,
)
from academy.standards.gift.numbers import write_number


class Unsayable(StrEnum):
    """Why no line of the format says a question."""

    ARROW_IN_STEM = "arrow_in_stem"
    ARROW_IN_ANSWERS = "arrow_in_answers"
    NUMBER = "number"


def cannot_say(question: GiftQuestion) -> Unsayable | None:
    """Return why the question cannot be written, or None when it can."""
    match question.answers:
        case Matches(pairs=pairs) if any(ARROW in pair.stem.text for pair in pairs):
            return Unsayable.ARROW_IN_STEM
        case ShortAnswers(answers=answers) if len(answers) > 1 and any(
            ARROW in text for answer in answers for text in (answer.text, answer.feedback.text)
        ):
            return Unsayable.ARROW_IN_ANSWERS
        case Numbers(answers=numbers) if not all(
            write_number(part)
            for number in numbers
            for part in (number.value, number.tolerance, number.low, number.high)
            if part is not None
        ):
            return Unsayable.NUMBER
    return None


def write_gift(questions: Iterable[GiftQuestion]) -> str:
    """Return a file."""
    blocks: list[str] = []
    category: tuple[str, ...] = ()
    for question in questions:
        if question.category != category:
            category = question.category
            blocks.append(f"{CATEGORY} {write_category(category)}\n")
        blocks.append(_block(question))
    return "\n".join(blocks)


def _block(question: GiftQuestion) -> str:
    labels = [write_label("id", question.code)] if question.code else []
    labels += [write_label("tag", tag) for tag in question.tags]
    comment = f"// {' '.join(labels)}\n" if labels else ""
    name = f"::{escape(question.name)}::" if question.name else ""
    return f"{comment}{name}{write_text(question.stem, Markup.MOODLE)}{_braces(question)}\n"


def _braces(question: GiftQuestion) -> str:
    markup = question.stem.markup
    general = "####" + write_text(question.general, markup) if question.general.text else ""
    match question.answers:
        case Description():
            return ""
        case Essay():
            return f"{{{general}}}"
        case TrueFalse() as statement:
            return f"{{{_true_false(statement, markup)}{general}}}"
        case Choices(options=options):
            return _list("{", [_choice(option, markup) for option in options], general)
        case ShortAnswers(answers=(only,)) if ARROW in only.text + only.feedback.text:
            # With an equals sign and an arrow it would be a matching question.
            return _list("{", [_short_answer(only, markup)], general)
        case ShortAnswers(answers=answers):
            return _list("{", ["=" + _short_answer(answer, markup) for answer in answers], general)
        case Numbers(answers=numbers):
            return _list("{#", [_number(number, markup) for number in numbers], general)
        case Matches(pairs=pairs):
            return _list("{", [_match(pair, markup) for pair in pairs], general)


def _list(opening: str, parts: list[str], general: str) -> str:
    return "\n\t".join([opening, *parts, *([general] if general else [])]) + "\n}"


def _feedback(text: Text, markup: Markup) -> str:
    return "#" + write_text(text, markup) if text.text else ""


def _weight(weight: Decimal) -> str:
    return f"%{format(weight, 'f')}%"


def _choice(option: Choice, markup: Markup) -> str:
    weight = "" if option.weight is None else _weight(option.weight)
    sign = "=" if option.right else "~"
    return sign + weight + write_text(option.text, markup) + _feedback(option.feedback, markup)


def _short_answer(answer: ShortAnswer, markup: Markup) -> str:
    text = write_text(Text(text=answer.text, markup=markup), markup)
    # Only a weight keeps a lone “TRUE” from being a statement.
    return _weight(answer.weight) + text + _feedback(answer.feedback, markup)


def _number(number: Number, markup: Markup) -> str:
    feedback = _feedback(number.feedback, markup)
    if number.low is not None and number.high is not None:
        said = f"{write_number(number.low)}..{write_number(number.high)}"
    elif number.value is not None:
        said = write_number(number.value) + (f":{write_number(number.tolerance)}" if number.tolerance else "")
    elif number.weight:
        said = "*"
    else:
        return "~" + feedback
    return "=" + ("" if number.weight == FULL else _weight(number.weight)) + said + feedback


def _match(pair: Match, markup: Markup) -> str:
    return f"={write_text(pair.stem, markup)} {ARROW} {escape(pair.match)}"


def _true_false(statement: TrueFalse, markup: Markup) -> str:
    wrong, right = (write_text(text, markup) for text in (statement.when_wrong, statement.when_right))
    word = "TRUE" if statement.answer else "FALSE"
    if right:
        return f"{word}#{wrong}#{right}"
    return f"{word}#{wrong}" if wrong else word
