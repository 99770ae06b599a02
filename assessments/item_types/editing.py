"""How an author writes the part of a question that belongs to its kind: one shape for all kinds.

A kind says its own in ``<kind>/editor.py``, whose ``EDITOR`` is a subclass of :class:`Editor`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.utils.functional import Promise

from assessments.item_types.editor_rows import Data, Piece, Row, Rows, RowSet
from assessments.item_types.rich import EMPTY, Rich, TextFormat

B = TypeVar("B")


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """What stands in the form: values of its fields, and for each set its rows."""

    fields: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


class Editor(ABC, Generic[B]):
    """The form of one kind. Bound when it has ``data``; without a ``body`` it is that of a new question."""

    kind: ClassVar[str]
    # What it is good for, in a sentence for authors.
    says: ClassVar[Promise]
    # What an author must know before they write, where there is something.
    guide: ClassVar[Promise | str] = ""
    form: ClassVar[type[Piece]] = Piece
    sets: ClassVar[Sequence[RowSet]] = ()

    def __init__(
        self, *, prefix: str = "kind", writing: TextFormat, data: Data | None = None, body: B | None = None
    ) -> None:
        filled = Filled() if body is None else self.initial_from(body)
        self.fields = self.form(prefix=prefix, writing=writing, data=data, initial=dict(filled.fields))
        self.rows = {
            one.name: Rows(
                one, prefix=f"{prefix}-{one.name}", writing=writing, data=data, initial=filled.rows.get(one.name)
            )
            for one in self.sets
        }

    @classmethod
    @abstractmethod
    def initial_from(cls, body: B) -> Filled:
        """Return what the form shows of a body."""

    @abstractmethod
    def body(self, stem: Rich) -> B:
        """Return the body that was written; the form is valid. It may still lack what makes a question ready."""

    def is_valid(self) -> bool:
        """Whether all of it is well formed."""
        return all([self.fields.is_valid(), *(one.is_valid() for one in self.rows.values())])

    def quiet(self) -> None:
        """Show what was typed without judging it."""
        self.fields.quiet()
        for one in self.rows.values():
            one.quiet()

    @property
    def said(self) -> dict[str, Any]:
        """What was filled into its fields."""
        return self.fields.cleaned_data

    def listed(self, name: str) -> list[dict[str, Any]]:
        """Return what was filled into the rows of a set."""
        return self.rows[name].said()


class EditorRow(Row):
    """A row that holds the editor of another kind."""

    editor: ClassVar[type[Editor[Any]]]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        body = (kwargs.get("initial") or {}).get("body")
        self.inner = self.editor(
            prefix=f"{self.prefix}-{self.editor.kind}", writing=self.writing, data=kwargs.get("data"), body=body
        )

    def is_valid(self) -> bool:
        """Whether all of it is well formed."""
        return all([super().is_valid(), self.inner.is_valid()])

    def quiet(self) -> None:
        """Show what was typed without judging it."""
        super().quiet()
        self.inner.quiet()

    def said(self) -> dict[str, Any]:
        """Return what was filled in, with the body within."""
        return {**super().said(), "variety": self.variety, "body": self.inner.body(EMPTY)}

    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return not any(rows.filled() for rows in self.inner.rows.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One thing that a question says: which, and what. ``row`` names the row that it stands in, for ever."""

    label: str
    value: str
    row: str = ""


def told_by(editor: Editor[Any], *, within: str = "") -> Iterator[Told]:
    """Return what an unbound editor shows, field by field, as people read it."""
    yield from _told_fields(editor.fields, within=within, row="")
    for rows in editor.rows.values():
        yield from told_rows(rows, within=within)


def told_rows(rows: Rows, *, within: str = "", row: str = "") -> Iterator[Told]:
    """The same for a set of rows."""
    for number, one in enumerate(rows.all, start=1):
        name = f"{within}{rows.kind.one} {number}: "
        key = f"{row}/{rows.prefix}/{one.initial.get('key') or number}"
        yield from _told_fields(one, within=name, row=key)
        for inner in one.rows.values():
            yield from told_rows(inner, within=name, row=key)
        if isinstance(one, EditorRow):
            for told in told_by(one.inner, within=name):
                yield Told(label=told.label, value=told.value, row=f"{key}{told.row}")


def _told_fields(piece: Piece, *, within: str, row: str) -> Iterator[Told]:
    for bound in piece.visible_fields():
        yield Told(label=f"{within}{bound.label}", value=shown_value(bound), row=row)


def shown_value(bound: Any) -> str:
    """Return what stands in a field as people read it."""
    value = bound.initial
    if isinstance(value, Rich):
        return value.text
    choices = dict(getattr(bound.field, "choices", ()))
    if value is not None and choices:
        return str(choices.get(value, choices.get(getattr(value, "value", str(value)), value)))
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(bound.field.prepare_value(value))
