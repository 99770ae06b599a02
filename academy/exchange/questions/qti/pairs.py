"""Pairs and orders: what belongs to what, and what comes when."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.choices import known
from academy.exchange.questions.qti.context import Context, Made, count, identified, is_true, nothing, word
from academy.exchange.questions.qti.marks import ONE, ZERO, Exact, Mapped, correct_of, near, rule_of, weights_of
from academy.exchange.questions.qti.refusals import Refused, unknown_rule
from academy.standards.qti.model import Mapping, Response
from academy.standards.qti.rules import Chain, Is
from academy.standards.qti.tree import Element
from assessments.item_types.bodies import Matching, Ordering, OrderingRule, Pair, Step
from assessments.item_types.sent import alike

Pairs = dict[tuple[str, str], Decimal]


def pair_points(context: Context, response: Response) -> tuple[Pairs, Decimal, bool]:
    """Return what each right pair earns, all of them, and whether only all together earn anything."""
    rule = rule_of(context.marks.only(response), response)
    if isinstance(rule, Exact):
        pairs = {_pair(one): ONE for one in correct_of(response)}
        return pairs, context.marks.full_of(rule.points), True
    if not isinstance(rule, Mapped):
        raise unknown_rule()
    points = {_pair(one.key): one.value for one in rule.mapping.entries}
    if rule.mapping.default or min(points.values(), default=ZERO) < 0:
        raise Refused(_("A wrong pair gains or loses points. Let wrong pairs earn 0."))
    right = {pair: one for pair, one in points.items() if one > 0}
    return right, _full_of_pairs(context, rule.mapping, right), False


def _full_of_pairs(context: Context, mapping: Mapping, right: Pairs) -> Decimal:
    total = sum(right.values(), ZERO)
    if mapping.upper is not None and mapping.upper < total and not near(mapping.upper, total):
        raise Refused(_("All right pairs earn more than the upperBound. Raise it to what they earn."))
    return context.marks.full_of(total)


def _pair(text: str) -> tuple[str, str]:
    parts = text.split()
    if len(parts) != 2:
        raise Refused(_("“%(text)s” is no pair. Write two identifiers.") % {"text": text[:60]})
    return parts[0], parts[1]


def read_match(context: Context, interaction: Element) -> Made:
    """Return a matching: each of one set belongs to one of the other."""
    response = context.response(interaction)
    context.needs(response, "multiple", "directedPair")
    sets = interaction.all("simpleMatchSet")
    if len(sets) != 2:
        raise Refused(_("It needs two sets to match."))
    sources, targets = (identified(one.all("simpleAssociableChoice")) for one in sets)
    points, full, all_or_nothing = pair_points(context, response)
    for source, target in points:
        known(source, tuple(sources))
        known(target, tuple(targets))
    if not _is_one_each(tuple(source for source, _target in points), sources, targets, points):
        if not _is_one_each(tuple(target for _source, target in points), targets, sources, points):
            raise Refused(
                _("Some of its stems have no match, or several. Give each exactly one, with a matchMax of 1.")
            )
        sources, targets = targets, sources
        points = {(target, source): one for (source, target), one in points.items()}
    if 0 < count(interaction, "maxAssociations") < len(sources):
        raise Refused(_("Fewer pairs may be made than are right. Raise maxAssociations."))
    words = {key: word(context, one) for key, one in targets.items()}
    if len({alike(one) for one in words.values()}) < len(words):
        raise Refused(_("Two of its matches have the same words. Make them differ."))
    stem = context.stem(nothing, interaction.all("prompt"))
    matches = dict(points.keys())
    weights = _weights([points[key, matches[key]] for key in sources])
    body = Matching(
        pairs=tuple(
            Pair(
                key=key,
                stem=context.markup.rich(one.content),
                match=words[matches[key]],
                weight=weight,
            )
            for (key, one), weight in zip(sources.items(), weights, strict=True)
        ),
        distractors=tuple(text for key, text in words.items() if key not in matches.values()),
        all_or_nothing=all_or_nothing,
        shuffle=is_true(interaction, "shuffle"),
    )
    return Made(kind="matching", body=body, stem=stem, full=full, partial=not all_or_nothing)


def _is_one_each(named: tuple[str, ...], stems: dict[str, Element], others: dict[str, Element], points: Pairs) -> bool:
    """Whether each of a set has one right match and takes but one, and the others are not too few for that."""
    if sorted(named) != sorted(stems) or any(count(one, "matchMax", 1) != 1 for one in stems.values()):
        return False
    used = [one for pair in points for one in pair]
    return all(not (most := count(one, "matchMax", 1)) or most >= used.count(key) for key, one in others.items())


def _weights(points: list[Decimal]) -> list[Decimal]:
    simple = weights_of(points)
    if all(one == 1 for one in simple):
        return [ONE] * len(points)
    if all(one.denominator == 1 for one in simple):
        return [Decimal(one.numerator) for one in simple]
    return points


def read_order(context: Context, interaction: Element) -> Made:
    """Return an ordering: all places together, or each place for itself."""
    response = context.response(interaction)
    context.needs(response, "ordered", "identifier")
    found = identified(interaction.all("simpleChoice"))
    if count(interaction, "minChoices", len(found)) < len(found) or count(interaction, "maxChoices", len(found)) < len(
        found
    ):
        raise Refused(_("Only some of its choices are to be ordered. Let all be."))
    chains = context.marks.chains
    if len(chains) == 1 and len(chains[0].cases) <= 1 and not _is_place(chains[0]):
        rule = rule_of(context.marks.only(response), response)
        if not isinstance(rule, Exact):
            raise unknown_rule()
        right, full = list(correct_of(response)), context.marks.full_of(rule.points)
        kept = OrderingRule.ALL_OR_NOTHING
    else:
        right, full = _places(context, response)
        kept = OrderingRule.ABSOLUTE_POSITION
    if sorted(right) != sorted(found):
        raise Refused(_("Its right order does not name each choice once. Correct it."))
    body = Ordering(
        steps=tuple(Step(key=key, text=context.markup.rich(found[key].content)) for key in right),
        rule=kept,
        horizontal=interaction.get("orientation").strip() == "horizontal",
    )
    if any(context.say(response.identifier, key) for key in found):
        context.lost.append(_("Its feedback on single choices is left behind."))
    stem = context.stem(nothing, interaction.all("prompt"))
    return Made(kind="ordering", body=body, stem=stem, full=full, partial=kept != OrderingRule.ALL_OR_NOTHING)


def _is_place(chain: Chain) -> bool:
    return any(isinstance(condition, Is) and condition.position for condition, _amount in chain.cases)


def _places(context: Context, response: Response) -> tuple[list[str], Decimal]:
    """Return the right order where each place earns its part."""
    places: dict[int, str] = {}
    points: list[Decimal] = []
    for chain in context.marks.chains:
        condition, amount = chain.cases[0] if len(chain.cases) == 1 else (None, None)
        if not isinstance(condition, Is) or not condition.position or amount is None or amount.mapped:
            raise unknown_rule()
        if condition.response != response.identifier or chain.otherwise.constant or chain.otherwise.mapped:
            raise unknown_rule()
        if condition.position in places:
            raise unknown_rule()
        places[condition.position] = condition.value
        points.append(amount.constant)
    if sorted(places) != list(range(1, len(places) + 1)):
        raise Refused(_("Some places of its order earn nothing. Give each place points."))
    if any(one != 1 for one in weights_of(points)):
        raise Refused(_("Its places earn different points. Give each the same."))
    return [places[place] for place in sorted(places)], context.marks.full_of(sum(points, ZERO))
