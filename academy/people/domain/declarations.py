"""What every installed model says of the personal data in it, and the rows that are about one person."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from academy.lib.privacy import Personal, PrivacyTable
from academy.people.models import User


class Undeclared(Exception):
    """A model says nothing of personal data: nobody can promise that a person's data are found or gone."""


def table() -> PrivacyTable:
    """Return the declarations for models of other packages."""
    found: PrivacyTable = import_string(settings.PRIVACY_TABLE)
    return found


def models_to_declare() -> list[type[Model]]:
    """Return every model with a table of its own, the joints of many-to-many fields included. A view has none."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed and not model._meta.proxy]


def undeclared() -> list[str]:
    """Return the labels of the models that say nothing: there must be none."""
    others = table()
    return [
        model._meta.label
        for model in models_to_declare()
        if "PERSONAL_DATA" not in vars(model)
        and model._meta.label not in others.personal
        and model._meta.label not in others.none
    ]


def declarations() -> dict[type[Model], Personal]:
    """Return what each model with personal data declares, those that point to others before those they point to.

    Raises Undeclared.
    """
    silent = undeclared()
    if silent:
        raise Undeclared(", ".join(silent))
    others = table().personal
    personal: dict[type[Model], Personal] = {}
    for model in models_to_declare():
        said = vars(model).get("PERSONAL_DATA", others.get(model._meta.label))
        if isinstance(said, Personal):
            personal[model] = said
    return {model: personal[model] for model in _pointing_first(list(personal))}


def rows_about(model: type[Model], personal: Personal, *, person: User) -> QuerySet[Any, Any]:
    """Return the rows of ``model`` that are about ``person``, in the order in which they were made."""
    if callable(personal.about):
        return personal.about(person).order_by("pk")
    if not personal.about:
        return model._default_manager.none()
    return model._default_manager.filter(**{personal.about: person.pk}).order_by("pk")


def _pointing_first(models: list[type[Model]]) -> list[type[Model]]:
    """Order models so that rows can be deleted from the first to the last; where they point in a circle, as they come."""
    order: list[type[Model]] = []
    seen: set[type[Model]] = set()

    def visit(model: type[Model]) -> None:
        if model in seen:
            return
        seen.add(model)
        for other in models:
            if any(field.remote_field and field.remote_field.model is model for field in other._meta.local_fields):
                visit(other)
        order.append(model)

    for model in models:
        visit(model)
    return order
