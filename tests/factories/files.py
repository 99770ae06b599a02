"""Files that authors uploaded."""

from __future__ import annotations

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from academy.pages.models import Attachment, Picture, Rendition
from tests.support import uploads


class PictureFactory(DjangoModelFactory[Picture]):
    """A small picture in the collection of everybody."""

    class Meta:
        model = Picture

    title = factory.Sequence(lambda number: f"Picture {number}")
    file = factory.LazyFunction(lambda: ContentFile(uploads.picture(), name="picture.png"))


class RenditionFactory(DjangoModelFactory[Rendition]):
    """A picture in one size, as Wagtail makes it."""

    class Meta:
        model = Rendition

    image = factory.SubFactory(PictureFactory)
    filter_spec = "width-20"
    file = factory.LazyFunction(lambda: ContentFile(uploads.picture(size=(20, 15)), name="small.width-20.png"))


class AttachmentFactory(DjangoModelFactory[Attachment]):
    """A small text in the collection of everybody."""

    class Meta:
        model = Attachment

    title = factory.Sequence(lambda number: f"Document {number}.txt")
    file = factory.LazyFunction(lambda: ContentFile(b"A word.\n", name="words.txt"))
