"""Rows that are written once.

Python refuses ``save`` on a stored row, ``update`` and ``delete``; a trigger in the database refuses UPDATE
for whoever comes by another door. What must outlive every wish to forget it has a trigger on DELETE too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models.options import Options


class RecordIsFinal(Exception):
    """Somebody tried to change or delete what may only be added to."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that can be added and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise RecordIsFinal(f"{self.model._meta.label} rows are never changed.")

    def delete(self) -> NoReturn:
        raise RecordIsFinal(f"{self.model._meta.label} rows are never deleted.")


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


# What a column holds that was emptied, as SQL: a text, a JSON object. (Not null: Wagtail looks into its JSON.)
EMPTY = "('', '{}')"


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
        for statement in self.create(self.options(app_label, to_state), schema_editor.connection.vendor):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = self.options(app_label, from_state).db_table
        on = f' ON "{table}"' if schema_editor.connection.vendor == "postgresql" else ""
        for name in self.names(table, schema_editor.connection.vendor):
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

    Columns that are ``erasable`` may be emptied, to forget a person: to '' in a text, to {} in JSON.
    Nothing else is ever written into them.
    """

    def __init__(self, model: str, *, erasable: Sequence[str] = ()) -> None:
        super().__init__(model)
        self.erasable = tuple(erasable)

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
            f'(NEW."{column}" {differs} OLD."{column}" AND CAST(NEW."{column}" AS text) NOT IN {EMPTY})'
            for column in self.erasable
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
