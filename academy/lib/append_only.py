"""Rows that are written once.

Python refuses ``save`` on a stored row, ``update`` and ``delete``; a trigger in the database refuses UPDATE
for whoever comes by another door. DELETE has no trigger, because a test must be able to empty its database.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


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


class RefuseUpdates(Operation):
    """Migration operation: a trigger that refuses every UPDATE of a model's table."""

    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The trigger is not part of the model's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                "CREATE OR REPLACE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
                "MESSAGE = 'rows of ' || TG_TABLE_NAME || ' are never changed'; END $$"
            )
            schema_editor.execute(
                f'CREATE TRIGGER "{table}_final" BEFORE UPDATE ON "{table}" '
                "FOR EACH ROW EXECUTE FUNCTION refuse_update()"
            )
        else:
            schema_editor.execute(
                f'CREATE TRIGGER "{table}_final" BEFORE UPDATE ON "{table}" '
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
            )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        on = f' ON "{table}"' if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f'DROP TRIGGER "{table}_final"{on}')

    def describe(self) -> str:
        return f"Refuse updates of {self.model}"
