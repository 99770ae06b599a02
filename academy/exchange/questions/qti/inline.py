"""Gaps in a text: lists of words, places for words, small questions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from math import lcm

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.choices import choice_points, graded_options
from academy.exchange.questions.qti.context import Context, Made, count, identified, is_true, word
from academy.exchange.questions.qti.marks import (
    ONE,
    ZERO,
    Exact,
    Rule,
    one_correct,
    rule_of,
    share,
    weights_of,
)
from academy.exchange.questions.qti.pairs import pair_points
from academy.exchange.questions.qti.refusals import Refused, unknown_rule
from academy.exchange.questions.qti.typed import best_of_typed, typed_body
from academy.standards.qti.model import Response
from academy.standards.qti.rules import Amount, Both, Chain, Condition, Either, responses_of
from academy.standards.qti.tree import Element
from assessments.item_types.bodies import Cloze, Gap, GapFill, Numeric, SingleChoice, Word
from assessments.item_types.rich import Rich, visible
from assessments.item_types.sent import alike
from assessments.item_types.stems import CLOZE, GAP_FILL

HEAVIEST = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class _Field:
    """A gap while it is read."""

    element: Element
    response: Response
    rule: Rule

    @property
    def is_list(self) -> bool:
        return self.element.name == "inlineChoiceInteraction"


def read_inline(context: Context, interactions: tuple[Element, ...]) -> Made:
    """Return a gap-fill where each gap is a list with one right word and weighs the same, else a cloze."""
    responses = [context.response(one) for one in interactions]
    if len({one.identifier for one in responses}) < len(responses):
        raise Refused(_("Two of its gaps fill the same response. Give each its own."))
    whole = _whole(context, responses)
    fields = [
        _Field(element=element, response=response, rule=_rule(context, response, whole))
        for element, response in zip(interactions, responses, strict=True)
    ]
    bests = [ONE if whole else _best(field) for field in fields]
    full = context.marks.full_of(whole[1] if whole else sum(bests, ZERO))
    weights = [1] * len(fields) if whole else _whole_weights(bests)
    plain = all(field.is_list and isinstance(field.rule, Exact) for field in fields)
    if plain and len(set(weights)) == 1 and not _says_something(context, fields):
        return _gap_fill(context, fields, full, all_or_nothing=whole is not None)
    gaps = tuple(_gap(context, field, best, weight) for field, best, weight in zip(fields, bests, weights, strict=True))
    places = {id(field.element): f"{{#{number}}}" for number, field in enumerate(fields, start=1)}
    return Made(
        kind="cloze",
        body=Cloze(gaps=gaps, all_or_nothing=whole is not None),
        stem=_stem(context, places, CLOZE),
        full=full,
        partial=whole is None,
    )


def _says_something(context: Context, fields: list[_Field]) -> bool:
    return any(context.say(field.response.identifier, key) for field in fields for key in _choices(field))


def _choices(field: _Field) -> dict[str, Element]:
    return identified(field.element.all("inlineChoice"))


def _whole(context: Context, responses: list[Response]) -> tuple[dict[str, Condition], Decimal] | None:
    """Return the condition of each response where only all of them together earn anything."""
    chains = context.marks.chains
    names = {one.identifier for one in responses}
    if len(chains) != 1 or len(names) < 2 or chains[0].responses != names or len(chains[0].cases) != 1:
        return None
    condition, amount = chains[0].cases[0]
    if not isinstance(condition, Both) or amount.mapped or chains[0].otherwise.constant or chains[0].otherwise.mapped:
        raise unknown_rule()
    parts: dict[str, Condition] = {}
    for part in condition.parts:
        asked = responses_of(part)
        if len(asked) != 1 or isinstance(part, Both) or asked & set(parts):
            raise unknown_rule()
        parts[min(asked)] = part
    return parts, amount.constant


def _rule(context: Context, response: Response, whole: tuple[dict[str, Condition], Decimal] | None) -> Rule:
    if whole:
        condition = whole[0][response.identifier]
        options = condition.parts if isinstance(condition, Either) else (condition,)
        return rule_of(Chain(tuple((one, Amount(ONE)) for one in options)), response)
    chains = [chain for chain in context.marks.chains if response.identifier in chain.responses]
    if len(chains) != 1 or chains[0].responses != {response.identifier}:
        raise unknown_rule()
    return rule_of(chains[0], response)


def _best(field: _Field) -> Decimal:
    if field.is_list:
        return max(choice_points(field.response, field.rule, tuple(_choices(field))).values())
    return best_of_typed(field.response, field.rule)


def _whole_weights(bests: list[Decimal]) -> list[int]:
    simple = weights_of(bests)
    factor = lcm(*(one.denominator for one in simple))
    weights = [int(one * factor) for one in simple]
    if max(weights) > HEAVIEST:
        raise Refused(_("Its gaps earn points that are no simple parts of each other. Give them rounder points."))
    return weights


def _gap(context: Context, field: _Field, best: Decimal, weight: int) -> Gap:
    if not field.is_list:
        body = typed_body(context, field.response, field.rule, best)
        return Gap(numeric=body, weight=weight) if isinstance(body, Numeric) else Gap(short_text=body, weight=weight)
    context.needs(field.response, "single", "identifier")
    texts = {key: Rich(word(context, one)) for key, one in _choices(field).items()}
    points = choice_points(field.response, field.rule, tuple(texts))
    options = graded_options(context, field.response, texts, {key: share(one, best) for key, one in points.items()})
    choice = SingleChoice(options=options, shuffle=is_true(field.element, "shuffle"))
    return Gap(single_choice=choice, weight=weight)


def _gap_fill(context: Context, fields: list[_Field], full: Decimal, *, all_or_nothing: bool) -> Made:
    words: list[Word] = []
    gaps: list[int] = []
    places: dict[int, str] = {}
    for group, field in enumerate(fields, start=1):
        context.needs(field.response, "single", "identifier")
        listed = {key: word(context, one) for key, one in _choices(field).items()}
        choice_points(field.response, field.rule, tuple(listed))
        right = len(words) + 1 + list(listed).index(one_correct(field.response))
        _refuse_twins(list(listed.values()))
        words += [Word(text=text, group=group) for text in listed.values()]
        gaps.append(right)
        places[id(field.element)] = f"[[{right}]]"
    body = GapFill(
        words=tuple(words),
        gaps=tuple(gaps),
        all_or_nothing=all_or_nothing or len(fields) == 1,
        shuffle=any(is_true(field.element, "shuffle") for field in fields),
    )
    return Made(
        kind="gap_fill",
        body=body,
        stem=_stem(context, places, GAP_FILL),
        full=full,
        partial=not body.all_or_nothing,
    )


def _refuse_twins(texts: list[str]) -> None:
    if len({alike(text) for text in texts}) < len(texts):
        raise Refused(_("Two words of one list are the same. Make them differ."))


def _stem(context: Context, places: dict[int, str], marker: re.Pattern[str], prompts: tuple[Element, ...] = ()) -> Rich:
    stem = context.stem(lambda element, _after: places.get(id(element), ""), prompts)
    if len(marker.findall(stem.text)) != len(places):
        raise Refused(
            _("Its text has “%(text)s”, which marks a gap here. Write it otherwise.") % {"text": "[[1]] / {#1}"}
        )
    if not visible(stem):
        raise Refused(_("It has no text."))
    return stem


def read_gap_match(context: Context, interaction: Element) -> Made:
    """Return a gap-fill: words to put into gaps of a text."""
    response = context.response(interaction)
    context.needs(response, "multiple", "directedPair")
    if interaction.all("gapImg"):
        raise Refused(_("A picture is a choice where only words can be. Describe it in words."))
    listed = identified(interaction.all("gapText"))
    gaps = identified(tuple(one for one in interaction.walk() if one.name == "gap"))
    points, full, all_or_nothing = pair_points(context, response)
    right = _right_words(points, listed, gaps)
    if any(one != 1 for one in weights_of(points.values())):
        raise Refused(_("Its gaps earn different points. Give each the same."))
    texts = {key: word(context, one) for key, one in listed.items()}
    _refuse_twins(list(texts.values()))
    used = Counter(right.values())
    numbers = {key: number for number, key in enumerate(listed, start=1)}
    places = {id(one): f"[[{numbers[right[key]]}]]" for key, one in gaps.items()}
    inner = tuple(one for one in interaction.content if isinstance(one, str) or one.name not in {"gapText", "prompt"})

    def replace(element: Element, after: str) -> str:
        if element is interaction:
            return context.markup.html(inner, replace)
        return places.get(id(element), "")

    stem = context.stem(replace, interaction.all("prompt"))
    if GAP_FILL.findall(stem.text) != [str(numbers[right[key]]) for key in gaps]:
        raise Refused(_("Its text has “%(text)s”, which marks a gap here. Write it otherwise.") % {"text": "[[1]]"})
    body = GapFill(
        words=tuple(
            Word(text=text, reuse=_is_reused(listed[key], used[key], len(gaps), context)) for key, text in texts.items()
        ),
        gaps=tuple(numbers[right[key]] for key in gaps),
        all_or_nothing=all_or_nothing or len(gaps) == 1,
        shuffle=is_true(interaction, "shuffle"),
    )
    return Made(kind="gap_fill", body=body, stem=stem, full=full, partial=not body.all_or_nothing)


def _right_words(
    points: dict[tuple[str, str], Decimal], listed: dict[str, Element], gaps: dict[str, Element]
) -> dict[str, str]:
    """Return the word of each gap; a pair may name them either way round."""
    pairs = [(one, other) if one in listed and other in gaps else (other, one) for one, other in points]
    right = {gap: text for text, gap in pairs}
    if len(right) != len(pairs) or set(right) != set(gaps) or not set(right.values()) <= set(listed):
        raise Refused(_("Some of its gaps have no right word, or several. Give each exactly one."))
    return right


def _is_reused(element: Element, used: int, gaps: int, context: Context) -> bool:
    most = count(element, "matchMax", 1)
    if most and used > most:
        raise Refused(_("A word is right in more gaps than it may fill. Raise its matchMax."))
    if 1 < most < gaps:
        context.lost.append(_("How often a word may be used has a limit. Here it may fill any gap."))
    return most != 1
