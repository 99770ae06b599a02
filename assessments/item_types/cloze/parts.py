"""The small questions of a cloze: of which kind each is, and what its form fields and its answers are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.item_types import multiple_choice, numeric, short_text, single_choice
from assessments.item_types.bodies import Cloze, Gap
from assessments.item_types.rich import EMPTY, visible
from assessments.item_types.sent import text_of
from assessments.item_types.shape import InvalidResponse, ItemType, Part, Response, Sent
from assessments.item_types.stems import label

TYPES: dict[str, ItemType[Any]] = {
    "single_choice": single_choice.TYPE,
    "multiple_choice": multiple_choice.TYPE,
    "short_text": short_text.TYPE,
    "numeric": numeric.TYPE,
}
# The field of each kind when it stands alone.
FIELDS = {"single_choice": "option", "multiple_choice": "option", "short_text": "text", "numeric": "number"}
LAYOUTS = ("list", "vertical", "horizontal")


def bodies_in(gap: Gap) -> list[str]:
    """Return the kinds of which the gap has a body: one, or its author must choose."""
    return [kind for kind in TYPES if getattr(gap, kind) is not None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Small:
    """One gap as the question that it is."""

    number: int
    gap: Gap
    kind: str

    @property
    def type(self) -> ItemType[Any]:
        """Return what its kind can do."""
        return TYPES[self.kind]

    @property
    def body(self) -> Any:
        """Return its body."""
        return getattr(self.gap, self.kind)

    @property
    def field(self) -> str:
        """Return the name of its form field."""
        return f"gap-{self.number}"

    @property
    def unit_field(self) -> str:
        """Return the name of the form field of its unit."""
        return f"{self.field}-unit"

    def present(self, arrangement: Any, response: Response) -> dict[str, Any]:
        """Return what the template needs of it, with its own names of fields."""
        shown = dict(self.type.present(self.body, EMPTY, arrangement, response))
        if shown.get("unit_field"):
            shown["unit_field"] = self.unit_field
        named = {"field": self.field, "label": label(self.number), "kind": self.kind, "layout": self.gap.layout}
        return {**shown, **named}

    def parse(self, sent: Sent) -> Response:
        """Return its response; None when nothing was sent for it. Raises InvalidResponse."""
        values = [value for value in sent.get(self.field, ()) if value.strip()]
        if not values:
            return None
        try:
            return self.type.parse(self.body, {FIELDS[self.kind]: values, "unit": sent.get(self.unit_field, ())})
        except InvalidResponse as error:
            raise self.refused(error) from error

    def from_outside(self, answer: Any, *, comma: bool) -> Response:
        """Return its response; None for null or an empty text. Raises InvalidResponse."""
        try:
            named = self._named(answer)
            return (self.type.from_outside(self.body, EMPTY, named, comma=comma) if named else None) or None
        except InvalidResponse as error:
            raise self.refused(error) from error

    def _named(self, answer: Any) -> Mapping[str, Any]:
        if self.kind == "multiple_choice":
            texts = answer if isinstance(answer, list) else [answer]
            texts = [text for text in texts if text not in {None, ""}] if all(map(_is_text, texts)) else texts
            return {"choices": texts} if texts else {}
        text = text_of(answer)
        name = {"single_choice": "choice", "short_text": "text", "numeric": "number"}[self.kind]
        return {name: text} if text else {}

    def refused(self, error: InvalidResponse) -> InvalidResponse:
        """Return the same refusal, saying where."""
        return InvalidResponse(about(self.number, str(error)))


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def about(number: int, sentence: str) -> str:
    """Return a sentence about a gap."""
    return _("Gap %(number)d: %(sentence)s") % {"number": number, "sentence": sentence}


def smalls(body: Cloze) -> list[Small]:
    """Return the gaps in order; each must have a body."""
    return [Small(number=number, gap=gap, kind=bodies_in(gap)[0]) for number, gap in enumerate(body.gaps, start=1)]


def said(parts: Sequence[Part], *, right: bool) -> str:
    """Return in one line what was answered, or what would have been right."""
    if right:
        return " / ".join(part.right or visible(part.label) for part in parts if part.right or part.correct)
    return " / ".join(part.given or visible(part.label) for part in parts if part.chosen)
