"""Nobody edits or deletes what was done: neither our entries, nor Wagtail's, and Wagtail works all the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.db.models import Field, Model, ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from academy.home.models import HomePage
from academy.lib.append_only import RecordIsFinal
from academy.people.models import AuditEvent, User
from academy.records.models import LearningEvent
from tests.factories.people import AuditEventFactory, UserFactory
from tests.factories.playbook import PlayPageFactory
from tests.factories.records import LearningEventFactory

pytestmark = pytest.mark.django_db

ERASABLE: dict[type[Model], set[str]] = {
    AuditEvent: set(AuditEvent.PERSONAL_DATA.blank),
    ModelLogEntry: {"label", "data"},
    PageLogEntry: {"label", "data"},
    LearningEvent: set(LearningEvent.PERSONAL_DATA.blank),
}
COLUMNS = [(model, field) for model in ERASABLE for field in model._meta.local_concrete_fields]


@pytest.fixture
def entries(site_tree: HomePage, admin: User, at: datetime) -> dict[type[Model], Model]:
    """One entry in each table."""
    return {
        AuditEvent: AuditEventFactory(label="x", reason="x", before={"a": 1}, after={"a": 2}, origin="x", device="x"),
        ModelLogEntry: log(Group.objects.create(name="Helpers"), "wagtail.create", user=admin, data={"a": 1}),
        PageLogEntry: log(site_tree, "wagtail.edit", user=admin, data={"a": 1}),
        LearningEvent: LearningEventFactory(),
    }


def stored(row: Model) -> dict[str, Any]:
    return dict(type(row)._base_manager.filter(pk=row.pk).values().get())


def name(value: object) -> str:
    return value.name if isinstance(value, Field) else value._meta.label  # type: ignore[attr-defined]


@pytest.mark.parametrize(("model", "field"), COLUMNS, ids=name)
def test_database_refuses_to_change_a_column(
    entries: dict[type[Model], Model], model: type[Model], field: Field
) -> None:
    """Column by column, so that one that an update of a package brings is not forgotten."""
    row = entries[model]
    kept = stored(row)
    value = "'{\"b\": 1}'" if field.name in {"data", "before", "after", "detail"} else "'y'"
    wanted = value if field.name in ERASABLE[model] else f'"{field.column}"'

    with (
        pytest.raises(IntegrityError, match=f"rows of {model._meta.db_table} are never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{field.column}" = {wanted}')  # noqa: S608 -- known names

    assert stored(row) == kept


@pytest.mark.parametrize("model", ERASABLE, ids=name)
def test_database_refuses_to_delete(entries: dict[type[Model], Model], model: type[Model]) -> None:
    with (
        pytest.raises(IntegrityError, match=f"rows of {model._meta.db_table} are never deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f'DELETE FROM "{model._meta.db_table}"')  # noqa: S608 -- a known name

    assert stored(entries[model])


@pytest.mark.parametrize("model", [ModelLogEntry, PageLogEntry], ids=name)
def test_log_of_the_cms_is_final_for_python_too(entries: dict[type[Model], Model], model: Any) -> None:
    row = entries[model]
    kept = stored(row)

    for attempt in (
        row.save,
        row.delete,
        lambda: model.objects.update(action="wagtail.create"),
        lambda: model.objects.update(label="Somebody else"),
        model.objects.all().delete,
    ):
        with pytest.raises(IntegrityError, match="are never"), transaction.atomic():
            attempt()

    assert model.objects.values().get(pk=kept["id"]) == kept


def test_entry_of_ours_is_final_for_python_too(entries: dict[type[Model], Model]) -> None:
    row = entries[AuditEvent]

    for attempt in (row.save, row.delete, lambda: AuditEvent.objects.update(label=""), AuditEvent.objects.all().delete):
        with pytest.raises(RecordIsFinal):
            attempt()


@pytest.mark.parametrize("model", [ModelLogEntry, PageLogEntry], ids=name)
def test_forgotten_name_can_be_emptied(entries: dict[type[Model], Model], model: Any) -> None:
    model.objects.update(label="", data={})

    assert {(entry.label, str(entry.data)) for entry in model.objects.all()} == {("", "{}")}


def test_forgotten_person_can_be_emptied_from_an_entry_of_ours(entries: dict[type[Model], Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_auditevent SET label = '', reason = '', before = '{}', after = '{}', origin = '', device = ''"
        )

    entry = AuditEvent.objects.get()
    assert {name: getattr(entry, name) for name in AuditEvent.PERSONAL_DATA.blank} == AuditEvent.PERSONAL_DATA.blank
    assert (entry.kind, entry.actor_id) == ("signed_in", 1)


def test_page_is_edited_moved_copied_and_deleted_and_its_log_outlives_it(
    client: Client, admin: User, site_tree: HomePage
) -> None:
    page = PlayPageFactory()
    client.force_login(admin)
    key = page.pk
    log(page, "wagtail.edit", user=admin)

    page.copy(update_attrs={"slug": "copied", "title": "Copied"}, user=admin)
    page.save_revision(user=admin).publish(user=admin)
    Page.objects.get(pk=key).specific.unpublish(user=admin)
    response = client.post(reverse("wagtailadmin_pages:delete", args=[key]))

    assert response.status_code == 302
    assert not Page.objects.filter(pk=key).exists()
    actions = set(PageLogEntry.objects.filter(page_id=key).values_list("action", flat=True))
    assert {"wagtail.edit", "wagtail.publish", "wagtail.unpublish", "wagtail.delete"} <= actions


def test_entries_outlive_the_person(at: datetime, admin: User) -> None:
    person = UserFactory()
    log(Group.objects.create(name="Helpers"), "wagtail.create", user=person)
    AuditEventFactory(actor_id=person.pk)

    person.delete()

    assert ModelLogEntry.objects.count() == 1
    assert AuditEvent.objects.count() == 1


def test_type_of_a_thing_in_the_log_cannot_be_forgotten(entries: dict[type[Model], Model]) -> None:
    """Cleaning up stale content types must not empty the log; it is told that it cannot."""
    content_type = ModelLogEntry.objects.get().content_type

    with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
        content_type.delete()
