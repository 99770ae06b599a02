"""From an item to the bytes of a file, in each version's names."""

from __future__ import annotations

from decimal import Decimal

from academy.standards.qti.model import Item, Mapping, Outcome, Response
from academy.standards.qti.names import SCHEMAS, SPACES, TEMPLATES, XSI, Version, to_three
from academy.standards.qti.tree import Content, Element, make
from academy.standards.qti.xml import serialize


def say_number(value: Decimal) -> str:
    """Return a number without exponent and without needless zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def template(name: str, version: Version) -> Element:
    """Return the rule of marking that a standard template is."""
    ending = ".xml" if version == Version.V30 else ""
    return make("responseProcessing", template=f"{TEMPLATES[version]}{name}{ending}")


def write_item(item: Item, version: Version) -> bytes:
    """Return the file of an item."""
    space = SPACES[version]
    attributes = [
        ("xmlns", space),
        ("xmlns:xsi", XSI),
        ("xsi:schemaLocation", f"{space} {SCHEMAS[version]}"),
        ("identifier", item.identifier),
        ("title", item.title),
        *([("xml:lang", item.language)] if item.language else []),
        ("adaptive", "false"),
        ("timeDependent", "false"),
    ]
    content: Content = (
        *(_response(one) for one in item.responses),
        *(_outcome(one) for one in item.outcomes),
        *([item.body] if item.body else []),
        *([item.processing] if item.processing else []),
        *item.modal,
    )
    root = Element("assessmentItem", tuple(attributes), content)
    return serialize(to_three(root) if version == Version.V30 else root)


def _values(name: str, values: tuple[str, ...]) -> list[Element]:
    return [make(name, *(make("value", one) for one in values))] if values else []


def _response(one: Response) -> Element:
    return make(
        "responseDeclaration",
        *_values("defaultValue", one.default),
        *_values("correctResponse", one.correct),
        *([_mapping(one.mapping, is_text=one.base_type == "string")] if one.mapping else []),
        identifier=one.identifier,
        cardinality=one.cardinality,
        **({"baseType": one.base_type} if one.base_type else {}),
    )


def _mapping(mapping: Mapping, *, is_text: bool) -> Element:
    bounds = {"lowerBound": mapping.lower, "upperBound": mapping.upper, "defaultValue": mapping.default}
    entries = [
        make(
            "mapEntry",
            mapKey=one.key,
            mappedValue=say_number(one.value),
            **({"caseSensitive": str(one.case_sensitive).lower()} if is_text else {}),
        )
        for one in mapping.entries
    ]
    return make("mapping", *entries, **{key: say_number(one) for key, one in bounds.items() if one is not None})


def _outcome(one: Outcome) -> Element:
    return make(
        "outcomeDeclaration",
        *_values("defaultValue", one.default),
        identifier=one.identifier,
        cardinality=one.cardinality,
        **({"baseType": one.base_type} if one.base_type else {}),
        **({} if one.normal_maximum is None else {"normalMaximum": say_number(one.normal_maximum)}),
    )
