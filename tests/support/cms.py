"""Writing in the CMS as its forms do."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield


def stored_stream(body: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return a stream of simple blocks as its form sends it."""
    return [(block["type"], block["value"]) for block in body.raw_data]


def page_form(cms: Client, page: Page, **changes: Any) -> dict[str, Any]:
    """Return what the editor of ``page`` sends when nothing but ``changes`` was typed."""
    html = cms.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    data: dict[str, Any] = dict(querydict_from_html(html, form_id="page-edit-form").lists())
    for name in ("action-publish", "action-unpublish", "action-submit"):
        data.pop(name, None)
    streams = {"body": streamfield(changes.pop("body", stored_stream(page.specific.body)))}
    if hasattr(page, "outcomes"):
        streams["outcomes"] = OUTCOMES
    return {**data, **nested_form_data(streams), **changes}


# Rich text as the editor sends it: what Draftail keeps in the browser.
OUTCOMES = (
    '{"blocks": [{"key": "a", "text": "Score a bid fairly", "type": "unordered-list-item", "depth": 0,'
    ' "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}'
)


def publish(cms: Client, page: Page, **changes: Any) -> Any:
    """Change a page in its editor and press Publish."""
    data = {**page_form(cms, page, **changes), "action-publish": "action-publish"}
    return cms.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def preview(cms: Client, page: Page, **changes: Any) -> Any:
    """Change a page in its editor without saving, and return what the preview shows."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = cms.post(address, page_form(cms, page, **changes))
    assert answer.json()["is_valid"], answer.json()
    return cms.get(address)
