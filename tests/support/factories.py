"""Every factory of the suite, found by looking."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from django.db.models import Model
from factory.django import DjangoModelFactory

FOLDER = Path(__file__).resolve().parent.parent / "factories"


def factories() -> dict[type[Model], type[DjangoModelFactory]]:
    """Return the factory of each model that has one."""
    modules = [import_module(f"tests.factories.{path.stem}") for path in sorted(FOLDER.glob("*.py"))]
    found = [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, DjangoModelFactory) and value.__module__ == module.__name__
    ]
    return {factory._meta.model: factory for factory in found if not factory._meta.abstract}
