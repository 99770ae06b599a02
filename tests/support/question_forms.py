"""The form of a question as a browser sends it."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.http import QueryDict
from django.test import Client

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
    return {**sent_from(cms.get(address).text), **changes}


def sent_from(html: str) -> dict[str, Any]:
    """Return what a browser would send from the editor of a page, no button pressed."""
    form = BeautifulSoup(html, "html.parser").find(id="w-editor-form")
    assert isinstance(form, Tag)
    for template in form.find_all("template"):
        template.decompose()
    data: dict[str, list[str]] = {}
    for one in form.find_all(["input", "textarea", "select"]):
        if not one.get("name") or one.get("type") in {"file", "submit"}:
            continue
        if one.get("type") in {"checkbox", "radio"} and not one.has_attr("checked"):
            continue
        data.setdefault(str(one["name"]), []).append(_value(one))
    return data


def _value(one: Tag) -> str:
    if one.name == "select":
        options = one.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        return str(chosen[0]["value"])
    if one.name == "textarea":
        return one.text.removeprefix("\n").replace("\n", "\r\n")
    return str(one.get("value", "on" if one.get("type") == "checkbox" else ""))
