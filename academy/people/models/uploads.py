"""Files that wait for somebody to say yes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from academy.lib.fields import uuid_field


class StagedUpload(models.Model):
    """A file that a person uploaded to have it checked, until they confirm it or an hour has passed.

    Written by: people.domain.uploads.
    """

    PERSONAL_DATA = "What a person uploaded to import it, with what it says of others; deleted within a day."

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
