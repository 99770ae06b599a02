"""Files, marked by a person.

A response is ``{"files": [{"uuid", "name", "size"}, …]}``. The view that stores files says what it stored: it gives
``parse`` the field ``file`` with the uuid of each, and of each ``file-<uuid>-name`` and ``file-<uuid>-size`` in bytes.
It writes these from its own rows and never passes on what a browser sent under such names.
"""

from __future__ import annotations

import uuid as uuids
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from academy.lib.upload_limits import DOCUMENT_EXTENSIONS, DOCUMENT_MAX_BYTES, PICTURE_EXTENSIONS
from assessments.item_types import bodies
from assessments.item_types.rich import EMPTY, Rich
from assessments.item_types.rubrics import outlined, rubric_advice, rubric_problems
from assessments.item_types.sent import field_text, known_fields
from assessments.item_types.shape import ZERO, InvalidResponse, ItemType, Part, Response, Sent, seven_places

Body = bodies.FileUpload
FIELD = "file"
MOST_FILES = 10
MOST_MEGABYTES = 100
MEGABYTE = 1024 * 1024
ACCEPTED = tuple(f".{extension}" for extension in (*DOCUMENT_EXTENSIONS, *PICTURE_EXTENSIONS))
LONGEST_NAME = 255
LONGEST_EXTENSION = 11
LONGEST_SIZE = 12


def is_extension(text: str) -> bool:
    """Is it the end of a file's name, with its dot?"""
    return text.startswith(".") and text[1:].isascii() and text[1:].isalnum() and len(text) <= LONGEST_EXTENSION


def accepted(body: Body) -> list[str]:
    """Return the types that are asked for and that can be looked into: no others are kept."""
    return [one for one in body.types if one.lower() in ACCEPTED]


class FileUpload(ItemType[Body]):
    """A person gives the mark, by the rubric where there is one."""

    kind = "file_upload"
    scheme = "file-upload/1"
    body = Body
    own_words = True
    marked_by_person = True
    takes_files = True

    def problems(self, body: Body) -> list[str]:
        found = rubric_problems(body.rubric)
        if not 1 <= body.least <= body.most <= MOST_FILES:
            found.append(_("Ask for at least 1 file and at most %(count)d.") % {"count": MOST_FILES})
        if not body.types or not all(map(is_extension, body.types)):
            found.append(_("Give the types of files by their ends, such as .pdf."))
        elif not accepted(body):
            found.append(_("Ask for at least one of these types: %(types)s.") % {"types": ", ".join(ACCEPTED)})
        if not 1 <= body.megabytes <= MOST_MEGABYTES:
            found.append(_("A file has from 1 to %(count)d megabytes.") % {"count": MOST_MEGABYTES})
        return found

    def advice(self, body: Body) -> list[str]:
        return rubric_advice(body.rubric)

    def texts(self, body: Body) -> tuple[Rich, ...]:
        return (body.marker_notes,)

    def present(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> Mapping[str, Any]:
        return {
            "field": FIELD,
            "files": response["files"] if response else [],
            "least": body.least,
            "most": body.most,
            "types": accepted(body),
            "megabytes": min(body.megabytes, DOCUMENT_MAX_BYTES // MEGABYTE),
            "rubric": outlined(body.rubric),
        }

    def parse(self, body: Body, sent: Sent) -> dict[str, list[dict[str, Any]]]:
        names = list(dict.fromkeys(sent.get(FIELD, ())))
        if not names:
            raise InvalidResponse(_("Choose a file."))
        if len(names) > body.most:
            raise InvalidResponse(
                ngettext("Give at most %(count)d file.", "Give at most %(count)d files.", body.most)
                % {"count": body.most}
            )
        return {"files": [_stored(body, sent, name) for name in names]}

    def mark(self, body: Body, response: Response) -> Decimal | None:
        return None if response else seven_places(ZERO)

    def review(self, body: Body, stem: Rich, arrangement: Any, response: Response) -> tuple[Part, ...]:
        files: Sequence[Mapping[str, Any]] = response["files"] if response else ()
        return tuple(Part(label=EMPTY, chosen=True, given=str(one["name"])) for one in files)

    def outline(self, body: Body) -> dict[str, Any]:
        return {
            "rubric": outlined(body.rubric),
            "types": list(body.types),
            "least": body.least,
            "most": body.most,
            "megabytes": body.megabytes,
        }

    def from_outside(self, body: Body, stem: Rich, response: Mapping[str, Any], *, comma: bool = False) -> Response:
        known_fields(response)
        return {}


def _stored(body: Body, sent: Sent, name: str) -> dict[str, Any]:
    """Return a file that the view has stored. Raises InvalidResponse."""
    try:
        uuid = uuids.UUID(name)
    except ValueError as error:
        raise InvalidResponse(_("This file is not there any more. Choose it again.")) from error
    title = field_text(sent, f"{FIELD}-{name}-name", most=LONGEST_NAME)
    size = field_text(sent, f"{FIELD}-{name}-size", most=LONGEST_SIZE)
    if not title or not (size.isascii() and size.isdigit()):
        raise InvalidResponse(_("This file is not there any more. Choose it again."))
    if PurePosixPath(title).suffix.lower() not in {one.lower() for one in body.types}:
        raise InvalidResponse(
            _("“%(name)s” is not of a type that is asked for: %(types)s.")
            % {"name": title[:100], "types": ", ".join(body.types)}
        )
    if int(size) > body.megabytes * MEGABYTE:
        raise InvalidResponse(
            ngettext(
                "“%(name)s” is larger than %(count)d megabyte.",
                "“%(name)s” is larger than %(count)d megabytes.",
                body.megabytes,
            )
            % {"name": title[:100], "count": body.megabytes}
        )
    return {"uuid": str(uuid), "name": title, "size": int(size)}


TYPE = FileUpload()
