"""Who may see what of questions."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page, ReferenceIndex

from academy.people.api import reach_of
from academy.people.models import User
from assessments.models import AnswerFile, AttemptItem, Item, ItemBank, ItemPicture

TYPES = {"gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def may_see_picture(user: User | AnonymousUser, picture: ItemPicture) -> bool:
    """Whether somebody is asked the question, wrote it, or reads a page that shows it. At most four queries."""
    item = picture.version.item
    if isinstance(user, User) and user.is_authenticated:
        if AttemptItem.objects.filter(attempt__learner=user, version=picture.version_id).exists():
            return True
        if ItemBank.objects.within(reach_of(user, "assessments.view_item")).filter(pk=item.bank_id).exists():
            return True
    return _shown_on_a_page(item)


def _shown_on_a_page(item: Item) -> bool:
    pages = [
        reference.object_id
        for reference in ReferenceIndex.get_references_to(item)
        if issubclass(reference.content_type.model_class() or object, Page)
    ]
    return bool(pages) and Page.objects.live().public().filter(pk__in=pages).exists()


def may_fetch_file(user: User, file: AnswerFile) -> bool:
    """Whether somebody gave the file."""
    return file.learner_id == user.pk


def picture_type(name: str) -> str:
    """Return the media type of a picture by its name; what is no picture of ours is shown by no browser."""
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
