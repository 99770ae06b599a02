"""The files that authors upload. Whatever way they come, they are looked into before they are stored.

Originals lie in a storage without addresses; only views hand them out (docs/decisions/0015).
"""

from __future__ import annotations

from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, WagtailImageFieldFile, get_upload_to
from wagtail.images.models import WagtailImageField as ImageField

from academy.lib.privacy import Keep, Personal
from academy.lib.storage import private_storage
from academy.lib.uploads import CleanFile, clean_document, clean_picture


class PictureFile(WagtailImageFieldFile):
    """The file of a picture: nothing is stored that was not drawn anew."""

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        """Store a clean copy; what a form has cleaned already is taken as it is. Raises Refused."""
        clean = content if isinstance(content, CleanFile) else clean_picture(File(content, name=name))
        self.file = clean
        super().save(str(clean.name), clean, save)


class PictureField(ImageField):
    """Where a picture keeps its original."""

    attr_class = PictureFile


class AttachmentFile(models.fields.files.FieldFile):
    """The file of a document: nothing is stored that was not looked into."""

    def save(self, name: str, content: File[bytes], save: bool = True) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        """Store what was found sound; what a form has looked into already is taken as it is. Raises Refused."""
        clean = content if isinstance(content, CleanFile) else clean_document(File(content, name=name))
        super().save(str(clean.name), clean, save)


class AttachmentField(models.FileField):
    """Where a document keeps its file."""

    attr_class = AttachmentFile


class Picture(AbstractImage):
    """A picture for pages, uploaded by an author or an editor. Pages show renditions of it, never the original."""

    PERSONAL_DATA = Personal(
        what=_("Pictures that you uploaded for everybody."),
        keep=Keep.CONTENT,
        acts={"uploaded_by_user": "created_at"},
        why=_("Who put it on the site, by a number without a name: content must be traceable."),
    )

    file = PictureField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        storage=private_storage,
        width_field="width",
        height_field="height",
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def generate_rendition_file(self, filter: Filter, *, source: File[bytes] | None = None) -> File[bytes]:  # noqa: A002 -- Wagtail's name
        """Return the picture in another size, and leave no temporary file open, as Wagtail does."""
        with super().generate_rendition_file(filter, source=source) as temporary:
            temporary.seek(0)
            return ContentFile(temporary.read(), name=temporary.name)


class Rendition(AbstractRendition):
    """A picture in one size, made when a page first shows it. It may be thrown away: it is made again."""

    PERSONAL_DATA = None

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            # Two readers who are the first at the same time get one.
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="rendition_unique"),
        ]


class Attachment(AbstractDocument):
    """A document that pages offer to save, uploaded by an author or an editor."""

    PERSONAL_DATA = Personal(
        what=_("Documents that you uploaded for everybody."),
        keep=Keep.CONTENT,
        acts={"uploaded_by_user": "created_at"},
        why=_("Who put it on the site, by a number without a name: content must be traceable."),
    )

    file = AttachmentField(verbose_name=_("file"), upload_to="documents", storage=private_storage)

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def saved_as(self) -> str:
        """The name under which a reader's browser saves it: its title, for the stored name says nothing."""
        stem = slugify(PurePath(self.title).stem, allow_unicode=True)[:80]
        return f"{stem or 'document'}.{self.file_extension}"
