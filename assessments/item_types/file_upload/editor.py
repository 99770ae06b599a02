"""Writing a question for files."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from assessments.item_types.bodies import FileUpload
from assessments.item_types.editing import Editor, Filled
from assessments.item_types.editor_fields import CountField, RichField, TextField
from assessments.item_types.editor_parts import RUBRIC, rubric_shown, rubric_written
from assessments.item_types.editor_rows import Piece
from assessments.item_types.rich import Rich

USUAL = FileUpload()


class FileUploadForm(Piece):
    """Which files."""

    least = CountField(label=_("At least so many files"), usual=USUAL.least)
    most = CountField(label=_("At most so many files"), usual=USUAL.most)
    types = TextField(
        label=_("Types"), initial=", ".join(USUAL.types), help_text=_("The ends of their names, such as .pdf, .docx.")
    )
    megabytes = CountField(label=_("At most so many megabytes each"), usual=USUAL.megabytes)
    marker_notes = RichField(label=_("Notes for markers"), rows=3, help_text=_("Learners never see them."))


class FileUploadEditor(Editor[FileUpload]):
    """Files with their rubric."""

    kind = "file_upload"
    says = _("Learners hand in files; a person marks them by your rubric.")
    form = FileUploadForm
    sets = (RUBRIC,)

    @classmethod
    def initial_from(cls, body: FileUpload) -> Filled:
        fields = {
            "least": body.least,
            "most": body.most,
            "types": ", ".join(body.types),
            "megabytes": body.megabytes,
            "marker_notes": body.marker_notes,
        }
        return Filled(fields=fields, rows={"rubric": rubric_shown(body.rubric)})

    def body(self, stem: Rich) -> FileUpload:
        types = tuple(one for one in re.split(r"[\s,;]+", self.said["types"]) if one)
        return FileUpload(**{**self.said, "types": types}, rubric=rubric_written(self.listed("rubric")))


EDITOR = FileUploadEditor
