"""What happens elsewhere and bears on rights."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from academy.people.domain.groups import sync_groups
from academy.people.models import Organisation


def translated(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """Let those who write in a section write in its translations too, from the moment that there is one."""
    if isinstance(source_obj, Page):
        sync_groups(list(Organisation.objects.filter(sections__page_key=target_obj.translation_key)))
