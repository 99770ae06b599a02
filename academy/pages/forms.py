"""Forms of the CMS in which files are uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.base import File
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from academy.lib.uploads import clean_document, clean_picture


class PictureUpload(WagtailImageField):
    """Wagtail's field, with our look into the file in place of its own, which fails at a picture that is damaged."""

    def to_python(self, data: Any) -> File[bytes] | None:
        """Return the picture drawn anew. Raises Refused."""
        file = forms.FileField.to_python(self, data)
        return None if file is None else clean_picture(file)


class PictureForm(BaseImageForm):
    """Says of a picture what is wrong with it; else keeps it drawn anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if theirs := self.fields.get("file"):
            ours = PictureUpload(label=theirs.label, required=theirs.required, widget=theirs.widget)
            self.fields["file"] = ours


class AttachmentForm(BaseDocumentForm):
    """Says of a document what is wrong with it."""

    def clean_file(self) -> File[bytes]:
        """Return what may be stored. An edited document without a new file keeps the one it has."""
        file: File[bytes] = self.cleaned_data["file"]
        return clean_document(file) if "file" in self.changed_data else file
