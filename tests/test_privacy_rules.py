"""The rules of the house about personal data: declared everywhere, erasable where declared, and nowhere else."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Field, ForeignKey, JSONField, Model

from academy.lib.append_only import AppendOnlyModel, RefuseDeletes, RefuseUpdates, erasable
from academy.lib.privacy import Keep, Personal
from academy.people.domain.declarations import declarations, models_to_declare, table, undeclared
from academy.people.domain.retention import PERIODS, UNCONFIRMED
from academy.people.models import User
from tests.support.canaries import text_fields
from tests.support.factories import factories
from tests.support.house import label, migrations, modules, relative, tree

pytestmark = pytest.mark.django_db

DECLARED = declarations()
ERASABLE = [model for model in DECLARED if issubclass(model, AppendOnlyModel) and erasable(model)]
# Tables of packages that an installation adds, or that come with later parts of the academy.
MAY_BE_ABSENT = {
    "wagtailsearch.SQLiteFTSIndexEntry",
}


def test_every_installed_model_says_what_personal_data_it_holds() -> None:
    assert undeclared() == []


def test_table_of_others_names_models_that_exist_once() -> None:
    others = table()
    installed = {model._meta.label for model in models_to_declare()}

    assert {*others.personal, *others.none} - installed - MAY_BE_ABSENT == set()
    assert set(others.personal) & others.none == set()
    assert {
        model._meta.label
        for model in models_to_declare()
        if "PERSONAL_DATA" in vars(model) and model._meta.label in {*others.personal, *others.none}
    } == set()


@pytest.mark.parametrize("model", models_to_declare(), ids=label)
def test_every_key_to_a_person_is_declared(model: type[Model]) -> None:
    keys = {
        field.name
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and field.related_model is User
    }
    personal = DECLARED.get(model)
    about = personal.about if personal and isinstance(personal.about, str) else ""
    said = {about.partition("__")[0], *personal.acts} if personal else set()

    assert keys - said == set()


@pytest.mark.parametrize("model", DECLARED, ids=label)
def test_declaration_is_whole(model: type[Model]) -> None:
    personal = DECLARED[model]
    names = {field.name for field in model._meta.get_fields()} | {
        field.attname for field in model._meta.concrete_fields
    }

    assert str(personal.what).endswith(".")
    # What is left says on which ground; what goes needs none.
    assert bool(personal.why) != personal.delete
    assert not (personal.delete and (personal.blank or personal.ends))
    assert {*personal.hidden, *personal.blank, *personal.stays, *personal.files} - names - {"autocomplete"} == set()
    assert [key for key, moment in personal.acts.items() if key not in names or moment not in names] == []


@pytest.mark.parametrize(
    "model", [model for model, said in DECLARED.items() if said.about and not said.delete], ids=label
)
def test_every_text_that_outlives_a_person_is_emptied_or_said_to_stay(model: type[Model]) -> None:
    personal = DECLARED[model]
    left = {field.name for field in text_fields(model, personal)} - set(personal.blank)

    if model is User:  # people.domain.closing makes the shell, and a constraint holds it
        assert left == {"email"}
    elif personal.wipe is None:
        assert left == set()


# Their rows are about nobody: they name who acted, and the record tells when.
ABOUT_NOBODY = {
    "assessments.Item",
    "assessments.ItemVersion",
    "assessments.ReadyVersion",
    "pages.Attachment",
    "pages.Picture",
    "people.Organisation",
    "people.OrganisationMove",
    "people.SignInProvider",
    "wagtail_localize.SegmentOverride",
    "wagtail_localize.StringTranslation",
    "wagtailcore.Page",
    "wagtailcore.Revision",
    "wagtailcore.WorkflowState",
    "wagtaildocs.Document",
    "wagtailimages.Image",
}


def test_declaration_that_is_about_nobody_is_so_on_purpose() -> None:
    assert {model._meta.label for model, said in DECLARED.items() if not said.about} == ABOUT_NOBODY


def test_every_class_of_retention_is_explained_and_used() -> None:
    assert set(PERIODS) == {*(keep.value for keep in Keep), UNCONFIRMED}
    assert {personal.keep for personal in [*DECLARED.values(), *table().personal.values()]} == set(Keep)


def test_every_class_with_a_period_has_something_that_goes_by_it() -> None:
    timed = {said.keep.value for said in [*DECLARED.values(), *table().personal.values()] if said.since}

    assert timed | {UNCONFIRMED} == {name for name, period in PERIODS.items() if period.days is not None}


# Erasable columns --------------------------------------------------------------------------------


def test_migrations_let_be_erased_what_the_models_declare() -> None:
    let = {
        f"{name.partition('.')[0]}.{operation.model}": operation.erasable
        for name, migration in migrations().items()
        for operation in migration.operations
        if isinstance(operation, RefuseUpdates) and operation.erasable and "." not in operation.model
    }

    assert let == {model._meta.label: dict(erasable(model)) for model in ERASABLE}


def test_what_nobody_deletes_is_emptied_when_its_time_is_over() -> None:
    kept = {
        operation.model if "." in operation.model else f"{name.partition('.')[0]}.{operation.model}"
        for name, migration in migrations().items()
        for operation in migration.operations
        if isinstance(operation, RefuseDeletes)
    }
    said = {model._meta.label: personal for model, personal in DECLARED.items()}

    assert [label for label in kept if said[label].delete] == []
    assert {label for label in kept if said[label].since} == {label for label, one in said.items() if one.final}


def stored(field: Field, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def update(model: type[Model], pk: Any, **values: Any) -> None:
    """Change a row behind Python's back."""
    fields = [model._meta.get_field(name) for name in values]
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" SET {columns} WHERE id = %s',  # noqa: S608 -- a table of ours
            [*(stored(field, values[field.name]) for field in fields), pk],
        )


def full(model: type[Model], **fields: Any) -> Any:
    """Store a row whose erasable fields hold something."""
    words = {
        name: {"said": "something"} if isinstance(model._meta.get_field(name), JSONField) else "something"
        for name in erasable(model)
    }
    return factories()[model](**words, **fields)


@pytest.mark.parametrize("model", ERASABLE, ids=label)
def test_database_lets_exactly_the_erasure_through(model: type[Model]) -> None:
    row = full(model)
    blank = dict(erasable(model))
    before = model._default_manager.filter(pk=row.pk).values().get()

    update(model, row.pk, **blank)

    assert model._default_manager.filter(pk=row.pk).values().get() == {**before, **blank}
    update(model, row.pk, **blank)  # twice is as good as once


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (model, field.name)
        for model in ERASABLE
        for field in model._meta.concrete_fields
        if field.name not in erasable(model)
    ],
    ids=lambda value: value if isinstance(value, str) else label(value),
)
def test_no_other_column_changes_under_cover_of_an_erasure(model: type[Model], name: str) -> None:
    row = full(model)
    other = full(model)
    field = model._meta.get_field(name)
    value = another(field, getattr(row, field.attname), getattr(other, field.attname))

    with pytest.raises(IntegrityError, match="are never changed"):
        update(model, row.pk, **erasable(model), **{name: value})


def another(field: Field, value: Any, of_another: Any) -> Any:
    """Return a value of the field that differs from ``value``."""
    if of_another != value:
        return of_another
    if value is None:
        return 1
    if isinstance(value, str):
        return f"{value}x"[-(field.max_length or 100) :]
    if hasattr(value, "year"):
        return value.replace(year=value.year + 1)
    return value + 1 if isinstance(value, int) else value / 2


@pytest.mark.parametrize(
    ("model", "name"),
    [(model, name) for model in ERASABLE for name in erasable(model)],
    ids=lambda value: value if isinstance(value, str) else label(value),
)
def test_erasable_column_takes_no_other_words(model: type[Model], name: str) -> None:
    row = full(model)
    other = {"said": "else"} if isinstance(model._meta.get_field(name), JSONField) else "else"

    with pytest.raises(IntegrityError, match="are never changed"):
        update(model, row.pk, **{**erasable(model), name: other})


# Code --------------------------------------------------------------------------------------------


def calls(name: str) -> set[str]:
    """Return the modules in which a method of this name is called."""
    return {
        relative(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name
    }


def test_facts_are_erased_and_deleted_in_one_place() -> None:
    assert (calls("erase"), calls("expire")) == (
        {"academy/people/domain/closing.py"},
        {"academy/people/domain/closing.py"},
    )


PERSONAL_WORDS = {"email", "display_name", "get_full_name", "payload", "reason", "detail"}


def test_log_lines_name_nobody() -> None:
    """What is written to a log is in nobody's record and outlives every account: numbers alone belong there."""
    named = [
        f"{relative(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "logger"
        and PERSONAL_WORDS & {inner.attr for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    ]

    assert named == []


def test_declaration_is_one_of_ours_or_none() -> None:
    assert {type(said) for said in DECLARED.values()} == {Personal}
