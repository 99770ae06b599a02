"""From the bytes of one file to an item. What an item's rules mean is for others to say."""

from __future__ import annotations

import re
from decimal import Decimal

from academy.standards.qti.faults import BadQti, Fault
from academy.standards.qti.model import Item, MapEntry, Mapping, Outcome, Response
from academy.standards.qti.names import to_two
from academy.standards.qti.tree import Element
from academy.standards.qti.xml import parse

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
LONGEST_NUMBER = 60
LARGEST_EXPONENT = 30
TRUE, FALSE = {"true", "1"}, {"false", "0"}


def number(text: str) -> Decimal:
    """Return a number as XML writes it. Raises BadQti."""
    text = text.strip()
    if len(text) > LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        raise BadQti(Fault.COMMA if re.fullmatch(r"[+-]?\d+,\d+", text, re.ASCII) else Fault.BAD_NUMBER, text[:60])
    value = Decimal(text)
    if value and abs(value.adjusted()) > LARGEST_EXPONENT:
        raise BadQti(Fault.BAD_NUMBER, text)
    return value


def truth(text: str) -> bool:
    """Return what is true or false. Raises BadQti."""
    text = text.strip()
    if text not in TRUE | FALSE:
        raise BadQti(Fault.NO_TRUTH, text[:60])
    return text in TRUE


def read_item(data: bytes) -> Item:
    """Return the item of a file of 2.0, 2.1, 2.2 or 3.0. Raises BadQti."""
    root = to_two(parse(data))
    if root.name == "questestinterop":
        raise BadQti(Fault.OLD_VERSION)
    if root.name == "assessmentTest":
        raise BadQti(Fault.IS_A_TEST)
    if root.name != "assessmentItem":
        raise BadQti(Fault.NOT_AN_ITEM, root.name[:60])
    responses = tuple(_response(one) for one in root.all("responseDeclaration"))
    outcomes = tuple(_outcome(one) for one in root.all("outcomeDeclaration"))
    _refuse_twins([one.identifier for one in responses] + [one.identifier for one in outcomes])
    return Item(
        identifier=root.get("identifier").strip(),
        title=" ".join(root.get("title").split()),
        language=root.get("xml:lang").strip(),
        adaptive=root.get("adaptive").strip() in TRUE,
        templated=any(root.all(name) for name in ("templateDeclaration", "templateProcessing")),
        styled=bool(root.all("stylesheet")),
        stimulus=bool(root.all("assessmentStimulusRef")),
        responses=responses,
        outcomes=outcomes,
        body=root.find("itemBody"),
        processing=root.find("responseProcessing"),
        modal=root.all("modalFeedback"),
    )


def _refuse_twins(identifiers: list[str]) -> None:
    seen: set[str] = set()
    for one in identifiers:
        if one in seen:
            raise BadQti(Fault.TWICE, one[:60])
        seen.add(one)


def _identifier(element: Element) -> str:
    found = element.get("identifier").strip()
    if not found:
        raise BadQti(Fault.NO_IDENTIFIER, element.name)
    return found


def _values(element: Element | None) -> tuple[str, ...]:
    return tuple(one.text.strip() for one in _only(element, "value")) if element else ()


def _only(element: Element, name: str) -> tuple[Element, ...]:
    """Return what is within where nothing else can be: what is misspelt would be missing without a word."""
    for one in element.children:
        if one.name != name:
            raise BadQti(Fault.STRANGE, one.name[:60])
    return element.children


def _response(element: Element) -> Response:
    mapping = element.find("mapping")
    correct = tuple(one for one in _values(element.find("correctResponse")) if one)
    _refuse_twins(list(correct))
    return Response(
        identifier=_identifier(element),
        cardinality=element.get("cardinality").strip(),
        base_type=element.get("baseType").strip(),
        correct=correct,
        mapping=_mapping(mapping) if mapping else None,
        default=_values(element.find("defaultValue")),
    )


def _bound(element: Element, name: str) -> Decimal | None:
    text = element.get(name).strip()
    return number(text) if text else None


def _mapping(element: Element) -> Mapping:
    entries = tuple(
        MapEntry(
            key=one.get("mapKey").strip(),
            value=number(one.get("mappedValue")),
            case_sensitive=truth(one.get("caseSensitive", "true")),
        )
        for one in _only(element, "mapEntry")
    )
    _refuse_twins([one.key for one in entries])
    default = _bound(element, "defaultValue")
    return Mapping(
        entries=entries,
        default=Decimal(0) if default is None else default,
        lower=_bound(element, "lowerBound"),
        upper=_bound(element, "upperBound"),
    )


def _outcome(element: Element) -> Outcome:
    return Outcome(
        identifier=_identifier(element),
        cardinality=element.get("cardinality").strip(),
        base_type=element.get("baseType").strip(),
        default=_values(element.find("defaultValue")),
        normal_maximum=_bound(element, "normalMaximum"),
    )
