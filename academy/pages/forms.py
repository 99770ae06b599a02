"""Forms of the CMS in which files are uploaded."""

from __future__ import annotations

from django.core.files.base import File
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from academy.lib.uploads import clean_document, clean_picture


class PictureForm(BaseImageForm):
    """Says of a picture what is wrong with it; else keeps it drawn anew."""

    def clean_file(self) -> File[bytes]:
        """Return what may be stored. An edited picture without a new file keeps the one it has."""
        file: File[bytes] = self.cleaned_data["file"]
        return clean_picture(file) if "file" in self.changed_data else file


class AttachmentForm(BaseDocumentForm):
    """Says of a document what is wrong with it."""

    def clean_file(self) -> File[bytes]:
        """Return what may be stored. An edited document without a new file keeps the one it has."""
        file: File[bytes] = self.cleaned_data["file"]
        return clean_document(file) if "file" in self.changed_data else file
