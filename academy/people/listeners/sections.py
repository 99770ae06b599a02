"""What Wagtail does with pages, and what follows for those who may write in them."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.signals import copy_for_translation_done

from academy.people.domain.groups import sync_groups
from academy.people.models import Organisation


def connect() -> None:
    """Listen, once."""
    copy_for_translation_done.connect(let_authors_in, dispatch_uid="academy.people.let_authors_in")


def let_authors_in(sender: Any, source_obj: Any, target_obj: Any, **said: Any) -> None:
    """Let those who write in a section write in its translations too, from the moment that there is one."""
    if isinstance(source_obj, Page):
        sync_groups(list(Organisation.objects.filter(sections__page_key=target_obj.translation_key)))
