"""Files that learners gave as answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.lib.append_only import AppendOnlyModel
from academy.lib.fields import uuid_field
from academy.lib.privacy import Keep, Personal
from academy.lib.storage import private_storage
from assessments.models.attempts import AttemptItem


def _practised(before: datetime) -> models.QuerySet[Any]:
    """Return the files of practice, which goes by time; those of attempts stay until their person leaves."""
    return AnswerFile.objects.filter(attempt_item__isnull=True, uploaded_at__lt=before)


class AnswerFile(AppendOnlyModel):
    """A file that a learner gave as an answer, or as a part of one. Written when the answer is saved.

    Answers name it by its uuid. Another file in its place is another row.
    """

    PERSONAL_DATA = Personal(
        what=_("Files that you gave as answers."),
        keep=Keep.STUDY,
        about="learner",
        delete=True,
        since=_practised,
        files=("file",),
    )

    uuid = uuid_field()
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answer_files")
    # The question of an attempt that it answers; empty for practice.
    attempt_item = models.ForeignKey(AttemptItem, null=True, on_delete=models.PROTECT, related_name="files")
    # As it was sent; in the storage it has a name that nobody chose.
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to="answers", storage=private_storage, max_length=200)
    size = models.PositiveIntegerField()
    # SHA-256 of what is stored: the same file sent twice is one row.
    digest = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["learner", "pk"]
        indexes = [models.Index(fields=["learner", "digest"], name="assessments_answer_file_digest")]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="assessments_answer_file_name")]

    def __str__(self) -> str:
        return self.name
