"""Views in the database: what is derived, and must never be out of step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateView(Operation):
    """Migration operation: a view, by a query for each kind of database.

    A later migration that alters one of the tables below the view takes the view away first and puts it back:
    SQLite makes such tables anew, and PostgreSQL keeps the types of columns that a view reads.
    """

    reversible = True

    def __init__(self, name: str, queries: Mapping[str, str]) -> None:
        self.name = name
        self.queries = queries

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The model that reads the view is unmanaged: nothing of it is state."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        # No parameters: the query may hold per cent signs of its own.
        schema_editor.execute(
            f'CREATE VIEW "{self.name}" AS {self.queries[schema_editor.connection.vendor]}', params=None
        )
        if schema_editor.connection.vendor == "sqlite":
            # PostgreSQL refuses by itself; SQLite would take the row and forget it.
            schema_editor.execute(
                f'CREATE TRIGGER "{self.name}_derived" INSTEAD OF INSERT ON "{self.name}" '
                f"BEGIN SELECT RAISE(ABORT, 'cannot insert into view {self.name}'); END",
                params=None,
            )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        schema_editor.execute(f'DROP VIEW "{self.name}"')

    def describe(self) -> str:
        return f"Create the view {self.name}"
