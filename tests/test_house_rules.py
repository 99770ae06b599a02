"""The rules of the house, held against the repository itself."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import PROTECT, DateTimeField, Field, ForeignKey, Model
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.blocks import Block, ChooserBlock
from wagtail.models import Page

from academy.framework.models import PageRole, PageSkill
from academy.lib.append_only import AppendOnlyModel, RecordIsFinal
from academy.pages.models import PageSource
from academy.people.models import User
from tests.support.factories import factories
from tests.support.house import (
    APPS,
    MODELS,
    PACKAGES,
    PAGES,
    RECORDS,
    ROOT,
    append_only_tables,
    files,
    imports,
    label,
    migrations,
    modules,
    relative,
    stream_blocks,
    tree,
)
from tests.support.moment import AT

pytestmark = pytest.mark.django_db

# Rows that hang below a page of any type: their factories must be told which.
BELOW_A_PAGE = {PageSource, PageSkill, PageRole}


def make(model: type[Model], **fields: object) -> Model:
    """Store a row of ``model`` by its factory."""
    if model in BELOW_A_PAGE:
        fields.setdefault("page", Page.get_first_root_node())
    return factories()[model](**fields)


# Models ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_has_factory_that_makes_valid_rows(model: type[Model]) -> None:
    row = make(model)
    # What may be empty in the database may be required in a form.
    empty = [field.name for field in model._meta.fields if getattr(row, field.attname) in field.empty_values]

    row.full_clean(exclude=empty)


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_says_what_personal_data_it_holds(model: type[Model]) -> None:
    said = vars(model).get("PERSONAL_DATA", "missing")

    assert said is None or re.fullmatch(r"[A-Z].{10,}\.", str(said.what))


@pytest.mark.parametrize("model", MODELS, ids=label)
def test_model_says_what_a_row_means(model: type[Model]) -> None:
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")  # Django's own, where there is none


# Who acted is told elsewhere, or nobody did.
AT_WITHOUT_BY = {
    "assessments.Answer.received_at": "the learner of its attempt: the domain refuses anybody else",
    "assessments.AttemptResult.decided_at": "whoever submitted its attempt, in the same commit",
    "people.AuditEvent.occurred_at": "actor_id: like the ledger, it has no foreign keys",
    "assessments.AnswerFile.uploaded_at": "its learner",
    "assessments.PracticeResponse.responded_at": "its learner",
    "people.Grant.starts_at": "given_by: whoever gave it said from when",
    "people.Grant.ends_at": "given_by: whoever gave it said until when",
    "people.Invitation.expires_at": "invited_by: whoever invited said until when",
    "people.PeopleImport.expires_at": "imported_by: the same",
    "jobs.DoneOnce.done_at": "the worker",
    "jobs.Job.finished_at": "the worker",
    "jobs.Job.started_at": "the worker",
    "pages.Attachment.created_at": "uploaded_by_user: the model's base is Wagtail's",
    "pages.Picture.created_at": "uploaded_by_user: the model's base is Wagtail's",
    "records.Award.expires_at": "time passes by itself",
    "records.LearningEvent.occurred_at": "actor_id: the ledger has no foreign keys",
}
# The time is always known, the actor is not.
BY_MAY_BE_EMPTY = {
    "assessments.ReadyVersion.ready_at": "empty when a content pack was loaded from the command line",
    "assessments.ItemVersion.created_at": "empty when a content pack was loaded from the command line",
    "people.Grant.given_at": "empty when the program itself gave it, as in the demo",
    "people.Membership.joined_at": "empty when the program itself added them, as in the demo",
    "assessments.Mark.marked_at": "empty when a rule gave the mark; a constraint ties it to the kind",
}
MOMENTS = [
    (model, field)
    for model in MODELS
    for field in model._meta.local_fields
    if isinstance(field, DateTimeField) and field.name.endswith("_at") and model._meta.app_label != "wagtailcore"
]
NULLABLE_MOMENTS = [
    (model, field) for model, field in MOMENTS if field.null and f"{label(model)}.{field.name}" not in AT_WITHOUT_BY
]


def moment_id(value: object) -> str:
    return str(value.name if isinstance(value, Field) else label(value))


@pytest.mark.parametrize(("model", "field"), MOMENTS, ids=moment_id)
def test_moment_names_its_actor(model: type[Model], field: DateTimeField) -> None:
    name = f"{label(model)}.{field.name}"
    actors = [other for other in model._meta.local_fields if other.name == f"{field.name.removesuffix('_at')}_by"]

    if name in AT_WITHOUT_BY:
        assert actors == []
    else:
        assert [(actor.null, actor.related_model._meta.label) for actor in actors] == [
            (field.null or name in BY_MAY_BE_EMPTY, "people.User")
        ]


@pytest.mark.parametrize("missing", ["_at", "_by"])
@pytest.mark.parametrize(("model", "field"), NULLABLE_MOMENTS, ids=moment_id)
def test_moment_and_actor_are_set_together_or_not_at_all(
    model: type[Model], field: DateTimeField, missing: str
) -> None:
    stem = field.name.removesuffix("_at")
    pair = {f"{stem}_at": AT, f"{stem}_by": factories()[apps.get_model("people", "User")]()}
    pair[f"{stem}{missing}"] = None

    with pytest.raises(IntegrityError, match=r"(?i)check constraint"), transaction.atomic():
        make(model, **pair)


def test_exceptions_for_moments_are_about_fields_that_exist() -> None:
    known = {f"{label(model)}.{field.name}" for model, field in MOMENTS}

    assert {*AT_WITHOUT_BY, *BY_MAY_BE_EMPTY} - known == set()


@pytest.mark.parametrize("model", RECORDS, ids=label)
def test_record_is_protected_and_kept_out_of_the_reference_index(model: type[Model]) -> None:
    keys = [field for field in model._meta.local_fields if isinstance(field, ForeignKey)]
    to_pages = [key for key in keys if issubclass(key.related_model, Page)]

    assert [key.name for key in keys if key.remote_field.on_delete is not PROTECT] == []
    assert [key.name for key in to_pages if not getattr(key, "wagtail_reference_index_ignore", False)] == []


# Facts -------------------------------------------------------------------------------------------

FACTS = append_only_tables()


def test_facts_are_exactly_the_models_with_a_trigger() -> None:
    assert set(FACTS) == {model for model in MODELS if issubclass(model, AppendOnlyModel)}


@pytest.mark.parametrize("model", FACTS, ids=label)
def test_fact_is_final_for_the_database(model: type[Model]) -> None:
    row = make(model)
    table = FACTS[model]

    with (
        pytest.raises(IntegrityError, match=f"rows of {table} are never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f'UPDATE "{table}" SET id = id WHERE id = %s', [row.pk])  # noqa: S608 -- a table of ours


@pytest.mark.parametrize("model", FACTS, ids=label)
def test_fact_is_final_for_python(model: type[Model]) -> None:
    row = make(model)
    kept = model._default_manager.filter(pk=row.pk).values().get()

    with pytest.raises(RecordIsFinal):
        row.save()
    with pytest.raises(RecordIsFinal):
        row.delete()
    with pytest.raises(RecordIsFinal):
        model._default_manager.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(RecordIsFinal):
        model._default_manager.filter(pk=row.pk).delete()
    assert model._default_manager.filter(pk=row.pk).values().get() == kept


# Blocks ------------------------------------------------------------------------------------------

BLOCKS: dict[str, Block] = {
    f"{type(stream).__name__}.{name}": block
    for stream in stream_blocks()
    for name, block in stream.child_blocks.items()
}


@pytest.mark.parametrize("name", BLOCKS)
def test_block_introduces_itself_to_authors(name: str) -> None:
    meta = BLOCKS[name].meta

    assert meta.icon != Block._meta_class.icon
    assert str(meta.group)
    assert str(BLOCKS[name].get_description())
    assert str(meta.label)


@pytest.mark.parametrize("name", BLOCKS)
def test_block_has_a_template_of_its_own_name(name: str) -> None:
    template = f"blocks/{name.partition('.')[2]}.html"

    assert BLOCKS[name].meta.template == template
    assert Path(get_template(template).origin.name) == ROOT / "templates" / template


@pytest.mark.parametrize("name", BLOCKS)
def test_block_has_a_preview(name: str, client: Client, admin: User) -> None:
    block = BLOCKS[name]
    client.force_login(admin)

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert block.is_previewable
    assert hasattr(block.meta, "preview_value") or hasattr(block.meta, "preview_template")
    assert response.status_code == 200
    main = re.search(r"<main.*?>(.*)</main>", response.text, re.DOTALL)
    assert main is not None
    assert strip_tags(main[1]).strip()


@pytest.mark.parametrize("name", BLOCKS)
def test_block_renders_when_what_it_pointed_to_is_gone(name: str) -> None:
    block = BLOCKS[name]
    empty = {
        child: None if isinstance(chooser, ChooserBlock) else chooser.get_default()
        for child, chooser in getattr(block, "child_blocks", {}).items()
    }

    assert isinstance(block.render(block.to_python(empty) if empty else block.get_default()), str)


# Pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_page_type_never_knows_who_is_learning(page: type[Page]) -> None:
    ours = [kind for kind in page.__mro__ if kind.__module__.partition(".")[0] in PACKAGES]

    assert [kind.__name__ for kind in ours if "serve" in vars(kind)] == []
    contexts = [vars(kind)["get_context"] for kind in ours if "get_context" in vars(kind)]
    assert [context.__qualname__ for context in contexts if "user" in inspect.getsource(context)] == []


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_page_type_says_where_it_belongs(page: type[Page]) -> None:
    assert "parent_page_types" in vars(page)
    assert "subpage_types" in vars(page)
    assert page.template == f"{page._meta.app_label}/{snake_case(page.__name__)}.html"
    assert (ROOT / "templates" / page.template).is_file()


def snake_case(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


# Migrations --------------------------------------------------------------------------------------

MIGRATIONS = migrations()


@pytest.mark.parametrize("name", MIGRATIONS)
def test_migration_has_a_name_that_a_person_chose(name: str) -> None:
    assert "_auto_" not in name
    assert len(name.partition(".")[2]) > len("0001_")
    if ".0001_" not in name:
        assert MIGRATIONS[name].__doc__


@pytest.mark.parametrize("name", MIGRATIONS)
def test_migration_can_be_taken_back(name: str) -> None:
    assert [operation.describe() for operation in MIGRATIONS[name].operations if not operation.reversible] == []


# Modules -----------------------------------------------------------------------------------------

# Why an import may stand inside a function. Anything else moves to the top.
INLINE_IMPORT_REASONS = {
    "models are not loaded before ready()",
    "only on machines that have it",
}


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_modules_are_under_300_lines() -> None:
    assert {relative(path): len(lines(path)) for path in modules() if len(lines(path)) >= 300} == {}


def test_base_settings_are_under_250_lines() -> None:
    assert len(lines(ROOT / "academy" / "settings" / "base.py")) < 250


def test_inline_imports_carry_a_reason_from_the_list() -> None:
    without_reason = []
    for path in modules():
        top = {id(node) for node in top_level(tree(path))}
        for node, _name in imports(path):
            comment = lines(path)[node.lineno - 1].partition("# noqa: PLC0415 -- ")[2].strip()
            if id(node) not in top and comment not in INLINE_IMPORT_REASONS:
                without_reason.append(f"{relative(path)}:{node.lineno}")

    assert without_reason == []


def top_level(module: ast.Module) -> list[ast.stmt]:
    """Return the statements of a module, with those under its own if and try."""
    found, waiting = [], list(module.body)
    while waiting:
        node = waiting.pop()
        found.append(node)
        if isinstance(node, ast.If | ast.Try):
            waiting += [child for child in ast.walk(node) if isinstance(child, ast.Import | ast.ImportFrom)]
    return found


# Where apps may be entered beside their api.py, and why.
SHARED = {
    "academy.framework.enums": "proficiency is a word that every app speaks",
    "academy.framework.models": "cross-app foreign keys come back as these rows",
    "academy.framework.panels": "pages of every app have them",
    "academy.pages.blocks": "pages of every app are made of them",
    "academy.pages.models": "the base of the pages of every app",
    "academy.pages.panels": "pages of every app have them",
    "academy.people.models": "every verb names the person who acts",
    "assessments.blocks": "lessons show questions",
}
# The shell, and the two apps that see everything.
SEES_EVERYTHING = {
    "academy.home",
    "academy.exchange",
    "academy.settings",
    "academy.urls",
    "academy.wsgi",
    "academy.access",
    "academy.privacy",
}
APP_NAMES = [config.name for config in APPS]


def app_of(name: str) -> str:
    return next((app for app in APP_NAMES if name == app or name.startswith(f"{app}.")), "")


def test_apps_are_entered_by_their_api() -> None:
    trespasses = []
    for path in modules():
        own = relative(path).removesuffix(".py").replace("/", ".")
        if any(own == name or own.startswith(f"{name}.") for name in SEES_EVERYTHING):
            continue
        for node, name in imports(path):
            other = app_of(name)
            doors = [f"{other}.api", *SHARED]
            if (
                other
                and other != app_of(own)
                and not any(name == door or name.startswith(f"{door}.") for door in doors)
            ):
                trespasses.append(f"{relative(path)}:{node.lineno} enters {name}")

    assert trespasses == []


def test_shared_modules_exist() -> None:
    paths = [ROOT / name.replace(".", "/") for name in SHARED]

    assert [path.name for path in paths if not path.is_dir() and not path.with_suffix(".py").exists()] == []


@pytest.mark.parametrize("path", [path for path in modules() if path.name == "api.py"], ids=relative)
def test_api_promises_what_it_lists(path: Path) -> None:
    promises = [
        node.value
        for node in tree(path).body
        if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["__all__"]
    ]
    imported = {
        alias.asname or alias.name
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
    }

    assert len(promises) == 1
    assert set(ast.literal_eval(promises[0])) == imported


# What opens connections to other machines: academy/lib/egress alone. The port for probes listens, and asks nobody.
LISTENERS = {ROOT / "academy" / "operations" / "domain" / name for name in ("port.py", "server.py")}
WAYS_OUT = re.compile(r"(requests|urllib3|urllib\.request|http\.client|httpx|aiohttp|socket|ftplib|telnetlib)(\.|$)")


def test_one_client_alone_leaves_the_site() -> None:
    found = [
        f"{relative(path)}:{node.lineno}"
        for path in files(".py", below=PACKAGES)
        for node, name in imports(path)
        if WAYS_OUT.match(name) and path.parent != ROOT / "academy" / "lib" / "egress" and path not in LISTENERS
    ]

    assert found == []


# Templates ---------------------------------------------------------------------------------------

TEMPLATES = files(".html", ".txt", ".svg", below=("templates", "assessments/item_types"))
FORBIDDEN_MARKUP = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"\son[a-z]+\s*=\s*[\"'{]", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_obeys_the_content_security_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [name for name, pattern in FORBIDDEN_MARKUP.items() if pattern.search(text)] == []


# Django looks for these by itself, and allauth for the one of too many tries.
ERROR_PAGES = {"400.html", "403.html", "404.html", "429.html", "500.html"}


def replaces_a_package_template(name: str) -> bool:
    return any((Path(folder) / name).is_file() for folder in get_app_template_dirs("templates"))


def test_templates_are_all_used() -> None:
    names = [
        path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES if ROOT / "templates" in path.parents
    ]
    sources = [path.read_text(encoding="utf-8") for path in [*modules(), *TEMPLATES]]
    words = "\n".join(sources)

    unused = [
        name
        for name in names
        if f'"{name}"' not in words
        and f"'{name}'" not in words
        and name not in ERROR_PAGES
        and not replaces_a_package_template(name)
        and not any(pattern.fullmatch(name) for pattern in computed_names(sources))
    ]

    assert unused == []


def computed_names(sources: list[str]) -> list[re.Pattern[str]]:
    """Return a pattern for each f-string that makes the name of a template."""
    found = {match for text in sources for match in re.findall(r"f\"([\w/{}.\[\]()]*\{[^\"]+\}[\w/.]*\.html)\"", text)}
    return [re.compile(re.sub(r"\\\{.*?\\\}", r"[\\w-]+", re.escape(name))) for name in found]


# Papers ------------------------------------------------------------------------------------------

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))


def test_decisions_are_numbered_once_without_gaps() -> None:
    numbers = [path.name.partition("-")[0] for path in DECISIONS]

    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_has_its_four_parts_on_one_page(path: Path) -> None:
    headings = [line.removeprefix("## ") for line in lines(path) if line.startswith("## ")]

    assert headings == ["Context", "Decision", "Consequences", "Rejected"]
    assert lines(path)[0].startswith(f"# {path.name.partition('-')[0]} ")
    assert len(lines(path)) <= 60


def test_decisions_are_listed_in_their_index() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"\]\((\d{4}-[^)]+\.md)\)", index) == [path.name for path in DECISIONS]


def test_dependencies_each_have_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    groups = [group for group in project["dependency-groups"].values() if all(isinstance(one, str) for one in group)]
    wanted = [*project["project"]["dependencies"], *(one for group in groups for one in group)]

    assert [name for name in wanted if not has_reason(name, text.splitlines())] == []


def has_reason(dependency: str, text: list[str]) -> bool:
    number = next(number for number, line in enumerate(text) if f'"{dependency}"' in line)
    return "# " in text[number] or text[number - 1].lstrip().startswith("# ")


def test_nothing_is_left_to_do() -> None:
    marker = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    found = [
        f"{relative(path)}:{number}"
        for path in files(".py", ".html", ".js", ".scss", ".md", ".txt")
        for number, line in enumerate(lines(path), start=1)
        if marker.search(line)
    ]

    assert found == []
