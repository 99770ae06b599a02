"""The form of a question as a browser sends it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.test import Client
from wagtail.test.utils.form_data import querydict_from_html

from assessments.item_types.editing import Editor
from assessments.item_types.editor_rows import Rows


def sent_by(editor: Editor[Any]) -> QueryDict:
    """Return what an unbound editor would send if nothing was typed."""
    data = QueryDict(mutable=True)
    _fields(editor.fields, data)
    for rows in editor.rows.values():
        _rows(rows, data)
    return data


def _rows(rows: Rows, data: QueryDict) -> None:
    data[f"{rows.prefix}-count"] = str(rows.count)
    for row in rows.all:
        data[f"{row.prefix}-variety"] = row.variety
        _fields(row, data)
        for inner in row.rows.values():
            _rows(inner, data)
        if hasattr(row, "inner"):
            data.update(sent_by(row.inner))


def _fields(form: Any, data: QueryDict) -> None:
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        if hasattr(widget, "decompress"):
            for number, part in enumerate(widget.decompress(value)):
                data[f"{bound.html_name}_{number}"] = part.replace("\n", "\r\n")
        elif value is True:
            data[bound.html_name] = "on"
        elif value is not None and value is not False:
            data[bound.html_name] = str(value).replace("\n", "\r\n")


def question_form(cms: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Return what the editor at ``address`` sends when nothing but ``changes`` was typed."""
    data = dict(querydict_from_html(cms.get(address).text, form_id="w-editor-form").lists())
    return {**data, **changes}
