"""A small engine that marks an item of QTI as the specification says, written apart from our reader.

It knows what our writer uses and no more, and fails where the specification leaves a result open.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

Given = Mapping[str, list[str]]
Value = list[str] | Fraction | bool | str | None


def plain(name: str) -> str:
    """Return a name of any version as 2.x has it."""
    first, *rest = name.rpartition("}")[2].removeprefix("qti-").split("-")
    return first + "".join(word.capitalize() for word in rest)


class Engine:
    """An item, ready to mark."""

    def __init__(self, data: bytes) -> None:
        self.root = fromstring(data)
        self.variables = {
            self.get(one, "identifier"): one for one in self.root if plain(one.tag).endswith("Declaration")
        }

    @staticmethod
    def get(element: Element, name: str, default: str = "") -> str:
        """Return an attribute by its name in 2.x."""
        return next((value for key, value in element.attrib.items() if plain(key) == name), default)

    @staticmethod
    def find(element: Element, name: str) -> Element | None:
        """Return the first child of a name in 2.x."""
        return next((one for one in element if plain(one.tag) == name), None)

    def all(self, name: str) -> list[Element]:
        """Return all elements of a name in 2.x."""
        return [one for one in self.root.iter() if plain(one.tag) == name]

    def mark(self, given: Given) -> Fraction:
        """Return the score over the most that can be scored."""
        outcomes = self.run(given)
        score, limit = outcomes["SCORE"], outcomes["MAXSCORE"]
        assert isinstance(score, Fraction)
        assert isinstance(limit, Fraction)
        return score / limit

    def run(self, given: Given) -> dict[str, Value]:
        """Return the outcomes."""
        outcomes: dict[str, Value] = {}
        for name, declared in self.variables.items():
            if plain(declared.tag) == "outcomeDeclaration":
                default = self.find(declared, "defaultValue")
                is_number = self.get(declared, "baseType") == "float"
                outcomes[name] = Fraction(default[0].text or "") if default is not None and is_number else None
        processing = self.find(self.root, "responseProcessing")
        if processing is None:
            return outcomes
        template = self.get(processing, "template")
        if template:
            outcomes["SCORE"] = self.by_template(template.rpartition("/")[2].removesuffix(".xml"), given)
        for rule in processing:
            self.step(rule, given, outcomes)
        return outcomes

    def by_template(self, name: str, given: Given) -> Fraction:
        """The two templates of the specification."""
        if name == "match_correct":
            return Fraction(self.same(given.get("RESPONSE") or None, self.correct("RESPONSE"), "RESPONSE"))
        assert name == "map_response"
        return self.mapped("RESPONSE", given) if given.get("RESPONSE") else Fraction(0)

    def step(self, rule: Element, given: Given, outcomes: dict[str, Value]) -> None:
        """Run one rule."""
        if plain(rule.tag) == "setOutcomeValue":
            outcomes[self.get(rule, "identifier")] = self.value(rule[0], given, outcomes)
            return
        assert plain(rule.tag) == "responseCondition"
        for branch in rule:
            rules = list(branch)
            if plain(branch.tag) == "responseElse" or self.value(rules.pop(0), given, outcomes) is True:
                for one in rules:
                    self.step(one, given, outcomes)
                return

    def correct(self, name: str) -> list[str]:
        """Return the correct response."""
        declared = self.find(self.variables[name], "correctResponse")
        return [] if declared is None else [(one.text or "").strip() for one in declared]

    def same(self, one: list[str] | None, other: list[str] | None, name: str) -> bool:
        """Whether two values of a variable's type match; nothing matches nothing."""
        if not one or not other:
            return False
        declared = self.variables[name]
        if self.get(declared, "baseType") == "float":
            return [Fraction(text) for text in one] == [Fraction(text) for text in other]
        if self.get(declared, "cardinality") == "multiple":
            return sorted(one) == sorted(other)
        return one == other

    def mapped(self, name: str, given: Given) -> Fraction:
        """Return what a mapping gives a response that is there."""
        values = given.get(name)
        assert values, "What a mapping of no answer is, the specification leaves open."
        mapping = self.find(self.variables[name], "mapping")
        assert mapping is not None
        total = sum((self.mapped_value(mapping, value) for value in dict.fromkeys(values)), Fraction(0))
        if lower := self.get(mapping, "lowerBound"):
            total = max(total, Fraction(lower))
        if upper := self.get(mapping, "upperBound"):
            total = min(total, Fraction(upper))
        return total

    def mapped_value(self, mapping: Element, value: str) -> Fraction:
        """Return what one value earns."""
        for entry in mapping:
            key = self.get(entry, "mapKey")
            if key == value or (self.get(entry, "caseSensitive") == "false" and key.lower() == value.lower()):
                return Fraction(self.get(entry, "mappedValue"))
        return Fraction(self.get(mapping, "defaultValue", "0"))

    def value(self, element: Element, given: Given, outcomes: Mapping[str, Value]) -> Value:
        """Return what an expression is."""
        name, identifier = plain(element.tag), self.get(element, "identifier")
        if name == "variable":
            return outcomes[identifier] if identifier in outcomes else (given.get(identifier) or None)
        if name == "baseValue":
            text = (element.text or "").strip()
            return Fraction(text) if self.get(element, "baseType") == "float" else [text]
        if name == "correct":
            return self.correct(identifier)
        if name == "mapResponse":
            return self.mapped(identifier, given)
        if name in {"and", "or"}:
            parts = [self.value(one, given, outcomes) is True for one in element]
            return all(parts) if name == "and" else any(parts)
        if name == "not":
            return self.value(element[0], given, outcomes) is not True
        if name == "isNull":
            return self.value(element[0], given, outcomes) is None
        if name == "index":
            values = self.value(element[0], given, outcomes)
            place = int(self.get(element, "n"))
            return [values[place - 1]] if isinstance(values, list) and place <= len(values) else None
        return self.compared(element, name, [self.value(one, given, outcomes) for one in element])

    def compared(self, element: Element, name: str, parts: list[Value]) -> Value:
        """Return a sum or the outcome of a comparison; of nothing, there is none."""
        if any(part is None for part in parts):
            return None
        if name == "sum":
            return sum((number(part) for part in parts), Fraction(0))
        one, other = parts
        if name == "match":
            inner = next(part for part in element.iter() if plain(part.tag) == "variable")
            assert isinstance(one, list)
            assert isinstance(other, list)
            if plain(element[0].tag) == "index":
                return one == other
            return self.same(one, other, self.get(inner, "identifier"))
        if name == "stringMatch":
            assert isinstance(one, list)
            assert isinstance(other, list)
            if self.get(element, "caseSensitive") == "true":
                return one == other
            return [text.lower() for text in one] == [text.lower() for text in other]
        if name in {"gte", "lte"}:
            return number(one) >= number(other) if name == "gte" else number(one) <= number(other)
        assert name == "equal"
        return self.equal(element, number(one), number(other))

    def equal(self, element: Element, one: Fraction, other: Fraction) -> bool:
        """Whether the second is near the first. A relative tolerance is in per cent."""
        mode = self.get(element, "toleranceMode")
        if mode == "exact":
            return one == other
        below, above = (Fraction(text) for text in self.get(element, "tolerance").split())
        if mode == "relative":
            assert other > 0, "Which bound is the lower one, the specification leaves open."
            return other * (1 - below / 100) <= one <= other * (1 + above / 100)
        return other - below <= one <= other + above


def number(value: Value) -> Fraction:
    """Return a response or an outcome as a number."""
    if isinstance(value, list):
        return Fraction(value[0])
    assert isinstance(value, Fraction | Decimal)
    return Fraction(value)
