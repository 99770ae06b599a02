"""The pictures of a question while it is written: those that it has, and those that its author uploads.

An upload is looked into at once and kept aside for an hour, so that an error elsewhere in the form does not lose it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext as _

from academy.lib.clock import now
from academy.lib.uploads import Refused, clean_picture
from academy.people.api import drop_upload, stage_upload, staged_upload
from academy.people.models import User
from assessments.item_types.questions import Picture
from assessments.models import ItemVersion

MOST_PICTURES = 30
PURPOSE = "question:"
_STAGED = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}):([0-9a-f]{24}):([a-z0-9_-]{1,80}\.[a-z]{2,5})"
)
UPLOAD, STAGED, REMOVED = "pictures-upload", "pictures-staged", "pictures-removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A picture in the form. ``address``: where it is shown, once it is stored; ``staged``: what the form sends again."""

    name: str
    address: str = ""
    staged: str = ""
    removed: bool = False


class Pictures:
    """What the form says of pictures."""

    def __init__(
        self,
        *,
        version: ItemVersion | None,
        by: User,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
    ) -> None:
        self.by = by
        self.rows = list(version.pictures.all()) if version else []
        self.removed = set(data.getlist(REMOVED)) if data is not None else set()
        self.errors: list[str] = []
        self.staged = list(self._still_there(data.getlist(STAGED))) if data is not None else []
        for upload in files.getlist(UPLOAD) if files else []:
            self._take(upload)

    @property
    def shown(self) -> list[Shown]:
        """All of them."""
        stored = [
            Shown(
                name=row.name,
                address=reverse("question_picture", args=[row.uuid]),
                removed=row.name in self.removed,
            )
            for row in self.rows
        ]
        return stored + [
            Shown(
                name=picture.name,
                staged=f"{uuid}:{_digest(picture)}:{picture.name}",
                removed=picture.name in self.removed,
            )
            for uuid, picture in self.staged
        ]

    def is_valid(self) -> bool:
        """Whether each upload is a sound picture."""
        return not self.errors

    def kept(self, stored: Sequence[Picture]) -> tuple[Picture, ...]:
        """Return the pictures of the question as the author wants it, by name; ``stored`` are those that it has."""
        if not self.staged and not self.removed:
            return tuple(stored)
        pictures = [*stored, *(picture for _uuid, picture in self.staged)]
        return tuple(sorted((one for one in pictures if one.name not in self.removed), key=lambda one: one.name))

    def drop(self) -> None:
        """Forget the uploads: they are stored with the question."""
        for uuid, _picture in self.staged:
            drop_upload(uuid=uuid, by=self.by)

    def _names(self) -> set[str]:
        return {row.name for row in self.rows} | {picture.name for _uuid, picture in self.staged}

    def _take(self, upload: UploadedFile) -> None:
        name = str(upload.name or "")
        if len(self._names()) >= MOST_PICTURES:
            self.errors.append(_("A question has at most %(count)d pictures.") % {"count": MOST_PICTURES})
            return
        try:
            clean = clean_picture(upload)
        except Refused as refused:
            self.errors.append(f"{name[:100]}: {' '.join(refused.messages)}")
            return
        picture = Picture(name=self._free(name, PurePath(str(clean.name)).suffix), data=clean.read())
        if _digest(picture) in {_digest(one) for _uuid, one in self.staged}:
            return
        uuid = stage_upload(purpose=f"{PURPOSE}{_digest(picture)}", content=picture.data, by=self.by, at=now())
        self.staged.append((uuid, picture))

    def _free(self, name: str, ending: str) -> str:
        stem = slugify(PurePath(name).stem)[:60] or "picture"
        taken, number, free = self._names(), 1, f"{stem}{ending}"
        while free in taken:
            number += 1
            free = f"{stem}-{number}{ending}"
        return free

    def _still_there(self, sent: Sequence[str]) -> Iterator[tuple[UUID, Picture]]:
        for one in sent[:MOST_PICTURES]:
            found = _STAGED.fullmatch(one)
            if not found:
                continue
            uuid, digest, name = UUID(found[1]), found[2], found[3]
            data = staged_upload(uuid=uuid, purpose=f"{PURPOSE}{digest}", by=self.by, at=now())
            if data is None:
                self.errors.append(_("The picture “%(name)s” is not here any more. Choose it again.") % {"name": name})
            else:
                yield uuid, Picture(name=name, data=data)


def _digest(picture: Picture) -> str:
    return hashlib.sha256(picture.data).hexdigest()[:24]
