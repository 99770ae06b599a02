"""Files between their check and their import. They hold names and addresses: each is kept as long as it must be.

The database keeps them, not the session or the form: a preview may be 5 MB, and is read by any of our processes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from academy.people.models import StagedUpload, User

KEPT = timedelta(hours=1)


@transaction.atomic
def stage_upload(*, purpose: str, content: bytes, by: User, at: datetime) -> UUID:
    """Keep a file until it is confirmed. It replaces the last one of the same person and purpose; what is old goes."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    StagedUpload.objects.filter(uploaded_at__lte=at - KEPT).delete()
    StagedUpload.objects.filter(uploaded_by=by, purpose=purpose).delete()
    return StagedUpload.objects.create(purpose=purpose, content=content, uploaded_at=at, uploaded_by=by).uuid


def staged_upload(*, uuid: UUID, purpose: str, by: User, at: datetime) -> bytes | None:
    """Return a file that this person staged, or None when it is gone, replaced or too old."""
    staged = StagedUpload.objects.filter(uuid=uuid, purpose=purpose, uploaded_by=by, uploaded_at__gt=at - KEPT).first()
    return bytes(staged.content) if staged else None


def drop_upload(*, uuid: UUID, by: User) -> None:
    """Throw a file away: it was imported, or will not be."""
    StagedUpload.objects.filter(uuid=uuid, uploaded_by=by).delete()
