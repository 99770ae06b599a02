"""Aiken in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from academy.exchange.questions.gift.rules import refusals
from academy.exchange.questions.keys import letter_key
from academy.exchange.questions.reading import Found, Note, Reading
from academy.standards.aiken import AikenQuestion, Entry, Fault, Finding, read_aiken
from assessments.item_types.bodies import Option, SingleChoice
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich

_MESSAGES: dict[Fault, str | Promise] = {
    Fault.TOO_BIG: gettext_lazy("The file is larger than %(first)s MB. Split it."),
    Fault.NOT_TEXT: gettext_lazy("The file is not text in UTF-8 or UTF-16. Save it again as UTF-8."),
    Fault.TOO_MANY_QUESTIONS: gettext_lazy("The file has more than %(first)s questions. Split it."),
    Fault.TOO_LONG: gettext_lazy("The question has more than %(first)s lines. Shorten it."),
    Fault.STRANGE_CHARACTER: gettext_lazy("It has a character that is no text (%(first)s). Remove it."),
    Fault.NO_TEXT: gettext_lazy(
        "The question has no text. Write it before its options, and begin no line of it like “A.”."
    ),
    Fault.NO_ANSWER: gettext_lazy("The question has no answer. Write a line like “ANSWER: B” after its options."),
    Fault.NOT_AN_ANSWER: gettext_lazy("“%(first)s” is no answer. Write one letter, as in “ANSWER: B”."),
    Fault.SEVERAL_ANSWERS: gettext_lazy(
        "“%(first)s” are several answers, and Aiken has only one. Use GIFT for this question."
    ),
    Fault.UNKNOWN_ANSWER: gettext_lazy("The answer is %(first)s, and no option has that letter."),
    Fault.TOO_FEW_OPTIONS: gettext_lazy(
        "The question has fewer than two options. Begin each with a capital letter, as in “A.”."
    ),
    Fault.OUT_OF_ORDER: gettext_lazy(
        "An option begins with %(first)s where %(second)s is due. Put the letters in order."
    ),
    Fault.EMPTY_OPTION: gettext_lazy("Option %(first)s has no text."),
}


def read(data: bytes) -> Reading:
    """Return the questions of an Aiken file, each with what is wrong with it."""
    file = read_aiken(data)
    if file.finding:
        return Reading(problems=(Note(message=sentence(file.finding)),))
    if not file.entries:
        return Reading(problems=(Note(message=_("The file has no questions.")),))
    return Reading(found=tuple(map(_found, file.entries)))


def _found(entry: Entry) -> Found:
    if not isinstance(entry.said, AikenQuestion):
        return Found(line=entry.line, name="", question=None, problems=tuple(map(sentence, entry.said)))
    question = _question(entry.said)
    problems = tuple(refusals(question.body))
    return Found(line=entry.line, name="", question=None if problems else question, problems=problems)


def _question(said: AikenQuestion) -> Question:
    options = tuple(
        Option(key=letter_key(number), text=Rich(text), correct=number == said.right)
        for number, text in enumerate(said.options)
    )
    return Question(kind="single_choice", stem=Rich(said.text), body=SingleChoice(options=options))


def sentence(finding: Finding) -> str:
    """Return a finding in the language of the reader."""
    named = dict(zip(("first", "second"), finding.values, strict=False))
    return str(_MESSAGES[finding.fault]) % named
