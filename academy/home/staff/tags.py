"""Tags of images and documents belong to nobody, so that Wagtail offers everybody those of all countries."""

from __future__ import annotations

from django.db.models import Model, QuerySet
from taggit.models import Tag
from wagtail.admin import filters
from wagtail.images.views import chooser


def offer_no_tags() -> None:
    """Take the most frequent tags out of Wagtail's lists and choosers. Called once, when the program starts.

    They can still be searched for by whoever knows them.
    """
    filters.popular_tags_for_model = chooser.popular_tags_for_model = no_tags


def no_tags(model: type[Model], count: int = 10) -> QuerySet[Tag]:
    """Return none, in place of the most frequent."""
    tags: QuerySet[Tag] = Tag.objects.none()
    return tags
