from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ModelState, ProjectState

from academy.lib.append_only import LetErase, RecordIsFinal, RefuseDeletes, RefuseUpdates
from academy.people.models import AuditEvent
from academy.records.models import LearningEvent, SkillEvidence
from tests.factories.people import AuditEventFactory
from tests.factories.records import LearningEventFactory, SkillEvidenceFactory

TABLE = LearningEvent._meta.db_table
# What the table has, and how its migration came to it.
OPERATION = RefuseUpdates("LearningEvent", erasable={"detail": {}})
ERASURE = LetErase("LearningEvent", erasable={"detail": {}})


@pytest.fixture
def state() -> ProjectState:
    """What a migration knows of the model."""
    project = ProjectState()
    project.add_model(ModelState.from_model(LearningEvent))
    return project


def change_everything() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{TABLE}" SET subject_id = %s', ["changed"])  # noqa: S608 -- a table of ours


def erase_everything() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE \"{TABLE}\" SET detail = '{{}}'")  # noqa: S608 -- a table of ours


def subjects() -> list[str]:
    return list(LearningEvent.objects.values_list("subject_id", flat=True))


@pytest.mark.django_db
def test_append_only_row_is_added_and_read() -> None:
    event = LearningEventFactory(subject_id="1")

    assert LearningEvent.objects.get() == event


@pytest.mark.django_db
def test_append_only_row_says_why_it_cannot_change() -> None:
    event = LearningEventFactory()

    with pytest.raises(RecordIsFinal, match=r"^records\.LearningEvent rows are never changed\.$"):
        event.save()
    with pytest.raises(RecordIsFinal, match=r"^records\.LearningEvent rows are never deleted\.$"):
        event.delete()
    with pytest.raises(RecordIsFinal, match=r"^records\.LearningEvent rows are never changed\.$"):
        LearningEvent.objects.bulk_update([event], ["subject_id"])


@pytest.mark.django_db
def test_append_only_row_is_not_overwritten_by_its_own_key() -> None:
    event = LearningEventFactory(subject_id="1")

    with pytest.raises(IntegrityError), transaction.atomic():
        LearningEventFactory(pk=event.pk, uuid=event.uuid, subject_id="2")

    assert subjects() == ["1"]


@pytest.mark.django_db
def test_database_refuses_an_update_of_many_rows_whole() -> None:
    LearningEventFactory(subject_id="1")
    LearningEventFactory(subject_id="2")

    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never changed"):
        change_everything()

    assert subjects() == ["1", "2"]


@pytest.mark.django_db(transaction=True)
def test_refuse_updates_can_be_taken_back_and_done_again(state: ProjectState) -> None:
    LearningEventFactory(subject_id="1")

    with connection.schema_editor() as editor:
        OPERATION.database_backwards("records", editor, state, state)
    change_everything()
    with connection.schema_editor() as editor:
        OPERATION.database_forwards("records", editor, state, state)

    assert subjects() == ["changed"]
    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never changed"):
        change_everything()


@pytest.mark.django_db(transaction=True)
def test_let_erase_can_be_taken_back_and_done_again(state: ProjectState) -> None:
    LearningEventFactory(subject_id="1", detail={"course": "Fair bids"})

    with connection.schema_editor() as editor:
        ERASURE.database_backwards("records", editor, state, state)
    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never changed"):
        erase_everything()
    with connection.schema_editor() as editor:
        ERASURE.database_forwards("records", editor, state, state)
    erase_everything()

    assert list(LearningEvent.objects.values_list("subject_id", "detail")) == [("1", {})]
    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never changed"):
        change_everything()


@pytest.mark.django_db
def test_erase_empties_what_is_declared_once_and_nothing_else() -> None:
    kept = LearningEventFactory(subject_id="1", detail={"course": "Fair bids"})
    LearningEventFactory(subject_id="2", detail={})

    assert [LearningEvent.objects.erase(), LearningEvent.objects.erase()] == [1, 0]

    after = LearningEvent.objects.get(pk=kept.pk)
    assert (after.detail, after.subject_id, after.uuid) == ({}, "1", kept.uuid)


@pytest.mark.django_db
def test_erase_refuses_where_nothing_is_declared() -> None:
    with pytest.raises(RecordIsFinal, match=r"^records\.SkillEvidence rows have nothing that may be erased\.$"):
        SkillEvidence.objects.erase()


@pytest.mark.django_db
def test_expire_deletes_the_rows_that_are_chosen() -> None:
    gone, kept = SkillEvidenceFactory(), SkillEvidenceFactory()

    assert SkillEvidence.objects.filter(pk=gone.pk).expire() == 1

    assert list(SkillEvidence.objects.all()) == [kept]


@pytest.mark.django_db
def test_database_keeps_what_nobody_may_delete_from_expiring() -> None:
    LearningEventFactory(subject_id="1")

    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never deleted"), transaction.atomic():
        LearningEvent.objects.expire()

    assert subjects() == ["1"]


@pytest.mark.django_db
def test_erase_can_be_for_some_of_what_is_declared() -> None:
    row = AuditEventFactory(reason="Lea asked", origin="203.0.113.0/24", device="Firefox")

    assert [AuditEvent.objects.erase("origin", "device"), AuditEvent.objects.erase("origin", "device")] == [1, 0]

    after = AuditEvent.objects.get(pk=row.pk)
    assert (after.reason, after.origin, after.device) == ("Lea asked", "", "")


def test_refuse_updates_describes_itself_and_leaves_the_state(state: ProjectState) -> None:
    before = state.clone()

    OPERATION.state_forwards("records", state)

    assert state == before
    ERASURE.state_forwards("records", state)
    assert state == before
    assert OPERATION.describe() == "Refuse updates of LearningEvent"
    assert ERASURE.describe() == "Let detail of LearningEvent be erased"


# Columns that may be emptied, and tables whose rows stay -------------------------------------------

ERASED = RefuseUpdates("LearningEvent", erasable={"subject_id": "", "detail": {}})
KEPT = RefuseDeletes("LearningEvent")


def run(sql: str, *values: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def erasable(state: ProjectState, transactional_db: None) -> None:
    """The ledger as it would be if two of its columns could be emptied."""
    with connection.schema_editor() as editor:
        OPERATION.database_backwards("records", editor, state, state)
        ERASED.database_forwards("records", editor, state, state)


@pytest.mark.parametrize(
    "change", ["subject_id = ''", "detail = '{}'", "subject_id = '', detail = '{}'", "subject_id = subject_id"]
)
def test_erasable_column_can_be_emptied(erasable: None, change: str) -> None:
    LearningEventFactory(subject_id="1", detail={"name": "Lea"})

    run(f'UPDATE "{TABLE}" SET {change}')  # noqa: S608 -- a table of ours
    run(f'UPDATE "{TABLE}" SET {change}')  # noqa: S608 -- twice is as good as once

    event = LearningEvent.objects.get()
    assert event.subject_id == ("" if "subject_id = ''" in change else "1")
    assert event.detail == ({} if "detail" in change else {"name": "Lea"})


@pytest.mark.parametrize(
    "change",
    [
        "subject_id = '2'",
        "detail = '{\"a\": 1}'",
        "detail = 'null'",
        "subject_id = '', detail = '[]'",
        "subject_id = '', actor_id = 7",
        "actor_id = actor_id",
    ],
)
def test_erasable_column_takes_nothing_else_and_covers_nothing_else(erasable: None, change: str) -> None:
    LearningEventFactory(subject_id="1", detail={"name": "Lea"})

    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never changed"):
        run(f'UPDATE "{TABLE}" SET {change}')  # noqa: S608 -- a table of ours

    assert LearningEvent.objects.values_list("subject_id", "actor_id", "detail").get() == ("1", 1, {"name": "Lea"})


def test_erasable_columns_can_be_taken_back(erasable: None, state: ProjectState) -> None:
    LearningEventFactory(subject_id="1")

    with connection.schema_editor() as editor:
        ERASED.database_backwards("records", editor, state, state)
    change_everything()

    assert subjects() == ["changed"]


@pytest.mark.django_db
def test_database_refuses_a_delete_of_many_rows_whole() -> None:
    LearningEventFactory(subject_id="1")
    LearningEventFactory(subject_id="2")

    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never deleted"):
        run(f'DELETE FROM "{TABLE}"')  # noqa: S608 -- a table of ours

    assert subjects() == ["1", "2"]


@pytest.mark.django_db
def test_postgresql_refuses_to_empty_the_table() -> None:
    LearningEventFactory(subject_id="1")
    empty = f'TRUNCATE "{TABLE}"' if connection.vendor == "postgresql" else f'DELETE FROM "{TABLE}" WHERE 1'  # noqa: S608 -- a table of ours

    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never deleted"):
        run(empty)

    assert subjects() == ["1"]


@pytest.mark.django_db(transaction=True)
def test_refuse_deletes_can_be_taken_back_and_done_again(state: ProjectState) -> None:
    LearningEventFactory(subject_id="1")
    LearningEventFactory(subject_id="2")

    with connection.schema_editor() as editor:
        KEPT.database_backwards("records", editor, state, state)
    run(f'DELETE FROM "{TABLE}" WHERE subject_id = %s', "1")  # noqa: S608 -- a table of ours
    with connection.schema_editor() as editor:
        KEPT.database_forwards("records", editor, state, state)

    assert subjects() == ["2"]
    with pytest.raises(IntegrityError, match=f"rows of {TABLE} are never deleted"):
        run(f'DELETE FROM "{TABLE}"')  # noqa: S608 -- a table of ours
    assert KEPT.describe() == "Refuse deletes from LearningEvent"
