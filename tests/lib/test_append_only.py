from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.state import ModelState, ProjectState

from academy.lib.append_only import LetErase, RecordIsFinal, RefuseUpdates
from academy.records.models import LearningEvent, SkillEvidence
from tests.factories.records import LearningEventFactory

TABLE = LearningEvent._meta.db_table
OPERATION = RefuseUpdates("LearningEvent")
ERASURE = LetErase("LearningEvent", {"detail": {}})


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
    LearningEventFactory(subject_id="1")
    LearningEventFactory(subject_id="2")

    assert LearningEvent.objects.filter(subject_id="1").expire() == 1

    assert subjects() == ["2"]


def test_refuse_updates_describes_itself_and_leaves_the_state(state: ProjectState) -> None:
    before = state.clone()

    OPERATION.state_forwards("records", state)

    assert state == before
    ERASURE.state_forwards("records", state)
    assert state == before
    assert OPERATION.describe() == "Refuse updates of LearningEvent"
    assert ERASURE.describe() == "Let detail of LearningEvent be erased"
