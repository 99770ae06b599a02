"""Choices: one or several of simple choices."""

from __future__ import annotations

from collections.abc import Mapping as Map
from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.context import Context, Made, count, identified, is_true, nothing
from academy.exchange.questions.qti.marks import (
    ONE,
    ZERO,
    Cases,
    Exact,
    Mapped,
    Rule,
    correct_of,
    near,
    one_correct,
    rule_of,
    share,
    within,
)
from academy.exchange.questions.qti.refusals import Refused, unknown_rule
from academy.exchange.questions.qti.truths import TRUTHS, truths
from academy.standards.qti.model import Mapping, Response
from academy.standards.qti.rules import Correct, Is
from academy.standards.qti.tree import Element
from assessments.item_types.bodies import MultipleChoice, MultipleRule, Option, SingleChoice, TrueFalse
from assessments.item_types.rich import Rich, visible


def read_choice(context: Context, interaction: Element) -> Made:
    """Return a single choice, a true or false, or a multiple choice."""
    response = context.response(interaction)
    cardinality = "single" if response.cardinality == "single" else "multiple"
    context.needs(response, cardinality, "identifier")
    found = identified(interaction.all("simpleChoice"))
    most = count(interaction, "maxChoices", 1 if cardinality == "single" else 0)
    # Without a limit it is the response that says how many it takes.
    if cardinality == "single" and most == 0:
        most = 1
    if cardinality == "single" and most != 1:
        raise Refused(_("Several may be chosen and its response holds one. Declare it as multiple."))
    texts = {key: context.markup.rich(one.content) for key, one in found.items()}
    shuffle = is_true(interaction, "shuffle")
    if shuffle and any(is_true(one, "fixed") for one in found.values()):
        context.lost.append(_("Some of its choices keep their place. Here all are shuffled, or none."))
    stem = context.stem(nothing, interaction.all("prompt"))
    rule = rule_of(context.marks.only(response), response)
    if most == 1:
        return _single(context, response, rule, texts, stem, shuffle=shuffle)
    body, full = _multiple(context, response, rule, texts, most=0 if most >= len(texts) else most)
    least = count(interaction, "minChoices")
    made = MultipleChoice(
        options=body.options, rule=body.rule, lowest=body.lowest, least=least, most=body.most, shuffle=shuffle
    )
    partial = body.rule != MultipleRule.ALL_OR_NOTHING
    return Made(kind="multiple_choice", body=made, stem=stem, full=full, partial=partial)


def _single(
    context: Context, response: Response, rule: Rule, texts: Map[str, Rich], stem: Rich, *, shuffle: bool
) -> Made:
    points = choice_points(response, rule, tuple(texts))
    full = context.marks.full(max(points.values()))
    if max(points.values()) < full:
        context.marks.full_of(max(points.values()))
    _note_more(context, max(points.values()), full)
    shares = {key: share(one, full) for key, one in points.items()}
    options = graded_options(context, response, texts, shares)
    words = {key: visible(text).casefold() for key, text in texts.items()}
    plain = all(option.fraction is None for option in options) and sum(option.correct for option in options) == 1
    if plain and len(words) == 2 and set(words.values()) == set(TRUTHS):
        return _true_false(context, {words[one.key]: one for one in options}, stem, full)
    # Other words than ours stay a choice: what a learner reads is what the author wrote.
    if plain and set(words) == set(TRUTHS) and set(words.values()) == _ours(context):
        return _true_false(context, {one.key: one for one in options}, stem, full)
    body = SingleChoice(options=options, shuffle=shuffle)
    return Made(kind="single_choice", body=body, stem=stem, full=full, partial=not plain)


def _ours(context: Context) -> set[str]:
    return {one.casefold() for one in truths(context.item.language)}


def _true_false(context: Context, found: Map[str, Option], stem: Rich, full: Decimal) -> Made:
    body = TrueFalse(
        answer=found["true"].correct,
        feedback_true=found["true"].feedback,
        feedback_false=found["false"].feedback,
    )
    return Made(kind="true_false", body=body, stem=stem, full=full)


def graded_options(
    context: Context, response: Response, texts: Map[str, Rich], shares: Map[str, Decimal]
) -> tuple[Option, ...]:
    """Return options with what each earns; nothing is said of it where right earns all and wrong nothing."""
    best = max(shares.values())
    if best <= 0:
        raise Refused(_("None of its choices earns anything. Say which is right."))
    right = {key for key, one in shares.items() if one == best}
    plain = all(one == (ONE if key in right else ZERO) for key, one in shares.items())
    return tuple(
        Option(
            key=key,
            text=text,
            correct=key in right,
            feedback=context.say(response.identifier, key),
            fraction=None if plain else shares[key],
        )
        for key, text in texts.items()
    )


def choice_points(response: Response, rule: Rule, keys: tuple[str, ...]) -> dict[str, Decimal]:
    """Return what each choice earns where one is chosen."""
    if not keys:
        raise Refused(_("It has no choices."))
    if isinstance(rule, Exact):
        right = known(one_correct(response), keys)
        return {key: rule.points if key == right else ZERO for key in keys}
    if isinstance(rule, Mapped):
        listed = mapped_values(rule.mapping, keys)
        return {key: within(rule.mapping, one) for key, one in listed.items()}
    points = dict.fromkeys(keys, rule.rest)
    for condition, earned in reversed(rule.cases):
        if isinstance(condition, Correct):
            points[known(one_correct(response), keys)] = earned
        elif isinstance(condition, Is) and not condition.position:
            points[known(condition.value, keys)] = earned
        else:
            raise unknown_rule()
    return points


def mapped_values(mapping: Mapping, keys: tuple[str, ...]) -> dict[str, Decimal]:
    """Return what a mapping gives each choice."""
    listed = {known(entry.key, keys): entry.value for entry in mapping.entries}
    return {key: listed.get(key, mapping.default) for key in keys}


def known(key: str, keys: tuple[str, ...]) -> str:
    """Return an identifier that is one of the choices."""
    if key not in keys:
        raise Refused(
            _("Its rule of marking names “%(key)s”, which is no choice of it. Correct it.") % {"key": key[:60]}
        )
    return key


def _note_more(context: Context, best: Decimal, full: Decimal) -> None:
    if best > full and not near(best, full):
        context.lost.append(_("More than the full mark could be earned. Here the full mark is the most."))


def _multiple(
    context: Context, response: Response, rule: Rule, texts: Map[str, Rich], *, most: int
) -> tuple[MultipleChoice, Decimal]:
    keys = tuple(texts)
    if isinstance(rule, Cases):
        raise unknown_rule()
    if isinstance(rule, Exact):
        right = {known(one, keys) for one in correct_of(response)}
        if most and len(right) > most:
            raise Refused(_("More choices are right than may be chosen. Raise maxChoices."))
        full = context.marks.full_of(rule.points)
        options = _options(context, response, texts, dict.fromkeys(keys), right)
        return MultipleChoice(options=options, rule=MultipleRule.ALL_OR_NOTHING, most=most), full
    return _weighed(context, response, rule.mapping, texts, most=most)


def _weighed(
    context: Context, response: Response, mapping: Mapping, texts: Map[str, Rich], *, most: int
) -> tuple[MultipleChoice, Decimal]:
    points = mapped_values(mapping, tuple(texts))
    gains = sorted((one for one in points.values() if one > 0), reverse=True)
    losses = sorted(one for one in points.values() if one < 0)
    best = sum(gains[: most or None], ZERO)
    attainable = within(mapping, best)
    full = context.marks.full(attainable)
    if attainable < full and not near(attainable, full):
        context.marks.full_of(attainable)
    if gains[0] > full and not near(gains[0], full):
        raise Refused(_("One of its choices earns more than the full mark. Give it less."))
    _note_more(context, attainable, full)
    right = {key for key, one in points.items() if one > 0}
    if _is_right_minus_wrong(points, right, mapping, full):
        options = _options(context, response, texts, dict.fromkeys(texts), right)
        return MultipleChoice(options=options, rule=MultipleRule.RIGHT_MINUS_WRONG, most=most), full
    lowest = sum(losses[: most or None], ZERO) if mapping.lower is None else mapping.lower
    options = _options(context, response, texts, {key: share(one, full) for key, one in points.items()}, right)
    body = MultipleChoice(options=options, rule=MultipleRule.WEIGHTS, lowest=share(lowest, full), most=most)
    return body, full


def _is_right_minus_wrong(points: Map[str, Decimal], right: set[str], mapping: Mapping, full: Decimal) -> bool:
    """Each right one earns its part of all, each wrong one costs as much, and nothing falls below zero."""
    if mapping.lower != 0 or len(right) == len(points):
        return False
    part = full / len(right)
    return all(near(one, part if key in right else -part) for key, one in points.items())


def _options(
    context: Context, response: Response, texts: Map[str, Rich], shares: Map[str, Decimal | None], right: set[str]
) -> tuple[Option, ...]:
    return tuple(
        Option(
            key=key,
            text=text,
            correct=key in right,
            feedback=context.say(response.identifier, key),
            fraction=shares[key],
        )
        for key, text in texts.items()
    )
