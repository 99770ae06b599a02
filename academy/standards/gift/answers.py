"""What stands between the braces. Everything here is masked text: see :mod:`escapes`."""

from __future__ import annotations

import re
from decimal import Decimal

from academy.standards.gift.escapes import read_text, unmask
from academy.standards.gift.model import (
    FULL,
    Answers,
    Broken,
    Choice,
    Choices,
    Essay,
    Fault,
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
from academy.standards.gift.numbers import excerpt, read_number, read_weight
from academy.standards.text_file import BLANKS

ARROW = "->"
TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
MOST_OPTIONS = 500
_ATTRIBUTE = re.compile(r"\s[A-Za-z-]+$")
_WITHIN = re.compile(r"[^\s~=]+=[^\s~=]+")
_ANOTHER = re.compile(r"(?:^|\s)=")


def read_answers(masked: str, markup: Markup) -> Answers:
    """Return what the braces hold; the order of the questions is Moodle's. Raises Broken."""
    masked = masked.strip(BLANKS)
    if not masked:
        return Essay()
    if masked.startswith("#"):
        return _numbers(masked[1:], markup)
    if masked.startswith(">"):
        raise Broken(Fault.ORDERING)
    if "~" in masked:
        return _choices(masked, markup)
    if "=" in masked and ARROW in masked:
        return _matches(masked, markup)
    word, _, feedback = masked.partition("#")
    if word.strip(BLANKS) in TRUTHS:
        return _true_false(word.strip(BLANKS), feedback, markup)
    if word.strip(BLANKS).upper() in TRUTHS:
        raise Broken(Fault.SMALL_TRUE, excerpt(word), word.strip(BLANKS).upper())
    return _short_answers(masked, markup)


def _parts(masked: str, sign: str) -> list[str]:
    """Split before each ``sign``; what stands before the first one comes first, even when it is empty."""
    if masked.count(sign) > MOST_OPTIONS:
        raise Broken(Fault.TOO_MANY_OPTIONS, str(MOST_OPTIONS))
    parts = [part.strip(BLANKS) for part in masked.split(sign)]
    for part in parts[:-1]:
        _refuse_open_tag(part)
    return parts


def _refuse_open_tag(part: str) -> None:
    """Refuse ``<a href``, which ends where its own equals sign was taken for the next answer's."""
    tag = part[part.rfind("<") :]
    if "<" in part and ">" not in tag and tag[1:2].isalpha() and _ATTRIBUTE.search(tag[-60:]):
        raise Broken(Fault.SPLIT_TAG, excerpt(tag))


def _refuse_split_word(masked: str) -> None:
    """Refuse a second right answer that begins within a word, as in ``=see ?a=b``: nobody means it."""
    within = _WITHIN.search(masked) if masked.count("=") > 1 else None
    if within:
        raise Broken(Fault.SPLIT_WORD, excerpt(unmask(within.group())))


def _answers(masked: str) -> list[str]:
    """Split into answers that begin with ``=``; the first may do without."""
    first, *others = _parts(masked, "=")
    return [first, *others] if first else others


def _with_feedback(masked: str, markup: Markup) -> tuple[Text, Text]:
    text, _, feedback = masked.partition("#")
    return read_text(text, markup), read_text(feedback, markup)


def _choices(masked: str, markup: Markup) -> Choices:
    before, *parts = _parts(masked.replace("=", "~="), "~")
    _refuse_split_word(masked)
    if before:
        raise Broken(Fault.LOOSE_TEXT, excerpt(unmask(before)))
    if len(parts) < 2:
        raise Broken(Fault.TOO_FEW_OPTIONS)
    return Choices(options=tuple(_choice(part, markup) for part in parts))


def _choice(masked: str, markup: Markup) -> Choice:
    right = masked.startswith("=")
    weight, rest = read_weight(masked.removeprefix("=").strip(BLANKS))
    text, feedback = _with_feedback(rest, markup)
    if right and weight is not None:
        raise Broken(Fault.WEIGHT_OF_RIGHT, excerpt(text.text))
    if not text.text:
        raise Broken(Fault.EMPTY_OPTION)
    return Choice(text=text, right=right, weight=weight, feedback=feedback)


def _matches(masked: str, markup: Markup) -> Matches:
    before, *parts = _parts(masked, "=")
    if before:
        raise Broken(Fault.LOOSE_TEXT, excerpt(unmask(before)))
    if len(parts) < 2:
        raise Broken(Fault.TOO_FEW_OPTIONS)
    return Matches(pairs=tuple(_match(part, markup) for part in parts))


def _match(masked: str, markup: Markup) -> Match:
    stem, arrow, match = masked.partition(ARROW)
    if not arrow:
        raise Broken(Fault.NO_ARROW, excerpt(unmask(masked)))
    if "#" in masked or read_weight(masked)[0] is not None:
        raise Broken(Fault.MORE_IN_MATCH, excerpt(unmask(masked)))
    if not unmask(match):
        raise Broken(Fault.EMPTY_MATCH, excerpt(unmask(masked)))
    return Match(stem=read_text(stem, markup), match=unmask(match))


def _true_false(word: str, masked: str, markup: Markup) -> TrueFalse:
    when_wrong, _, when_right = masked.partition("#")
    # An equals sign within a word is one of a link; after a blank it is meant as another answer.
    if "#" in when_right or _ANOTHER.search(masked):
        raise Broken(Fault.MORE_THAN_TRUE, excerpt(unmask(masked)))
    return TrueFalse(
        answer=TRUTHS[word],
        when_wrong=read_text(when_wrong, markup),
        when_right=read_text(when_right, markup),
    )


def _short_answers(masked: str, markup: Markup) -> ShortAnswers:
    parts = _answers(masked)
    if parts[0].partition("#")[0].strip(BLANKS) in TRUTHS and not masked.startswith("="):
        raise Broken(Fault.MORE_THAN_TRUE, excerpt(unmask(masked)))
    return ShortAnswers(answers=tuple(_short_answer(part, markup) for part in parts))


def _short_answer(masked: str, markup: Markup) -> ShortAnswer:
    weight, rest = read_weight(masked)
    text, feedback = _with_feedback(rest, markup)
    if not text.text:
        raise Broken(Fault.EMPTY_OPTION)
    return ShortAnswer(text=text.text, weight=FULL if weight is None else weight, feedback=feedback)


def _numbers(masked: str, markup: Markup) -> Numbers:
    met, tilde, other = masked.partition("~")
    answers = [_number(part, markup) for part in _answers(met)]
    if not answers:
        raise Broken(Fault.NO_NUMBER)
    if tilde:
        text, feedback = _with_feedback(other, markup)
        if text.text or "~" in other or "=" in other:
            raise Broken(Fault.AFTER_WRONG, excerpt(unmask(other)))
        answers.append(Number(weight=Decimal(0), feedback=feedback))
    return Numbers(answers=tuple(answers))


def _number(masked: str, markup: Markup) -> Number:
    weight, rest = read_weight(masked)
    text, feedback = _with_feedback(rest, markup)
    said = text.text
    weight = FULL if weight is None else weight
    if not said:
        raise Broken(Fault.NO_NUMBER)
    if ".." in said:
        low, _, high = said.partition("..")
        return Number(low=read_number(low), high=read_number(high), weight=weight, feedback=feedback)
    value, colon, tolerance = said.partition(":")
    off = read_number(tolerance) if colon else Decimal(0)
    if value.strip() == "*":
        return Number(weight=weight, feedback=feedback)
    return Number(value=read_number(value), tolerance=off, weight=weight, feedback=feedback)
