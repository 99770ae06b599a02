"""One item into one question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.choices import read_choice
from academy.exchange.questions.qti.context import Context, Made, nothing
from academy.exchange.questions.qti.feedback import read_feedback
from academy.exchange.questions.qti.inline import read_gap_match, read_inline
from academy.exchange.questions.qti.marks import ONE, Marks
from academy.exchange.questions.qti.markup import Markup, is_interaction
from academy.exchange.questions.qti.pairs import read_match, read_order
from academy.exchange.questions.qti.pictures import Pictures
from academy.exchange.questions.qti.refusals import Refused, unknown_rule
from academy.exchange.questions.qti.typed import read_text_entry
from academy.exchange.questions.qti.written import read_extended_text, read_upload
from academy.standards.qti.model import Item
from academy.standards.qti.rules import Scoring, UnknownRule
from academy.standards.qti.scoring import read_scoring
from academy.standards.qti.tree import Element
from assessments.item_types.bodies import Description
from assessments.item_types.questions import Question

BLOCKS: dict[str, Callable[[Context, Element], Made]] = {
    "choiceInteraction": read_choice,
    "orderInteraction": read_order,
    "matchInteraction": read_match,
    "gapMatchInteraction": read_gap_match,
    "extendedTextInteraction": read_extended_text,
    "uploadInteraction": read_upload,
}
INLINE = {"textEntryInteraction", "inlineChoiceInteraction"}
# Here no rule marks: whatever it says of the score is not needed.
BY_PERSON = {"extendedTextInteraction", "uploadInteraction"}


def read_question(item: Item, pictures: Pictures) -> tuple[Question, tuple[str, ...]]:
    """Return the question of an item, and what it lost. Raises Refused and BadQti."""
    _refuse_changing(item)
    interactions = tuple(_interactions(item.body)) if item.body else ()
    _refuse_unknown(interactions)
    scoring = _scoring(item, interactions)
    markup = Markup(pictures)
    feedback = read_feedback(item, scoring, markup)
    context = Context(item=item, marks=Marks(item, scoring), markup=markup, feedback=feedback.values)
    made = _made(context, interactions)
    verdicts = feedback.verdicts(made.full, partial=made.partial)
    if item.styled:
        context.lost.append(_("Its style sheet is left behind."))
    question = Question(
        kind=made.kind,
        stem=made.stem,
        body=made.body,
        name=item.title,
        code=item.identifier,
        explanation=feedback.explanation,
        verdicts=verdicts,
        mark=made.full,
        language=item.language,
        pictures=pictures.all,
    )
    return question, tuple(dict.fromkeys((*context.lost, *feedback.losses(), *pictures.lost)))


def _refuse_changing(item: Item) -> None:
    if item.adaptive:
        raise Refused(_("It is adaptive: it goes on after an answer. Make a question of each step."))
    if item.templated:
        raise Refused(
            _("It makes itself anew for each learner (templateDeclaration). Make a question of each variant.")
        )
    if item.stimulus:
        raise Refused(_("A part of its text is in another file (a stimulus). Put the text into the question."))


def _interactions(body: Element) -> Iterator[Element]:
    """Return the interactions in the order of the text, those within others left out."""
    waiting = [body]
    while waiting:
        one = waiting.pop()
        if is_interaction(one):
            yield one
        else:
            waiting.extend(reversed(one.children))


def _refuse_unknown(interactions: tuple[Element, ...]) -> None:
    strange = sorted({one.name for one in interactions} - set(BLOCKS) - INLINE)
    if strange:
        raise Refused(_("It has a “%(name)s”, which has no like here. Ask it otherwise.") % {"name": strange[0][:60]})
    if len(interactions) > 1 and any(one.name in BLOCKS for one in interactions):
        names = ", ".join(dict.fromkeys(one.name for one in interactions))
        raise Refused(_("It asks several things at once (%(names)s). Make a question of each.") % {"names": names})


def _scoring(item: Item, interactions: tuple[Element, ...]) -> Scoring:
    try:
        return read_scoring(item)
    except UnknownRule as error:
        if interactions and not all(one.name in BY_PERSON for one in interactions):
            raise unknown_rule() from error
        return Scoring(score=None)


def _made(context: Context, interactions: tuple[Element, ...]) -> Made:
    if not interactions:
        return Made(kind="description", body=Description(), stem=context.stem(nothing), full=ONE)
    first: Any = interactions[0]
    if first.name in BLOCKS:
        return BLOCKS[first.name](context, first)
    if len(interactions) == 1 and first.name == "textEntryInteraction":
        return read_text_entry(context, first)
    return read_inline(context, interactions)
