"""One tree for all versions: the names of 3.0 are said as those of 2.x, and back."""

from __future__ import annotations

import re
from enum import StrEnum

from academy.standards.qti.tree import Content, Element


class Version(StrEnum):
    """The versions that are written. 2.0 is read too."""

    V21 = "2.1"
    V22 = "2.2"
    V30 = "3.0"


SPACES = {
    Version.V21: "http://www.imsglobal.org/xsd/imsqti_v2p1",
    Version.V22: "http://www.imsglobal.org/xsd/imsqti_v2p2",
    Version.V30: "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
SCHEMAS = {
    Version.V21: "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    Version.V22: "http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd",
    Version.V30: "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
}
TEMPLATES = {
    Version.V21: "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
    Version.V22: "http://www.imsglobal.org/question/qti_v2p2/rptemplates/",
    Version.V30: "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
}
_TEMPLATE = re.compile(
    r"https?://(?:(?:www\.)?imsglobal\.org/question/qti_v(?:2p[012]|3p0)|purl\.imsglobal\.org/spec/qti/v3p0)"
    r"/rptemplates/(\w+?)(?:\.xml)?/?"
)
XSI = "http://www.w3.org/2001/XMLSchema-instance"
MATHML = "http://www.w3.org/1998/Math/MathML"
_PLAIN_SPACES = ("", "http://www.w3.org/1999/xhtml")
_QTI_SPACE = "http://www.imsglobal.org/xsd/imsqti"
CONTENT_BODY = "qti-content-body"
# What 3.0 wraps in a content body.
WRAPPED = {"modalFeedback", "feedbackBlock", "rubricBlock"}
QTI_ELEMENTS = {
    "and", "assessmentItem", "baseValue", "choiceInteraction", "correct", "correctResponse", "defaultValue", "equal",
    "extendedTextInteraction", "feedbackBlock", "feedbackInline", "gap", "gapMatchInteraction", "gapText", "gte",
    "index", "inlineChoice", "inlineChoiceInteraction", "isNull", "itemBody", "lte", "mapEntry", "mapResponse",
    "mapping", "match", "matchInteraction", "modalFeedback", "not", "or", "orderInteraction", "outcomeDeclaration",
    "prompt", "responseCondition", "responseDeclaration", "responseElse", "responseElseIf", "responseIf",
    "responseProcessing", "rubricBlock", "setOutcomeValue", "simpleAssociableChoice", "simpleChoice",
    "simpleMatchSet", "stringMatch", "sum", "textEntryInteraction", "uploadInteraction", "value", "variable",
}  # fmt: skip


def template_name(address: str) -> str:
    """Return the last word of a standard template's address, empty when it is none."""
    found = _TEMPLATE.fullmatch(address.strip())
    return found[1] if found else ""


def to_two(element: Element) -> Element:
    """Return a tree with the names of 2.x, whatever it came with. What is not QTI keeps its namespace in its name."""
    name, attributes = element.name, element.attributes
    if element.space == MATHML:
        name = f"math:{name}"
    elif element.space not in _PLAIN_SPACES and not element.space.startswith(_QTI_SPACE):
        name = f"{{{element.space}}}{name}"
    elif name.startswith("qti-"):
        name = _camel(name.removeprefix("qti-"))
        attributes = tuple((_camel_attribute(key), value) for key, value in attributes)
    return Element(name, attributes, _content_to_two(element), element.space)


def _content_to_two(element: Element) -> Content:
    content: list[Element | str] = []
    for one in element.content:
        if isinstance(one, str):
            content.append(one)
        elif one.name == CONTENT_BODY:
            content.extend(_content_to_two(one))
        else:
            content.append(to_two(one))
    return tuple(content)


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def _camel_attribute(name: str) -> str:
    return name if ":" in name or "{" in name or name.startswith(("data-", "aria-")) else _camel(name)


def to_three(element: Element) -> Element:
    """Return a tree of ours with the names of 3.0."""
    content: Content = tuple(one if isinstance(one, str) else to_three(one) for one in element.content)
    if element.name not in QTI_ELEMENTS:
        return Element(element.name, element.attributes, content)
    if element.name in WRAPPED:
        content = (Element(CONTENT_BODY, (), content),)
    attributes = tuple((key if ":" in key else _kebab(key), value) for key, value in element.attributes)
    return Element(f"qti-{_kebab(element.name)}", attributes, content)


def _kebab(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
