"""Files as answers: looked into, kept where no address leads, and named to the kind of question that takes them."""

from __future__ import annotations

import hashlib
import uuid as uuids
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from academy.lib.upload_limits import PICTURE_EXTENSIONS
from academy.lib.uploads import CleanFile, Refused, clean_document, clean_picture
from academy.people.models import User
from assessments.item_types import InvalidResponse, Sent, item_type
from assessments.models import AnswerFile, AttemptItem, ItemVersion

Files = Sequence["UploadedFile[bytes]"]
# The form's fields: new files, and the uuids of those that were given before and are to stay.
FIELD, KEPT = "file", "kept"


def files_of(request: HttpRequest) -> list[UploadedFile[bytes]]:
    """Return the files that a form sent, whatever field they were in."""
    return [file for _name, files in request.FILES.lists() for file in files]


@contextmanager
def received(
    *, learner: User, version: ItemVersion, item: AttemptItem | None, sent: Sent, files: Files, at: datetime
) -> Iterator[Sent]:
    """Give what was sent with the learner's files in it, as their kind reads them: see ``item_types.file_upload``.

    They are stored for good when the block ends well, and gone again when it does not. Raises InvalidResponse.
    """
    functions = item_type(version.kind)
    if not functions.takes_files:
        yield sent
        return
    body = functions.load(version.content)
    kept = [] if files and body.most == 1 else _kept(learner, item, sent)
    # By what they claim to be, before any of them is opened.
    functions.parse(body, _told([*kept, *(_claimed(file) for file in files)]))
    cleaned = [(str(file.name), _cleaned(file)) for file in files]
    made: list[AnswerFile] = []
    done = False
    try:
        with transaction.atomic():
            rows = [_row(learner, item, name, file, at=at, made=made) for name, file in cleaned]
            yield _told([*kept, *rows])
        done = True
    finally:
        if not done:
            for row in made:
                row.file.storage.delete(str(row.file.name))


def _kept(learner: User, item: AttemptItem | None, sent: Sent) -> list[AnswerFile]:
    wanted = [found for text in sent.get(KEPT, ()) if (found := _uuid(text))]
    return list(AnswerFile.objects.filter(learner=learner, attempt_item=item, uuid__in=wanted).order_by("pk"))


def _uuid(text: str) -> uuids.UUID | None:
    try:
        return uuids.UUID(text)
    except ValueError:
        return None


def _claimed(file: UploadedFile[bytes]) -> AnswerFile:
    return AnswerFile(name=str(file.name), size=file.size or 0)


def _cleaned(file: UploadedFile[bytes]) -> CleanFile:
    picture = PurePath(str(file.name)).suffix.lower().removeprefix(".") in PICTURE_EXTENSIONS
    try:
        return clean_picture(file) if picture else clean_document(file)
    except Refused as refusal:
        said = {"name": str(file.name)[:100], "problem": " ".join(refusal.messages)}
        raise InvalidResponse(_("“%(name)s”: %(problem)s") % said) from refusal


def _row(
    learner: User, item: AttemptItem | None, name: str, file: CleanFile, *, at: datetime, made: list[AnswerFile]
) -> AnswerFile:
    """Store a file, or return the row of the same file that was sent before."""
    content = file.read()
    digest = hashlib.sha256(content).hexdigest()
    again: AnswerFile | None = AnswerFile.objects.filter(
        learner=learner, attempt_item=item, digest=digest, name=name
    ).first()
    if again:
        return again
    row = AnswerFile(
        learner=learner,
        attempt_item=item,
        name=name,
        file=file,
        size=len(content),
        digest=digest,
        uploaded_at=at,
    )
    made.append(row)
    row.save()
    return row


def _told(rows: Sequence[AnswerFile]) -> dict[str, list[str]]:
    sent: dict[str, Any] = {FIELD: list(dict.fromkeys(str(row.uuid) for row in rows))}
    for row in rows:
        sent[f"{FIELD}-{row.uuid}-name"] = [row.name]
        sent[f"{FIELD}-{row.uuid}-size"] = [str(row.size)]
    return sent
