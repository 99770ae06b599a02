"""Forms that came back: what was typed stands in them again, whatever was wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assessments.domain.queries import Asked
from assessments.item_types import Sent

MOST_CHARACTERS = 50_000
# Where a kind's template finds its parts, each with a field of its own.
PARTS = ("pairs", "steps", "gaps")
VALUES = ("text", "number", "place", "chosen")


def with_sent(asked: Asked, sent: Sent) -> Asked:
    """Return the question with what was sent in its fields."""
    return replace(asked, fields=_filled(asked.fields, sent))


def _filled(fields: Mapping[str, Any], sent: Sent) -> dict[str, Any]:
    shown = dict(fields)
    for name in PARTS:
        if name in shown:
            shown[name] = [_filled(part, sent) for part in shown[name]]
    if field := shown.get("field"):
        values = sent.get(field, ())
        for name in VALUES:
            if isinstance(shown.get(name), str | int):
                shown[name] = _first(sent, field)
        if "choices" in shown:
            shown["choices"] = [{**one, "chosen": one["key"] in values} for one in shown["choices"]]
        if "levels" in shown:
            shown["levels"] = [{**one, "chosen": one["value"] in values} for one in shown["levels"]]
    if field := shown.get("unit_field"):
        shown["unit"] = _first(sent, field)
    return shown


def _first(sent: Sent, field: str) -> str:
    return next(iter(sent.get(field, ())), "")[:MOST_CHARACTERS]
