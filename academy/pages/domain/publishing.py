"""Writing pages from outside the CMS: as drafts, published, in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from academy.people.models import User


@transaction.atomic
def draft_page(*, parent: Page, page: Page, at: datetime, by: User | None = None) -> Page:
    """Add a new page below ``parent``, as its last child, for nobody to see yet.

    Its required fields are filled in by the caller; ``at`` is when it will be said to be first published.
    Raises ValidationError when the page can't be stored as it is, for instance when its slug is taken.
    """
    page.live = False
    page.has_unpublished_changes = True
    page.first_published_at = at
    page.owner = by
    parent.add_child(instance=page)
    return page


@transaction.atomic
def publish_page(*, page: Page, by: User | None = None) -> Revision:
    """Store the page's content as a revision and publish it; aliases in other languages follow.

    ``page`` is of its specific class. The revision bears Wagtail's own time. Raises ValidationError.
    """
    revision = page.save_revision(user=by)
    revision.publish(user=by)
    return revision


@transaction.atomic
def arrange_children(*, parent: Page, order: Sequence[int], by: User | None = None) -> bool:
    """Bring those children of ``parent`` whose ids are in ``order`` into that order, and say whether any moved.

    Children that are not in ``order`` come before those that had to be moved.
    """
    present = [pk for pk in parent.get_children().values_list("pk", flat=True) if pk in set(order)]
    wanted = [pk for pk in order if pk in set(present)]
    if present == wanted:
        return False
    for pk in wanted:
        # A move rewrites the paths of its neighbours, so each is read when its turn comes.
        Page.objects.get(pk=pk).move(Page.objects.get(pk=parent.pk), pos="last-child", user=by)
    return True
