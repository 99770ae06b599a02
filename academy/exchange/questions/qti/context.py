"""What the readers of the kinds share while they read one item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.marks import Marks
from academy.exchange.questions.qti.markup import BLOCKS, Markup, Replace, html_text
from academy.exchange.questions.qti.refusals import Refused
from academy.standards.qti.model import Item, Response
from academy.standards.qti.reader import TRUE
from academy.standards.qti.tree import Element
from assessments.item_types.rich import Rich, TextFormat, visible

BLANK = "_____"


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What came of an interaction: a body, the text around it, and how many points are all of them."""

    kind: str
    body: Any
    stem: Rich
    full: Any = 1
    # Whether an answer can earn a part of the mark.
    partial: bool = False


@dataclass(kw_only=True, slots=True)
class Context:
    """An item while it is read."""

    item: Item
    marks: Marks
    markup: Markup
    # Feedback by response, then by the value or the condition that it is given for.
    feedback: Mapping[tuple[str, Any], Rich]
    lost: list[str] = field(default_factory=list)

    def response(self, interaction: Element) -> Response:
        """Return the variable that an interaction fills."""
        name = interaction.get("responseIdentifier").strip()
        response = self.item.response(name)
        if response is None:
            raise Refused(_("It fills a response “%(name)s” that is not declared. Declare it.") % {"name": name[:60]})
        return response

    def needs(self, response: Response, cardinality: str, *base_types: str) -> None:
        """Refuse a response of another shape than its interaction fills."""
        if response.cardinality != cardinality or response.base_type not in base_types:
            raise Refused(
                _("The response “%(name)s” must be declared as %(cardinality)s and %(type)s.")
                % {"name": response.identifier[:60], "cardinality": cardinality, "type": " / ".join(base_types)}
            )

    def stem(self, replace: Replace, prompts: tuple[Element, ...] = ()) -> Rich:
        """Return the text of the item with something in the place of each interaction, then what it asks to do."""
        body = self.item.body
        text = self.markup.html(body.content, replace).strip() if body else ""
        for prompt in prompts:
            if said := self.markup.html(prompt.content).strip():
                box = "div" if any(one.name in BLOCKS for one in prompt.children) else "p"
                text = f"{text}<{box}>{said}</{box}>"
        return html_text(text)

    def say(self, response: str, key: Any) -> Rich:
        """Return the feedback of a value."""
        return self.feedback.get((response, key), Rich())


def nothing(element: Element, after: str) -> str:
    """In the place of an interaction that stands apart."""
    return ""


def blank(element: Element, after: str) -> str:
    """In the place of an interaction within a sentence."""
    return BLANK if after else ""


def is_true(element: Element, name: str, default: str = "false") -> bool:
    """Return an attribute that is true or false."""
    return element.get(name, default).strip() in TRUE


def count(element: Element, name: str, default: int = 0) -> int:
    """Return an attribute that counts."""
    text = element.get(name).strip()
    if not text:
        return default
    if not text.isdecimal() or len(text) > 6:
        raise Refused(_("“%(value)s” is no count: correct %(name)s.") % {"value": text[:40], "name": name})
    return int(text)


def word(context: Context, element: Element) -> str:
    """Return the plain text of a choice that can only be plain; refused when a picture is all it has."""
    rich = context.markup.rich(element.content)
    if "<img" in rich.text and rich.format == TextFormat.HTML:
        raise Refused(_("A picture is a choice where only words can be. Describe it in words."))
    return visible(rich)


def identified(elements: tuple[Element, ...]) -> dict[str, Element]:
    """Return choices by identifier."""
    found: dict[str, Element] = {}
    for one in elements:
        name = one.get("identifier").strip()
        if not name or name in found:
            raise Refused(_("Two choices have the same identifier, or one has none. Give each its own."))
        if one.get("templateIdentifier"):
            raise Refused(_("It changes itself for each learner. Make a question of each variant."))
        found[name] = one
    return found
