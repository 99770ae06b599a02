"""The content pack of the academy itself."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page

from academy.exchange.content_pack import Action, load_content
from academy.pages.blocks.text import PROSE_WITH_HEADINGS
from assessments.models import AssessmentPage, ItemVersion
from courses.models import CoursePage, LessonPage
from playbook.models import PlayPage

ROOT = settings.BASE_DIR / "academy" / "content"
CONVERTER = ContentstateConverter(features=PROSE_WITH_HEADINGS)
BLOCK_KEY = re.compile(r' data-block-key="\w+"')
ADDRESSES = ("", "playbook/", "playbook/evaluate-and-award/evaluate-suppliers/", "courses/evaluating-bids-fairly/")


@pytest.mark.django_db
def test_our_own_pack_loads_without_problems(at: datetime, client: Client) -> None:
    plan = load_content(root=ROOT, at=at)

    assert plan.count(Action.CREATE) == len(plan.pages)
    assert [step.home for step in plan.languages] == ["translate", "translate"]
    assert Page.objects.filter(live=False).count() == 0
    # The stage in hand, one course of two modules and at least eight lessons, an assessment with its bank.
    english = {"locale__language_code": "en"}
    assert PlayPage.objects.filter(**english).count() >= 3
    assert LessonPage.objects.filter(**english).count() >= 8
    assessment = AssessmentPage.objects.get(**english)
    assert assessment.get_parent().specific == CoursePage.objects.get(**english)
    assert ItemVersion.objects.filter(item__bank=assessment.bank).count() >= 20
    _every_body_passes_the_editor()
    for language in ("en", "es", "id"):
        for address in ADDRESSES:
            assert client.get(f"/{language}/{address}").status_code == 200


def _every_body_passes_the_editor() -> None:
    """What the loader writes, the CMS can open and save again without complaint or loss."""
    for page in Page.objects.filter(locale__language_code="en", depth__gt=1).specific():
        body = getattr(page, "body", None)
        if body is not None:
            page._meta.get_field("body").stream_block.clean(body)
            for html in _rich_texts(body.get_prep_value()):
                assert _after_editing(html) == html


def _rich_texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _rich_texts(part)]
    if isinstance(value, list):
        return [text for part in value for text in _rich_texts(part)]
    return [value] if isinstance(value, str) and value.startswith("<") else []


def _after_editing(html: str) -> str:
    """Return what the CMS would store if somebody opened the text and saved it."""
    edited = CONVERTER.to_database_format(CONVERTER.from_database_format(html))
    return BLOCK_KEY.sub("", edited)
