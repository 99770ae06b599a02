"""What the house is made of, found by looking, so that nothing new can be forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations import Migration
from django.db.models import Model
from wagtail.blocks import StreamBlock
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from academy.lib.append_only import RefuseUpdates

ROOT: Path = settings.BASE_DIR
PACKAGES = ("academy", "assessments", "courses", "playbook")
APPS = [app for app in apps.get_app_configs() if app.name.partition(".")[0] in PACKAGES]
# Not the views: their rows are derived, and nobody stores them.
MODELS: list[type[Model]] = [model for app in APPS for model in app.get_models() if model._meta.managed]
PAGES: list[type[Page]] = [model for model in MODELS if issubclass(model, Page)]
# Pages and files are what is taught, not what happened.
TAUGHT = (Page, AbstractImage, AbstractDocument)
RECORDS = [
    model
    for model in MODELS
    if getattr(getattr(model, "PERSONAL_DATA", None), "about", None) and not issubclass(model, TAUGHT)
]


def label(value: object) -> str:
    """Name a model or a file in the list of tests."""
    return value._meta.label if isinstance(value, type) and issubclass(value, Model) else str(value)


def files(
    *suffixes: str, below: tuple[str, ...] = (*PACKAGES, "scripts", "templates", "static/src", "tests", "docs")
) -> list[Path]:
    """Return our own files of these kinds."""
    return sorted(path for folder in below for path in (ROOT / folder).rglob("*") if path.suffix in suffixes)


def modules() -> list[Path]:
    """Return the modules of the platform: neither tests nor migrations."""
    return [path for path in files(".py", below=(*PACKAGES, "scripts")) if path.parent.name != "migrations"]


def relative(path: Path) -> str:
    """Name a file from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def stream_blocks() -> list[StreamBlock]:
    """Return each kind of stream that a field of ours uses, once."""
    streams = [
        field.stream_block for model in MODELS for field in model._meta.get_fields() if isinstance(field, StreamField)
    ]
    return list({type(stream): stream for stream in streams}.values())


def migrations() -> dict[str, type[Migration]]:
    """Return each migration of ours by ``app.name``. (Django's loader would import those of packages too.)"""
    return {
        f"{app.label}.{path.stem}": import_module(f"{app.name}.migrations.{path.stem}").Migration
        for app in APPS
        for path in sorted(Path(app.path, "migrations").glob("[0-9]*.py"))
    }


def append_only_tables() -> dict[type[Model], str]:
    """Return each model whose migrations refuse updates, and its table."""
    models = [
        apps.get_model(name.partition(".")[0], operation.model)
        for name, migration in migrations().items()
        for operation in migration.operations
        if isinstance(operation, RefuseUpdates)
        and "." not in operation.model  # the tables of packages have tests of their own
    ]
    return {model: model._meta.db_table for model in models}


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each import of a module: the statement, and the dotted name of what it imports from."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                is_module = (ROOT / name.replace(".", "/")).with_suffix(".py").exists() or (
                    ROOT / name.replace(".", "/")
                ).is_dir()
                yield node, name if is_module else node.module
