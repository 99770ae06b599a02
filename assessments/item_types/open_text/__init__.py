"""An answer in one's own words, marked by a person. A response is ``{"text"}``."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.item_types import bodies
from assessments.item_types.bodies import Editor
from assessments.item_types.rich import EMPTY, Rich, TextFormat, visible
from assessments.item_types.rubrics import outlined, rubric_advice, rubric_problems
from assessments.item_types.sent import field_text, known_fields, text_of
from assessments.item_types.shape import ZERO, InvalidResponse, ItemType, Part, Response, Sent, seven_places

Body = bodies.OpenText
FIELD = "text"
MOST_CHARACTERS = 20_000
MOST_LINES = 100


def written(body: Body, response: Response) -> Rich:
    """Return the answer as the text that it is."""
    rich = body.editor == Editor.RICH
    return Rich(response["text"] if response else "", TextFormat.HTML if rich else TextFormat.PLAIN)


def word_count(text: Rich) -> int:
    """Return how many words a reader reads."""
    return len(visible(text).split())


class OpenText(ItemType[Body]):
    """A person gives the mark, by the rubric where there is one."""

    kind = "open_text"
    scheme = "open-text/1"
    body = Body
    own_words = True
    marked_by_person = True

    def problems(self, body: Body) -> list[str]:
        found = rubric_problems(body.rubric)
        if not 1 <= body.lines <= MOST_LINES:
            found.append(_("Show from 1 to %(count)d lines.") % {"count": MOST_LINES})
        if body.least_words < 0 or body.most_words < 0:
            found.append(_("A number of words is zero or more."))
        elif body.most_words and body.least_words > body.most_words:
            found.append(_("Ask for at most as many words as you allow."))
        if max(body.least_words, body.most_words) > MOST_CHARACTERS // 2:
            found.append(_("An answer has at most %(count)d words.") % {"count": MOST_CHARACTERS // 2})
        if len(body.template.text) > MOST_CHARACTERS:
            found.append(_("A template has at most %(count)d characters.") % {"count": MOST_CHARACTERS})
        return found

    def advice(self, body: Body) -> list[str]:
        return rubric_advice(body.rubric)

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return (body.marker_notes, body.template)

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        return {
            "field": FIELD,
            "text": response["text"] if response else body.template.text,
            "editor": body.editor.value,
            "lines": body.lines,
            "least_words": body.least_words,
            "most_words": body.most_words,
            "most_characters": MOST_CHARACTERS,
            "rubric": outlined(body.rubric),
        }

    def parse(self, body: Body, sent: Sent) -> dict[str, str]:
        text = field_text(sent, FIELD, most=MOST_CHARACTERS)
        count = word_count(written(body, {"text": text}))
        if not count:
            raise InvalidResponse(_("Write your answer."))
        if count < body.least_words:
            raise InvalidResponse(
                ngettext(
                    "Write at least %(limit)d word: here are %(count)d.",
                    "Write at least %(limit)d words: here are %(count)d.",
                    body.least_words,
                )
                % {"limit": body.least_words, "count": count}
            )
        if body.most_words and count > body.most_words:
            raise InvalidResponse(
                ngettext(
                    "Write at most %(limit)d word: here are %(count)d.",
                    "Write at most %(limit)d words: here are %(count)d.",
                    body.most_words,
                )
                % {"limit": body.most_words, "count": count}
            )
        return {"text": text}

    def mark(self, body: Body, response: Response) -> Decimal | None:
        return None if response else seven_places(ZERO)

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        return (Part(label=EMPTY, chosen=bool(response), given=response["text"] if response else ""),)

    def outline(self, body: Body) -> dict[str, Any]:
        return {"rubric": outlined(body.rubric)}

    def from_outside(
        self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False
    ) -> dict[str, str]:
        known_fields(response, "text")
        text = text_of(response.get("text"), most=MOST_CHARACTERS)
        return {"text": text} if text else {}


TYPE = OpenText()
