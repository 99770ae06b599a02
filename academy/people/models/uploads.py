"""Files that wait for somebody to say yes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.lib.fields import uuid_field
from academy.lib.privacy import Keep, Personal


class StagedUpload(models.Model):
    """A file that a person uploaded to have it checked, until they confirm it or an hour has passed.

    Written by: people.domain.uploads.
    """

    PERSONAL_DATA = Personal(
        what=_("Files that you uploaded to import them, until you say yes."),
        keep=Keep.WORK,
        about="uploaded_by",
        delete=True,
        since="uploaded_at",
        hidden=("content",),  # it may name many others
    )

    uuid = uuid_field()
    purpose = models.CharField(max_length=40)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            # Checking another file puts the first one away.
            models.UniqueConstraint(fields=["uploaded_by", "purpose"], name="people_one_upload_a_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.uploaded_by_id}"
