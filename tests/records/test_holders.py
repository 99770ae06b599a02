"""The name on a certificate: bound by the signature, erasable, and gone without a trace."""

from __future__ import annotations

import importlib
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from academy.home.models import HomePage
from academy.people.api import ClosingReason, close_account
from academy.people.models import User
from academy.records.api import AwardState, issue_award, revoke_award, verify_award
from academy.records.domain.awards import VerifiedAward, commitment
from academy.records.models import Award, AwardHolder
from tests.factories.courses import CourseCompletionFactory
from tests.factories.records import AwardFactory, AwardHolderFactory, code_of

pytestmark = pytest.mark.django_db

moving = importlib.import_module("academy.records.migrations.0006_move_names")


@pytest.fixture
def award(learner: User, at: datetime) -> Award:
    """A certificate of Lea Learner, issued by the domain."""
    payload = AwardFactory.build(learner=learner).payload
    return issue_award(
        learner=learner,
        fact=CourseCompletionFactory(learner=learner),
        name="Lea Learner",
        payload=payload,
        by=learner,
        at=at,
    )


def verified(award: Award, at: datetime) -> VerifiedAward:
    return verify_award(code=award.code, at=at)


def close(person: User, at: datetime) -> None:
    close_account(person=person, reason=ClosingReason.OWN_WISH, by=person, at=at)


def test_certificate_outlives_the_name_of_its_holder(
    client: Client, site_tree: HomePage, award: Award, learner: User, at: datetime
) -> None:
    before, page_before = verified(award, at), client.get(f"/en/verify/{award.code}/").text
    close(learner, at)
    after, page_after = verified(award, at), client.get(f"/en/verify/{award.code}/").text

    assert (before.state, before.name) == (AwardState.VALID, "Lea Learner")
    assert (after.state, after.name) == (AwardState.VALID, "")
    assert after.payload == before.payload
    assert "Lea Learner" in page_before
    assert "Lea Learner" not in page_after
    assert "The holder of this certificate has closed their account" in page_after
    assert "The holder of this certificate has closed their account" not in page_before
    assert "Withheld: the holder has closed their account." in page_after
    assert "Evaluating bids fairly" in page_after


def test_nothing_that_is_left_betrays_a_name_to_whoever_guesses_it(award: Award, learner: User, at: datetime) -> None:
    close(learner, at)

    holder = AwardHolder.objects.get(award=award)
    assert (holder.name, holder.salt) == ("", "")
    assert award.payload["holder"] != commitment(name="Lea Learner", salt="")


def test_reason_of_a_revocation_goes_with_its_person(
    client: Client, site_tree: HomePage, award: Award, learner: User, admin: User, at: datetime
) -> None:
    revoke_award(award=award, reason="Lea copied", by=admin, at=at)
    assert "Lea copied" in client.get(f"/en/verify/{award.code}/").text

    close(learner, at)

    after, page = verified(award, at), client.get(f"/en/verify/{award.code}/").text
    assert (after.state, after.revoked_because) == (AwardState.REVOKED, "")
    assert "Lea copied" not in page
    assert "Reason: Withheld: the holder has closed their account." in " ".join(page.split())


@pytest.mark.parametrize("change", [{"name": "Somebody Else"}, {"salt": "0" * 64}, {"name": "lea learner"}])
def test_other_name_than_the_signed_one_is_an_alteration(at: datetime, change: dict[str, str]) -> None:
    award = AwardFactory(holder=None)
    AwardHolderFactory(award=award, **change)

    assert verified(award, at).state == AwardState.ALTERED


def test_certificate_without_a_holder_is_altered(at: datetime) -> None:
    assert verified(AwardFactory(holder=None), at).state == AwardState.ALTERED


def test_commitment_is_covered_by_the_signature(at: datetime) -> None:
    honest = AwardFactory()
    forged = {**honest.payload, "holder": commitment(name="Somebody Else", salt="s")}
    award = AwardFactory(holder=None, code=f"0{honest.code[1:-1]}Z", payload=forged, signature=honest.signature)
    AwardHolderFactory(award=award, name="Somebody Else", salt="s")

    assert verified(award, at).state == AwardState.ALTERED


@pytest.mark.parametrize("change", [{"name": ""}, {"salt": ""}])
def test_holder_is_whole_or_erased(change: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match="records_holder_whole_or_erased"), transaction.atomic():
        AwardHolderFactory(**change)


# Certificates of the first version ---------------------------------------------------------------

BEFORE = [("records", "0005_name_apart_from_certificate")]
NOW = [("records", "0007_let_erase")]


def migrate(target: list[tuple[str, str]]) -> Any:
    """Move the database to a migration, and return the models that it knows."""
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    return executor.loader.project_state(target).apps


@pytest.mark.django_db(transaction=True)
def test_certificates_of_the_first_version_verify_after_the_name_has_moved(learner: User, at: datetime) -> None:
    award = AwardFactory(learner=learner, holder=None)
    old = migrate(BEFORE)
    awards_then = old.get_model("records", "Award")
    rest = {key: value for key, value in award.payload.items() if key not in {"holder", "name"}}
    kept = {
        "learner_id": learner.pk,
        "issued_by_id": learner.pk,
        "issued_at": at,
        "fact_type": "courses.CourseCompletion",
    }
    honest = awards_then(code=code_of(10**20), payload={**rest, "name": "Lea Learner"}, fact_id="honest", **kept)
    honest.signature = moving.signature(honest)
    honest.save()
    forged = awards_then(code=code_of(10**21), payload={**rest, "name": "Otto"}, fact_id="forged", **kept)
    forged.signature = honest.signature
    forged.save()

    migrate(NOW)

    after = verify_award(code=honest.code, at=at)
    assert (after.state, after.name) == (AwardState.VALID, "Lea Learner")
    assert {key: value for key, value in after.payload.items() if key != "holder"} == rest
    assert "Lea Learner" not in str(Award.objects.get(code=honest.code).payload)
    assert verify_award(code=forged.code, at=at).state == AwardState.ALTERED
    with pytest.raises(IntegrityError, match="rows of records_award are never changed"), transaction.atomic():
        awards_then.objects.update(fact_id="changed")

    back = migrate(BEFORE).get_model("records", "Award").objects.get(code=honest.code)
    assert (back.payload, back.signature) == (honest.payload, honest.signature)
    migrate(NOW)
    assert verify_award(code=honest.code, at=at).name == "Lea Learner"
