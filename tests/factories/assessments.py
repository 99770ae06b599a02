"""Questions, attempts and marks."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from academy.framework.enums import Proficiency
from assessments.domain.attempts import frozen_rule
from assessments.enums import ItemKind, MarkKind
from assessments.models import (
    Answer,
    AnswerFile,
    AssessmentPage,
    AssessmentSkill,
    Attempt,
    AttemptItem,
    AttemptResult,
    Item,
    ItemBank,
    ItemPicture,
    ItemVersion,
    Mark,
    PracticeResponse,
    ReadyVersion,
)
from tests.factories.framework import SkillFactory
from tests.factories.pages import BasePageFactory
from tests.factories.people import UserFactory
from tests.support.moment import AT


class ItemBankFactory(DjangoModelFactory[ItemBank]):
    """An empty bank."""

    class Meta:
        model = ItemBank

    code = factory.Sequence(lambda number: f"bank-{number}")
    title = factory.Sequence(lambda number: f"Bank {number}")


class ItemFactory(DjangoModelFactory[Item]):
    """A question without a version: nothing is asked yet."""

    class Meta:
        model = Item

    bank = factory.SubFactory(ItemBankFactory)
    code = factory.Sequence(lambda number: f"item-{number}")


class ItemVersionFactory(DjangoModelFactory[ItemVersion]):
    """Version 1 of a single choice question: option ``a`` is right, ``b`` and ``c`` are wrong."""

    class Meta:
        model = ItemVersion
        skip_postgeneration_save = True

    item = factory.SubFactory(ItemFactory)
    number = 1
    kind = ItemKind.SINGLE_CHOICE
    stem = "Who scores first?"
    content = factory.LazyFunction(
        lambda: {
            "options": [
                {"key": "a", "text": "Everyone, alone", "correct": True, "feedback": "Alone, then together."},
                {"key": "b", "text": "The chair", "correct": False, "feedback": "The chair would sway the rest."},
                {"key": "c", "text": "Nobody", "correct": False, "feedback": "Then nothing is on record."},
            ]
        }
    )
    explanation = "Scores made alone are independent."
    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.WORKING
    created_at = AT
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def ready(self: ItemVersion, create: bool, extracted: bool | None, **kwargs: Any) -> None:  # noqa: FBT001 -- the hook's signature
        """Ask it, as the latest version: pass ``ready=False`` for a draft."""
        if create and extracted is not False:
            ReadyVersion.objects.create(version=self, ready_at=self.created_at, ready_by=self.created_by)
            Item.objects.filter(pk=self.item_id).update(ready_version=self)
            self.item.ready_version = self


class ReadyVersionFactory(DjangoModelFactory[ReadyVersion]):
    """A version that was made ready; its item points to it."""

    class Meta:
        model = ReadyVersion

    version = factory.SubFactory(ItemVersionFactory, ready=False)
    ready_at = AT
    ready_by = factory.SelfAttribute("version.created_by")


class ItemPictureFactory(DjangoModelFactory[ItemPicture]):
    """A picture of a version: eight bytes that begin as a PNG does."""

    class Meta:
        model = ItemPicture

    version = factory.SubFactory(ItemVersionFactory)
    name = "scale.png"
    file = factory.LazyFunction(lambda: ContentFile(b"\x89PNG\r\n\x1a\n", name="scale"))
    digest = "0" * 64


class AssessmentPageFactory(BasePageFactory):
    """An assessment of one question out of an empty bank, with the default pass mark of 70 %."""

    class Meta:
        model = AssessmentPage

    bank = factory.SubFactory(ItemBankFactory)
    draw = 1


class AssessmentSkillFactory(DjangoModelFactory[AssessmentSkill]):
    """An assessment proves a skill at working level."""

    class Meta:
        model = AssessmentSkill

    page = factory.SubFactory(AssessmentPageFactory)
    skill = factory.SubFactory(SkillFactory)
    proficiency = Proficiency.WORKING


class AttemptFactory(DjangoModelFactory[Attempt]):
    """An open first attempt, by the learner, without questions; its rule is the page's."""

    class Meta:
        model = Attempt

    learner = factory.SubFactory(UserFactory)
    assessment = factory.SubFactory(AssessmentPageFactory)
    assessment_key = factory.SelfAttribute("assessment.translation_key")
    number = 1
    rule = factory.LazyAttribute(lambda row: frozen_rule(row.assessment))
    seed = 1
    started_at = AT
    started_by = factory.SelfAttribute("learner")


class AttemptItemFactory(DjangoModelFactory[AttemptItem]):
    """The first question of an attempt, worth one mark, its options in the author's order."""

    class Meta:
        model = AttemptItem

    attempt = factory.SubFactory(AttemptFactory)
    position = 1
    version = factory.SubFactory(ItemVersionFactory)
    option_order = factory.LazyAttribute(lambda row: [option["key"] for option in row.version.content["options"]])
    max_mark = Decimal(1)


class AnswerFactory(DjangoModelFactory[Answer]):
    """The first answer, and a right one."""

    class Meta:
        model = Answer

    uuid = factory.LazyFunction(uuid.uuid4)
    attempt_item = factory.SubFactory(AttemptItemFactory)
    sequence = 1
    response = ["a"]
    received_at = AT


class MarkFactory(DjangoModelFactory[Mark]):
    """A full mark, given by the rule."""

    class Meta:
        model = Mark

    attempt_item = factory.SubFactory(AttemptItemFactory)
    kind = MarkKind.AUTOMATIC
    fraction = Decimal(1)
    scheme = "single-choice/1"
    marked_at = AT


class AttemptResultFactory(DjangoModelFactory[AttemptResult]):
    """A pass with one mark of one, on an attempt that was submitted; it shows no skill."""

    class Meta:
        model = AttemptResult

    attempt = factory.SubFactory(AttemptFactory, submitted_at=AT, submitted_by=factory.SelfAttribute("learner"))
    score = Decimal(1)
    maximum = Decimal(1)
    percent = Decimal(100)
    passed = True
    skills = factory.LazyFunction(list)
    decided_at = AT


class PracticeResponseFactory(DjangoModelFactory[PracticeResponse]):
    """A right answer to a knowledge check."""

    class Meta:
        model = PracticeResponse

    learner = factory.SubFactory(UserFactory)
    lesson_key = factory.LazyFunction(uuid.uuid4)
    version = factory.SubFactory(ItemVersionFactory)
    response = ["a"]
    fraction = Decimal(1)
    responded_at = AT


class AnswerFileFactory(DjangoModelFactory[AnswerFile]):
    """A file of practice: a page without a word."""

    class Meta:
        model = AnswerFile

    learner = factory.SubFactory(UserFactory)
    name = "plan.pdf"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4", name="plan.pdf"))
    size = 8
    digest = "0" * 64
    uploaded_at = AT
