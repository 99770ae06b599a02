"""A plan and a question into an item."""

from __future__ import annotations

import dataclasses
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.plans import FEEDBACK, LeftOut, Plan, Texts
from academy.exchange.questions.qti.xhtml import box, is_inline, split_at
from academy.standards.qti.model import Item, Outcome
from academy.standards.qti.names import Version
from academy.standards.qti.rule_writer import Named, standard_template, write_rules
from academy.standards.qti.rules import Label, LabelChain, OutcomeIs
from academy.standards.qti.scoring import SCORE
from academy.standards.qti.tree import Content, Element, make
from academy.standards.qti.writer import say_number, template
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich

VERDICT, EXPLANATION = "VERDICT", "EXPLANATION"
# Sums of thirds are a little less than their whole.
ALMOST, HARDLY = Decimal("0.9999995"), Decimal("0.0000005")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
Said = tuple[str, str, Rich]


def build_item(question: Question, identifier: str, plan: Plan, texts: Texts, version: Version) -> Item:
    """Return the item of a question; its processing names the template only where one says the same."""
    verdicts, on_verdict = _verdicts(question) if plan.by_rule else ([], [])
    explained, on_explanation = _explanation(question)
    labels = [*plan.labels, *verdicts, *explained]
    said = [*plan.said, *on_verdict, *on_explanation]
    item = Item(
        identifier=identifier,
        title=question.name,
        language=question.language if _LANGUAGE.fullmatch(question.language) else "",
        responses=plan.responses,
        outcomes=_outcomes(question, plan, labels),
        body=make("itemBody", *plan.notes, *_body(question, plan, texts)),
        modal=tuple(_modal(one, texts) for one in said),
    )
    if not plan.chains and not labels:
        return item
    if name := standard_template(plan.chains, labels):
        return dataclasses.replace(item, processing=template(name, version))
    return dataclasses.replace(item, processing=write_rules(item, plan.chains, labels))


def _outcomes(question: Question, plan: Plan, labels: list[Named]) -> tuple[Outcome, ...]:
    if not plan.responses and not labels:
        return ()
    score = (
        Outcome(
            identifier=SCORE,
            cardinality="single",
            base_type="float",
            default=("0",),
            normal_maximum=question.mark,
        ),
        Outcome(identifier="MAXSCORE", cardinality="single", base_type="float", default=(say_number(question.mark),)),
    )
    words = tuple(
        Outcome(
            identifier=name,
            cardinality=plan.feedback_cardinality if name == FEEDBACK else "single",
            base_type="identifier",
        )
        for name, _chain in labels
    )
    return (*score, *words) if plan.responses else words


def _body(question: Question, plan: Plan, texts: Texts) -> list[Element]:
    content: Content = texts.content(question.stem)
    if plan.marker:
        seen: list[int] = []
        content = split_at(content, plan.marker, dict(plan.gaps), seen)
        if tuple(seen) != plan.numbers:
            raise LeftOut(_("The gaps of its text are not those of its answers."))
    blocks = [_as_block(content)]
    return blocks if plan.block is None else [*blocks, plan.block]


def _as_block(content: Content) -> Element:
    shown = [one for one in content if not isinstance(one, str) or one.strip()]
    if len(shown) == 1 and isinstance(shown[0], Element) and shown[0].name in {"div", "p"}:
        return shown[0]
    return make("p", *content) if is_inline(content) else box(content)


def _verdicts(question: Question) -> tuple[list[Named], list[Said]]:
    verdicts = question.verdicts
    said = [
        (VERDICT, name, text)
        for name, text in (("RIGHT", verdicts.right), ("PARTLY", verdicts.partly), ("WRONG", verdicts.wrong))
        if text
    ]
    if not said:
        return [], []
    chain = LabelChain(
        cases=(
            (OutcomeIs(SCORE, "gte", question.mark * ALMOST), Label("RIGHT")),
            (OutcomeIs(SCORE, "gte", HARDLY), Label("PARTLY")),
        ),
        otherwise=Label("WRONG"),
    )
    return [(VERDICT, chain)], said


def _explanation(question: Question) -> tuple[list[Named], list[Said]]:
    if not question.explanation:
        return [], []
    chain = LabelChain(otherwise=Label(EXPLANATION))
    return [(EXPLANATION, chain)], [(EXPLANATION, EXPLANATION, question.explanation)]


def _modal(said: Said, texts: Texts) -> Element:
    outcome, name, text = said
    attributes = {"outcomeIdentifier": outcome, "showHide": "show", "identifier": name}
    return make("modalFeedback", *texts.content(text), **attributes)
