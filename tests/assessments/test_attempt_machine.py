"""Attempts in every order: answers that come late, twice or not at all, keys that are edited meanwhile.

The machine does what it likes and compares with an oracle of a few lines. It is itself judged by planted faults:
a property test that finds none of them proves nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from academy.home.models import HomePage
from academy.people.models import User
from academy.records.models import SkillEvidence
from assessments.api import AttemptClosed, StaleAnswer, start_attempt
from assessments.domain import attempts, submission
from assessments.domain.practice import checks_by_item
from assessments.domain.queries import question_view
from assessments.domain.submission import Marked, mark_version
from assessments.models import Answer, Attempt, AttemptItem, AttemptResult, Mark
from tests.support.courses import SmallCourse, items_of, question, small_course
from tests.support.moment import AT

pytestmark = pytest.mark.django_db

QUESTIONS = 2
KEYS = "abc"


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """An answer on its way: it may arrive late, twice, or never."""

    position: int
    uuid: uuid.UUID
    sequence: int
    keys: list[str]


class AttemptMachine(RuleBasedStateMachine):
    """One attempt; subclasses name who takes it, and of what."""

    small: ClassVar[SmallCourse]
    learner: ClassVar[User]
    on_the_way = Bundle("on_the_way")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.attempt = start_attempt(learner=self.learner, assessment=self.small.assessment, by=self.learner, at=AT)
        self.codes = {item.position: item.version.item.code for item in items_of(self.attempt)}
        self.skills = {item.position: item.version.skill for item in items_of(self.attempt)}
        # The oracle: what was right when it started, which answers were taken, and what then must come out.
        self.right = {item.position: right_of(item) for item in items_of(self.attempt)}
        self.taken: dict[uuid.UUID, Message] = {}
        self.best: dict[int, Message] = {}
        self.expected: tuple[Decimal, bool, int] | None = None

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(
        target=on_the_way,
        position=st.integers(1, QUESTIONS),
        key=st.sampled_from(KEYS),
        ahead=st.integers(0, 2),
        identity=st.uuids(),
    )
    def choose(self, position: int, key: str, ahead: int, identity: uuid.UUID) -> Message:
        """A page is filled in; ``ahead`` more were filled in before it that have not arrived."""
        sequence = question_view(attempt=self.attempt, position=position).next_sequence + ahead
        return Message(position=position, uuid=identity, sequence=sequence, keys=[key])

    @rule(position=st.integers(1, QUESTIONS), key=st.sampled_from(KEYS), identity=st.uuids())
    def choose_and_save(self, position: int, key: str, identity: uuid.UUID) -> None:
        """A page is filled in, and arrives at once."""
        self.deliver(self.choose(position=position, key=key, ahead=0, identity=identity))

    @rule(message=on_the_way)
    def deliver(self, message: Message) -> None:
        """An answer arrives, perhaps not for the first time, and perhaps after a later one."""
        best = self.best.get(message.position)
        if message.uuid in self.taken:
            assert self.save(message).uuid == message.uuid
        elif self.expected is not None:
            with pytest.raises(AttemptClosed):
                self.save(message)
        elif best and best.sequence >= message.sequence:
            with pytest.raises(StaleAnswer) as refusal:
                self.save(message)
            assert refusal.value.latest.uuid == best.uuid
        else:
            row = self.save(message)
            assert (row.uuid, row.sequence, row.response) == (message.uuid, message.sequence, message.keys)
            self.taken[message.uuid] = self.best[message.position] = message

    def save(self, message: Message) -> Answer:
        return attempts.save_answer(
            attempt=self.attempt,
            position=message.position,
            uuid=message.uuid,
            sequence=message.sequence,
            sent={"option": message.keys},
            by=self.learner,
            at=AT + timedelta(minutes=len(self.taken)),
        )

    @rule(position=st.integers(1, QUESTIONS), right=st.sampled_from(KEYS))
    def edit_key(self, position: int, right: str) -> None:
        """An author changes which option is right."""
        question(bank=self.small.bank, code=self.codes[position], skill=self.skills[position], right=right)

    # With three answers to two questions, somebody has changed their mind.
    @precondition(lambda self: len(self.taken) > 2)
    @rule()
    def submit(self) -> None:
        """The learner submits, or submits again."""
        result = submission.submit_attempt(attempt=self.attempt, by=self.learner, at=AT + timedelta(hours=1))
        if self.expected is None:
            earned = sum(self.best[place].keys == [key] for place, key in self.right.items() if place in self.best)
            share = Decimal(100 * earned) / QUESTIONS
            self.expected = (share, share >= 70, earned)
        self.compare(result)

    def compare(self, result: AttemptResult) -> None:
        assert self.expected is not None
        share, passed, earned = self.expected
        assert (result.percent, result.passed, result.score) == (share, passed, earned)

    @invariant()
    def rows_are_what_was_taken(self) -> None:
        rows = Answer.objects.filter(attempt_item__attempt=self.attempt)
        assert sorted(rows.values_list("attempt_item__position", "uuid", "sequence", "response")) == sorted(
            (one.position, one.uuid, one.sequence, one.keys) for one in self.taken.values()
        )

    @invariant()
    def result_stands(self) -> None:
        results = list(AttemptResult.objects.filter(attempt=self.attempt))
        marks = Mark.objects.filter(attempt_item__attempt=self.attempt).count()
        if self.expected is None:
            assert (results, marks) == ([], 0)
        else:
            assert (len(results), marks) == (1, QUESTIONS)
            self.compare(results[0])
            assert SkillEvidence.objects.count() == self.expected[2]


def right_of(item: AttemptItem) -> str:
    return next(option["key"] for option in item.version.content["options"] if option["correct"])


@pytest.fixture
def machine(site_tree: HomePage, learner: User) -> type[AttemptMachine]:
    small = small_course(site_tree, lessons=(1,), checks=0, draw=QUESTIONS)
    # A mark each for a single right answer keeps the oracle short.
    small.bank.items.filter(code__contains="-m").update(retired_at=AT, retired_by=learner)
    return type("Machine", (AttemptMachine,), {"small": small, "learner": learner})


def run(machine: type[AttemptMachine], *, examples: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_attempt_keeps_its_promises_in_every_order(machine: type[AttemptMachine]) -> None:
    run(machine, examples=25)


# Planted faults ----------------------------------------------------------------------------------

real_save = attempts.save_answer
real_submit = submission.submit_attempt
real_marks = submission.mark_attempt


def store(attempt: Attempt, position: int, sequence: int, sent: list[str], key: uuid.UUID) -> Answer:
    item = attempt.items.get(position=position)
    return Answer.objects.create(uuid=key, attempt_item=item, sequence=sequence, response=sent, received_at=AT)


def every_delivery_is_new(**asked: Any) -> Answer:
    """No idempotency: what comes twice is taken for two."""
    return real_save(**{**asked, "uuid": uuid.uuid4()})


def open_for_ever(**asked: Any) -> Answer:
    """Answers are taken after the attempt was submitted."""
    try:
        return real_save(**asked)
    except AttemptClosed:
        return store(asked["attempt"], asked["position"], asked["sequence"] + 100, asked["sent"], asked["uuid"])


def arrival_order_wins(**asked: Any) -> Answer:
    """What arrives last counts, however old it is."""
    try:
        return real_save(**asked)
    except StaleAnswer as refusal:
        return real_save(**{**asked, "sequence": refusal.latest.sequence + 1})


def marked_by_the_newest_version(attempt: Attempt) -> list[Marked]:
    """What authors changed since the start decides."""
    marked = real_marks(attempt)
    newest = checks_by_item(one.item.version.item_id for one in marked)
    return [
        Marked(
            item=one.item,
            response=one.response,
            fraction=mark_version(newest[one.item.version.item_id], one.response),
        )
        for one in marked
    ]


def marked_by_the_first_answer(attempt: Attempt) -> list[Marked]:
    """A changed mind is forgotten."""
    return [
        Marked(
            item=one.item,
            response=first.response if first else [],
            fraction=mark_version(one.item.version, first.response if first else []),
        )
        for one in real_marks(attempt)
        for first in [one.item.answers.order_by("sequence").first()]
    ]


def judged_anew(**asked: Any) -> AttemptResult:
    """A second submission is judged again, by the keys of today."""
    result = real_submit(**asked)
    marked = marked_by_the_newest_version(asked["attempt"])
    return submission.decide(result.attempt, marked, at=asked["at"])


@pytest.mark.parametrize(
    ("where", "name", "fault"),
    [
        (attempts, "save_answer", every_delivery_is_new),
        (attempts, "save_answer", open_for_ever),
        (attempts, "save_answer", arrival_order_wins),
        (submission, "mark_attempt", marked_by_the_newest_version),
        (submission, "mark_attempt", marked_by_the_first_answer),
        (submission, "submit_attempt", judged_anew),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_planted_fault_is_found(
    machine: type[AttemptMachine],
    monkeypatch: pytest.MonkeyPatch,
    where: Any,
    name: str,
    fault: Callable[..., Any],
) -> None:
    monkeypatch.setattr(where, name, fault)

    with pytest.raises((AssertionError, AttemptClosed, StaleAnswer, pytest.fail.Exception)):
        run(machine, examples=25)
