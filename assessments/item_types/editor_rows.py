"""Rows of a question's form: options, accepted answers, pairs. As many as an author wants, with and without JavaScript.

A set of rows sends its ``count``; each row its fields, its ``place`` among the others and whether it is ``gone``.
A row may hold sets of rows itself, or the whole editor of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

from assessments.item_types.editor_fields import RichField
from assessments.item_types.rich import TextFormat

# More than any kind takes: so that a question with too many is told so, and a forged number costs nothing.
MOST_ROWS = 300
_ROWS = re.compile(r"[a-z_]+(?:-(?:[a-z_]+|\d{1,4}))*")
_KEY = re.compile(r"[^\x00-\x1f\x7f]{0,100}")

Data = MultiValueDict[str, str]
Initial = Mapping[str, Any]


class Piece(forms.Form):
    """Some fields of a question's form. Its texts are written as the question is, unless they say otherwise."""

    use_required_attribute = False
    fields: dict[str, Any]

    def __init__(self, *, writing: TextFormat, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.writing = writing
        for one in self.fields.values():
            if isinstance(one, RichField):
                one.widget.writing = writing

    def quiet(self) -> None:
        """Show what was typed without judging it."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data: dict[str, Any] = {}


class Row(Piece):
    """One row of a set. Subclasses add its fields."""

    place = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=MOST_ROWS * 2)
    gone = forms.BooleanField(required=False, widget=forms.HiddenInput)

    # Sets of rows within it.
    sets: Sequence[RowSet] = ()
    # The fields that alone don't make it a row: they are filled from the start.
    usual: frozenset[str] = frozenset()

    def __init__(self, *, variety: str = "", **kwargs: Any) -> None:
        initial = dict(kwargs.get("initial") or {})
        super().__init__(**{**kwargs, "initial": initial})
        self.variety = variety
        part: dict[str, Any] = {"writing": self.writing, "data": kwargs.get("data")}
        self.rows = {
            one.name: Rows(one, prefix=f"{self.prefix}-{one.name}", initial=initial.get(one.name), **part)
            for one in self.sets
        }

    @property
    def index(self) -> str:
        """Its number in the set, as the form counts."""
        return str(self.prefix).rpartition("-")[2]

    def is_valid(self) -> bool:
        """Whether all of it is well formed."""
        return all([super().is_valid(), *(one.is_valid() for one in self.rows.values())])

    def quiet(self) -> None:
        """Show what was typed without judging it."""
        super().quiet()
        for one in self.rows.values():
            one.quiet()

    def said(self) -> dict[str, Any]:
        """Return what was filled in, with the rows within."""
        return {**self.cleaned_data, **{name: rows.said() for name, rows in self.rows.items()}}

    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        unsaid = {"place", "gone", "key", *self.usual}
        filled = any(value for name, value in self.cleaned_data.items() if name not in unsaid)
        return not filled and not any(rows.filled() for rows in self.rows.values())


class KeyField(forms.RegexField):
    """The name by which answers know a row: made once, never changed."""

    def __init__(self) -> None:
        super().__init__(_KEY, required=False, widget=forms.HiddenInput, strip=False)


@dataclass(frozen=True, kw_only=True)
class RowSet:
    """What a set of rows is. ``varieties``: the kinds of rows, by name; most have one."""

    name: str
    title: Promise
    one: Promise
    add: Promise
    varieties: Mapping[str, type[Row]]
    adds: Mapping[str, Promise] = field(default_factory=dict)
    help: Promise | str = ""
    # How many empty rows a new question begins with.
    blank: int = 1
    # True: the texts name rows by their number, so that an empty one between others keeps its place.
    numbered: bool = False


class Rows:
    """A set of rows as a form shows and reads it."""

    def __init__(
        self, kind: RowSet, *, prefix: str, writing: TextFormat, data: Data | None, initial: Sequence[Initial] | None
    ) -> None:
        self.kind, self.prefix, self.writing, self.data = kind, prefix, writing, data
        if data is not None:
            self.all = sorted((self._sent(number) for number in range(self._count())), key=_place)
        else:
            given = list(initial) if initial is not None else [{} for _blank in range(kind.blank)]
            self.all = [self._stored(number, one) for number, one in enumerate(given)]

    @property
    def here(self) -> list[Row]:
        """The rows that were not taken away."""
        return [row for row in self.all if not row["gone"].value() or row["gone"].value() == "False"]

    @property
    def taken_away(self) -> list[Row]:
        """The rows that were, and may hold files."""
        return [row for row in self.all if row not in self.here]

    @property
    def templates(self) -> Iterator[tuple[Promise, Row]]:
        """For each variety the word on its button, and an empty row for the script."""
        for name in self.kind.varieties:
            yield self.kind.adds.get(name, self.kind.add), self._made(self.mark, name, data=None, initial={})

    @property
    def mark(self) -> str:
        """What the script puts a number in place of: another word in each set within a set."""
        return f"__number{self.prefix.count('__number')}__"

    @property
    def count(self) -> int:
        """How many rows the form holds, those that were taken away included."""
        return len(self.all)

    def is_valid(self) -> bool:
        """Whether all of it is well formed."""
        # Each row is judged, so that each says what is wrong with it.
        return not [row for row in self.here if not row.is_valid()]

    def quiet(self) -> None:
        """Show what was typed without judging it, and a row that was just added as a new one."""
        self.all = [row if f"{row.prefix}-gone" in (self.data or ()) else self._new(row) for row in self.all]
        for row in self.all:
            if row.is_bound:
                row.quiet()

    def filled(self) -> list[Row]:
        """Return the rows in which something stands; they are valid."""
        here = self.here
        if not self.kind.numbered:
            return [row for row in here if not row.is_blank()]
        while here and here[-1].is_blank():
            here.pop()
        return here

    def said(self) -> list[dict[str, Any]]:
        """Return what stands in them, each with a key of its own where rows have keys."""
        said = [row.said() for row in self.filled()]
        used = {one["key"] for one in said if one.get("key")}
        fresh = (key for key in _keys() if key not in used)
        return [{**one, "key": one["key"] or next(fresh)} if "key" in one else one for one in said]

    def _new(self, row: Row) -> Row:
        return self._made(row.index, row.variety, data=None, initial={"place": _place(row)})

    def _said(self, name: str) -> str:
        return str(self.data.get(name, "")) if self.data is not None else ""

    def _count(self) -> int:
        sent = self._said(f"{self.prefix}-count")
        return min(int(sent), MOST_ROWS) if sent.isascii() and sent.isdigit() and len(sent) < 6 else 0

    def _sent(self, number: int) -> Row:
        variety = self._said(f"{self.prefix}-{number}-variety")
        return self._made(str(number), variety, data=self.data, initial={})

    def _stored(self, number: int, initial: Initial) -> Row:
        return self._made(str(number), initial.get("variety", ""), data=None, initial={"place": number, **initial})

    def _made(self, number: str, variety: str, *, data: Data | None, initial: Initial) -> Row:
        known = variety if variety in self.kind.varieties else next(iter(self.kind.varieties))
        return self.kind.varieties[known](
            variety=known, prefix=f"{self.prefix}-{number}", writing=self.writing, data=data, initial=initial
        )


def _place(row: Row) -> int:
    value = row["place"].value()
    return (
        int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6 else MOST_ROWS
    )


def _keys() -> Iterator[str]:
    yield from "abcdefghijklmnopqrstuvwxyz"
    number = 1
    while True:
        yield f"k{number}"
        number += 1


def changed_rows(data: QueryDict, asked: str) -> QueryDict:
    """Return what a form sent as if the author had done what a button says: ``kind-options:add:``, ``…:remove:3``.

    Buttons are ``add`` (with a variety), ``remove``, ``up`` and ``down`` (with the number of a row).
    """
    changed = data.copy()
    prefix, _colon, rest = asked.partition(":")
    act, _colon, which = rest.partition(":")
    count = changed.get(f"{prefix}-count", "")
    if not _ROWS.fullmatch(prefix) or not (count.isascii() and count.isdigit() and len(count) < 6):
        return changed
    total = min(int(count), MOST_ROWS)
    if act == "add" and total < MOST_ROWS:
        changed[f"{prefix}-count"] = str(total + 1)
        changed[f"{prefix}-{total}-variety"] = which
        changed[f"{prefix}-{total}-place"] = str(MOST_ROWS + 1)
    elif which.isascii() and which.isdigit() and len(which) < 6 and int(which) < total:
        if act == "remove":
            changed[f"{prefix}-{which}-gone"] = "True"
        elif act in {"up", "down"}:
            _move(changed, prefix, total, int(which), -1 if act == "up" else 1)
    return changed


def _move(data: QueryDict, prefix: str, total: int, which: int, by: int) -> None:
    """Let a row change places with its neighbour."""

    def place(number: int) -> int:
        sent = data.get(f"{prefix}-{number}-place", "")
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 6 else MOST_ROWS

    here = [number for number in range(total) if data.get(f"{prefix}-{number}-gone", "") in {"", "False"}]
    order = sorted(here, key=place)
    if which not in order:
        return
    at = order.index(which)
    if 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]
    for new, number in enumerate(order):
        data[f"{prefix}-{number}-place"] = str(new)
