"""What the writers of the kinds make of a body, before it is an item."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.xhtml import box, content_of, within_line
from academy.standards.qti.model import Response
from academy.standards.qti.rules import Chain, LabelChain
from academy.standards.qti.tree import Content, Element, make
from assessments.item_types.rich import PICTURE, Rich, to_html, visible
from assessments.item_types.shape import exact

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}", re.ASCII)
RESPONSE, FEEDBACK = "RESPONSE", "FEEDBACK"
MOST_DIGITS = 20
_ROUNDED = Context(prec=15)
FARTHEST = 15


class LeftOut(Exception):
    """QTI can't hold the question without marking it otherwise; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Responses, what they earn, and how they are asked: by a block behind the text, or at markers within it."""

    responses: tuple[Response, ...] = ()
    chains: tuple[Chain, ...] = ()
    block: Element | None = None
    marker: re.Pattern[str] | None = None
    gaps: Mapping[int, Element] = field(default_factory=dict)
    # The numbers of the markers, in the order of the text.
    numbers: tuple[int, ...] = ()
    # Behind or before the text, for scorers.
    notes: tuple[Element, ...] = ()
    labels: tuple[tuple[str, LabelChain], ...] = ()
    # What is said when an outcome has a label.
    said: tuple[tuple[str, str, Rich], ...] = ()
    feedback_cardinality: str = "single"
    by_rule: bool = True


@dataclass(kw_only=True, slots=True)
class Texts:
    """Turns our texts into content; ``files`` are the addresses of pictures by name."""

    files: Mapping[str, str]
    lost: list[str] = field(default_factory=list)

    def content(self, rich: Rich) -> Content:
        """Return flow content, with pictures at their addresses."""
        return self._pictured(content_of(rich))

    def _pictured(self, content: Content) -> Content:
        found: list[Element | str] = []
        for one in content:
            if isinstance(one, str):
                found.append(one)
            elif one.name == "img":
                found.append(self._picture(one))
            else:
                found.append(Element(one.name, one.attributes, self._pictured(one.content)))
        return tuple(found)

    def _picture(self, image: Element) -> Element | str:
        source = image.get("src")
        if not source.startswith(PICTURE):
            return image if source else image.get("alt")
        name = source.removeprefix(PICTURE)
        if name not in self.files:
            self.lost.append(_("A text names the picture “%(name)s”, which is not there.") % {"name": name[:80]})
            return image.get("alt")
        attributes = tuple((key, self.files[name] if key == "src" else value) for key, value in image.attributes)
        return Element("img", attributes)

    def feedback(self, rich: Rich, outcome: str, identifier: str) -> tuple[Element, ...]:
        """Return feedback within a choice."""
        if not rich:
            return ()
        content = self.content(rich)
        line = within_line(content)
        attributes = {"outcomeIdentifier": outcome, "showHide": "show", "identifier": identifier}
        if line is None:
            return (make("feedbackBlock", box(content), **attributes),)
        return (make("feedbackInline", *line, **attributes),)


def plain_words(rich: Rich) -> str:
    """Return a text where only words can be; left out when a picture is in it."""
    if "<img" in to_html(rich):
        raise LeftOut(_("A picture is a choice where QTI has only words."))
    return visible(rich)


def identifiers(keys: Iterable[str], prefix: str) -> dict[str, str]:
    """Return an identifier for each key: the key itself where all can be."""
    listed = list(keys)
    if len(set(listed)) == len(listed) and all(IDENTIFIER.fullmatch(key) for key in listed):
        return {key: key for key in listed}
    return {key: f"{prefix}{number}" for number, key in enumerate(listed, start=1)}


def points(share: Fraction | Decimal, mark: Decimal) -> Decimal:
    """Return what a share of the mark is, as exactly as there is room for."""
    meant = exact(share) if isinstance(share, Decimal) else share
    whole = meant * Fraction(mark)
    rounded = Decimal(whole.numerator) / Decimal(whole.denominator)
    if Fraction(rounded) == whole and len(rounded.as_tuple().digits) <= MOST_DIGITS:
        return rounded
    return _ROUNDED.divide(Decimal(whole.numerator), Decimal(whole.denominator))


def leaves(value: Any) -> Iterator[Any]:
    """Return everything that a body is made of in the end: numbers, texts, answers to yes or no."""
    if isinstance(value, tuple):
        for one in value:
            yield from leaves(one)
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            yield from leaves(getattr(value, part.name))
    else:
        yield value


def numbers_in(value: Any) -> list[Decimal]:
    """Return every number of a body."""
    return [one for one in leaves(value) if isinstance(one, Decimal)]


def strings_in(value: Any) -> list[str]:
    """Return every text of a body."""
    return [one for one in leaves(value) if isinstance(one, str)]


def is_writable(value: Decimal) -> bool:
    """Whether a number is short enough to be written without an exponent."""
    return (
        value.is_finite()
        and len(value.as_tuple().digits) <= MOST_DIGITS
        and (not value or abs(value.adjusted()) <= FARTHEST)
    )
