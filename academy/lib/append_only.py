"""Rows that are written once.

Python refuses ``save`` on a stored row, ``update`` and ``delete``; a trigger in the database refuses UPDATE
for whoever comes by another door (:class:`RefuseUpdates`). What must outlive every wish to forget it has a trigger on
DELETE too (:class:`RefuseDeletes`).

There are two ways out, both for the sake of the person whom a row is about. ``erase`` empties the fields that the
model declares as erasable (``PERSONAL_DATA.blank``); the trigger lets exactly that through. ``expire`` deletes rows
whose period of retention is over, where the database lets it. Both belong to ``academy.people.domain``, which acts on
declarations; nothing else calls them, and a test sees to it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.options import Options

from academy.lib.privacy import Personal


class RecordIsFinal(Exception):
    """Somebody tried to change or delete what may only be added to."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that can be added and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise RecordIsFinal(f"{self.model._meta.label} rows are never changed.")

    def delete(self) -> NoReturn:
        raise RecordIsFinal(f"{self.model._meta.label} rows are never deleted.")

    def erase(self, *names: str) -> int:
        """Empty the erasable fields of these rows, all or the named, and return how many had something in them."""
        blank = {name: empty for name, empty in erasable(self.model).items() if not names or name in names}
        if not blank:
            raise RecordIsFinal(f"{self.model._meta.label} rows have nothing that may be erased.")
        return models.QuerySet.update(self.erasable_rows().exclude(**blank), **blank)

    def erasable_rows(self) -> AppendOnlyQuerySet:
        """Return the rows that hold words of a person: all, unless a model knows better."""
        return self

    def expire(self) -> int:
        """Delete these rows because their time is over or their person has gone, and return how many there were."""
        return int(self._raw_delete(self.db))  # Django's own, without its collector


class AppendOnlyModel(models.Model):
    """Base of the facts: insert, then read for ever."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RecordIsFinal(f"{self._meta.label} rows are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise RecordIsFinal(f"{self._meta.label} rows are never deleted.")


def erasable(model: type[models.Model]) -> Mapping[str, Any]:
    """Return the fields that may be emptied, each with its empty value."""
    personal = getattr(model, "PERSONAL_DATA", None)
    return personal.blank if isinstance(personal, Personal) else {}


class Trigger(Operation):
    """Migration operation: triggers on the table of ``model``, of this app ("Award") or of another ("app.Model")."""

    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The triggers are not part of the model's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.put(schema_editor, self.options(app_label, to_state))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.lift(schema_editor, self.options(app_label, from_state))

    def put(self, schema_editor: BaseDatabaseSchemaEditor, options: Options[models.Model]) -> None:
        """Make the triggers."""
        for statement in self.create(options, schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def lift(self, schema_editor: BaseDatabaseSchemaEditor, options: Options[models.Model]) -> None:
        """Take the triggers away: only inside a migration."""
        table, vendor = options.db_table, schema_editor.connection.vendor
        on = f' ON "{table}"' if vendor == "postgresql" else ""
        for name in self.names(table, vendor):
            schema_editor.execute(f'DROP TRIGGER "{name}"{on}')

    def options(self, app_label: str, state: Any) -> Options[models.Model]:
        """Return what is known of the table at this point of the migrations."""
        label = self.model if "." in self.model else f"{app_label}.{self.model}"
        options: Options[models.Model] = state.apps.get_model(label)._meta
        return options

    def create(self, options: Options[models.Model], vendor: str) -> list[str]:
        """Return the statements that make the triggers."""
        raise NotImplementedError

    def names(self, table: str, vendor: str) -> list[str]:
        """Return the triggers that ``create`` makes."""
        raise NotImplementedError


class Lift(Operation):
    """Migration operation: take triggers away while a table changes its shape; put them again at its end.

    SQLite makes a changed table anew, and would lose them without a word.
    """

    reversible = True

    def __init__(self, trigger: Trigger) -> None:
        self.trigger = trigger

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The triggers are not part of the model's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.trigger.lift(schema_editor, self.trigger.options(app_label, from_state))

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.trigger.put(schema_editor, self.trigger.options(app_label, to_state))

    def describe(self) -> str:
        return f"Lift: {self.trigger.describe()}"


def _refusal(verb: str, past: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION refuse_{verb}() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
        f"MESSAGE = 'rows of ' || TG_TABLE_NAME || ' are never {past}'; END $$"
    )


def _trigger(name: str, *, when: str, table: str, verb: str, past: str, vendor: str, condition: str = "") -> str:
    clause = f" WHEN ({condition})" if condition else ""
    if vendor == "postgresql":
        return (
            f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table}" FOR EACH ROW{clause} EXECUTE FUNCTION refuse_{verb}()'
        )
    return (
        f'CREATE TRIGGER "{name}" BEFORE {when} ON "{table}"{clause} '
        f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never {past}'); END"
    )


class RefuseUpdates(Trigger):
    """Refuses every UPDATE of a model's table.

    Columns that are ``erasable`` may be emptied, to forget a person: each to the value that is given, which is never
    null, and nothing else is ever written into them. A column added later needs the triggers anew: a test finds it.
    """

    def __init__(self, model: str, *, erasable: Mapping[str, Any] | None = None) -> None:
        super().__init__(model)
        self.erasable = dict(erasable or {})

    def create(self, options: Options[models.Model], vendor: str) -> list[str]:
        table = options.db_table
        columns = [field.column for field in options.local_concrete_fields]
        final = ", ".join(f'"{column}"' for column in columns if column not in self.erasable)
        common = {"table": table, "verb": "update", "past": "changed", "vendor": vendor}
        statements = [_refusal("update", "changed")] if vendor == "postgresql" else []
        if not self.erasable:
            return [*statements, _trigger(f"{table}_final", when="UPDATE", **common)]
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        filled = " OR ".join(
            f'(NEW."{column}" {differs} OLD."{column}" AND CAST(NEW."{column}" AS text) {differs} {_literal(empty)})'
            for column, empty in self.erasable.items()
        )
        emptied = ", ".join(f'"{column}"' for column in self.erasable)
        return [
            *statements,
            _trigger(f"{table}_final", when=f"UPDATE OF {final}", **common),
            _trigger(f"{table}_emptied", when=f"UPDATE OF {emptied}", condition=filled, **common),
        ]

    def names(self, table: str, vendor: str) -> list[str]:
        return [f"{table}_final", *([f"{table}_emptied"] if self.erasable else [])]

    def describe(self) -> str:
        return f"Refuse updates of {self.model}"


def _literal(value: Any) -> str:
    """Return a text, or JSON, as a literal of SQL."""
    text = value if isinstance(value, str) else json.dumps(value)
    return "'" + text.replace("'", "''") + "'"


class LetErase(RefuseUpdates):
    """Lets columns of a table be emptied that has refused every UPDATE until now.

    ``erasable`` repeats what the model declares, because a migration must not change when a model does.
    """

    def put(self, schema_editor: BaseDatabaseSchemaEditor, options: Options[models.Model]) -> None:
        RefuseUpdates(self.model).lift(schema_editor, options)
        super().put(schema_editor, options)

    def lift(self, schema_editor: BaseDatabaseSchemaEditor, options: Options[models.Model]) -> None:
        super().lift(schema_editor, options)
        RefuseUpdates(self.model).put(schema_editor, options)

    def describe(self) -> str:
        return f"Let {', '.join(self.erasable)} of {self.model} be erased"


class RefuseDeletes(Trigger):
    """Refuses every DELETE from a model's table, and on PostgreSQL emptying it by TRUNCATE."""

    def create(self, options: Options[models.Model], vendor: str) -> list[str]:
        table = options.db_table
        kept = _trigger(f"{table}_kept", when="DELETE", table=table, verb="delete", past="deleted", vendor=vendor)
        if vendor != "postgresql":
            return [kept]
        return [
            _refusal("delete", "deleted"),
            kept,
            f'CREATE TRIGGER "{table}_whole" BEFORE TRUNCATE ON "{table}" EXECUTE FUNCTION refuse_delete()',
        ]

    def names(self, table: str, vendor: str) -> list[str]:
        return [f"{table}_kept", *([f"{table}_whole"] if vendor == "postgresql" else [])]

    def describe(self) -> str:
        return f"Refuse deletes from {self.model}"
