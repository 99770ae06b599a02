"""A person's record as an archive to keep: a page to read, a file for programs, and the person's own files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from academy.people.api import RECORD_VERSION, PersonalRecord, RecordPart


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One field of one row; ``block`` keeps the shape of a longer text."""

    label: str
    text: str
    block: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One kind of data: what it is, and its rows as lines."""

    what: str
    rows: tuple[tuple[Line, ...], ...]
    acts: tuple[str, ...]


def record_archive(record: PersonalRecord) -> bytes:
    """Return the archive, in the person's language and in the zone of the request, which is theirs."""
    person = record.person
    with override(person.language):
        page = render_to_string(
            "home/record/index.html",
            {
                "record": record,
                "sections": [_section(part) for part in record.parts],
                "language": person.language,
                "site_name": settings.SITE_NAME,
            },
        )
        data = json.dumps(_plain(record), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", page)
        archive.writestr("record.css", render_to_string("home/record/record.css"))
        archive.writestr("record.json", data)
        for file in record.files:
            archive.writestr(file.path, file.content)
    return stream.getvalue()


def _plain(record: PersonalRecord) -> dict[str, Any]:
    """The shape that docs/record.md describes."""
    return {
        "format": "academy-record",
        "version": RECORD_VERSION,
        "site": settings.SITE_NAME,
        "made_at": record.made_at,
        "person": {"public_id": record.person.public_id, "name": record.person.display_name},
        "parts": [
            {
                "kind": part.kind,
                "what": str(part.what),
                "period": part.period,
                "rows": [dict(row) for row in part.rows],
                "acts": [dict(act) for act in part.acts],
            }
            for part in record.parts
        ],
        "files": [file.path for file in record.files],
    }


def _section(part: RecordPart) -> Section:
    model: type[Model] = apps.get_model(part.kind)
    return Section(
        what=str(part.what).removesuffix("."),
        rows=tuple(_lines(model, row) for row in part.rows),
        acts=tuple(_text(act["at"]) for act in part.acts),
    )


def _lines(model: type[Model], row: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return what a reader can use: row numbers and identifiers of machines are for the other file."""
    lines = []
    for name, value in row.items():
        if name in {"id", "revision_id"} or isinstance(value, UUID) or value in (None, "", {}, []):
            continue
        choices: Mapping[Any, Any] = {}
        label = name.replace("_", " ")
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            pass  # it is one of the lookups that make a row readable
        else:
            label = str(getattr(field, "verbose_name", label))
            choices = dict(getattr(field, "flatchoices", ()))
        block = isinstance(value, dict | list)
        text = str(choices[value]) if not block and value in choices else _text(value)
        lines.append(Line(label=capfirst(label), text=text, block=block))
    return tuple(lines)


def _text(value: Any) -> str:
    """Return a value as the person reads it."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)
    words = {"you": _("you"), "somebody else": _("somebody else"), None: "–"}
    return words.get(value) or str(value)
