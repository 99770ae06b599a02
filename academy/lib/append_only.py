"""Rows that are written once.

Python refuses ``save`` on a stored row, ``update`` and ``delete``; a trigger in the database refuses UPDATE
for whoever comes by another door. DELETE has no trigger, because a test must be able to empty its database.

There are two ways out, both for the sake of the person whom a row is about. ``erase`` empties the fields that the
model declares as erasable (``PERSONAL_DATA.blank``), all at once; the trigger lets exactly that through
(:class:`LetErase`). ``expire`` deletes rows whose period of retention is over. Both belong to
``academy.people.domain``, which acts on declarations; nothing else calls them, and a test sees to it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from academy.lib.privacy import Personal


class RecordIsFinal(Exception):
    """Somebody tried to change or delete what may only be added to."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that can be added and read."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise RecordIsFinal(f"{self.model._meta.label} rows are never changed.")

    def delete(self) -> NoReturn:
        raise RecordIsFinal(f"{self.model._meta.label} rows are never deleted.")

    def erase(self) -> int:
        """Empty the erasable fields of these rows, and return how many rows had something in them."""
        blank = erasable(self.model)
        if not blank:
            raise RecordIsFinal(f"{self.model._meta.label} rows have nothing that may be erased.")
        return models.QuerySet.update(self.exclude(**blank), **blank)

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
        add_trigger(schema_editor, to_state.apps.get_model(app_label, self.model), {})

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        drop_trigger(schema_editor, from_state.apps.get_model(app_label, self.model))

    def describe(self) -> str:
        return f"Refuse updates of {self.model}"


class LetErase(Operation):
    """Migration operation: the trigger of :class:`RefuseUpdates` lets one kind of UPDATE through.

    It is the one that sets every field of ``blank`` to its empty value, at least one of them anew, and changes
    nothing else. ``blank`` repeats what the model declares, because a migration must not change when a model does.
    A field added later needs this operation once more: a test finds the field that could be changed.
    """

    reversible = True

    def __init__(self, model: str, blank: Mapping[str, Any]) -> None:
        self.model = model
        self.blank = blank

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The trigger is not part of the model's state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        drop_trigger(schema_editor, from_state.apps.get_model(app_label, self.model))
        add_trigger(schema_editor, to_state.apps.get_model(app_label, self.model), self.blank)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        drop_trigger(schema_editor, from_state.apps.get_model(app_label, self.model))
        add_trigger(schema_editor, to_state.apps.get_model(app_label, self.model), {})

    def describe(self) -> str:
        return f"Let {', '.join(self.blank)} of {self.model} be erased"


def add_trigger(schema_editor: BaseDatabaseSchemaEditor, model: type[models.Model], blank: Mapping[str, Any]) -> None:
    """Refuse every UPDATE of the model's table but the erasure of ``blank``."""
    table = model._meta.db_table
    erasure = _erasure(model, blank, same=SAME[schema_editor.connection.vendor])
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION refuse_update() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', "
            "MESSAGE = 'rows of ' || TG_TABLE_NAME || ' are never changed'; END $$"
        )
        schema_editor.execute(
            f'CREATE TRIGGER "{table}_final" BEFORE UPDATE ON "{table}" '
            f"FOR EACH ROW {f'WHEN (NOT ({erasure})) ' if blank else ''}EXECUTE FUNCTION refuse_update()"
        )
    else:
        schema_editor.execute(
            f'CREATE TRIGGER "{table}_final" BEFORE UPDATE ON "{table}" {f"WHEN NOT ({erasure}) " if blank else ""}'
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        )


def drop_trigger(schema_editor: BaseDatabaseSchemaEditor, model: type[models.Model]) -> None:
    """Let every UPDATE of the model's table through: only inside a migration."""
    table = model._meta.db_table
    on = f' ON "{table}"' if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f'DROP TRIGGER "{table}_final"{on}')


# How a database says that two values are the same, where both may be empty.
SAME = {"postgresql": "IS NOT DISTINCT FROM", "sqlite": "IS"}


def _erasure(model: type[models.Model], blank: Mapping[str, Any], *, same: str) -> str:
    """Return the condition, in SQL, under which an UPDATE is the erasure of ``blank``."""
    fields = model._meta.local_concrete_fields
    kept = [f'NEW."{one.column}" {same} OLD."{one.column}"' for one in fields if one.name not in blank]
    gone = [f'NEW."{one.column}" = {_literal(blank[one.name])}' for one in fields if one.name in blank]
    anew = [f'NOT (NEW."{one.column}" {same} OLD."{one.column}")' for one in fields if one.name in blank]
    return " AND ".join([*kept, *gone, f"({' OR '.join(anew)})"])


def _literal(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return "'" + text.replace("'", "''") + "'"
