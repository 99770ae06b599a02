"""The whole form of a question: the common part, the part of its kind, its hints and its pictures."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms import Media
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from academy.people.models import User
from assessments.domain.questions import question_of
from assessments.item_types.editor_rows import Rows
from assessments.item_types.editors import editor_of
from assessments.item_types.questions import ONE, Hint, Picture, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat
from assessments.models import ItemBank, ItemVersion
from assessments.staff.forms import HINTS, QuestionForm, tags_shown
from assessments.staff.pictures import Pictures


class WholeForm:
    """Bound when it has ``data``; without a ``version`` it is that of a new question."""

    def __init__(
        self,
        *,
        kind: str,
        by: User,
        banks: QuerySet[ItemBank],
        version: ItemVersion | None = None,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile] | None = None,
        first: dict[str, Any] | None = None,
    ) -> None:
        self.kind = kind
        self.stored = question_of(version) if version else None
        writing = self._writing(data)
        item = version.item if version else None
        part: dict[str, Any] = {"writing": writing, "data": data}
        self.common = QuestionForm(
            by=by,
            banks=banks,
            item=item,
            skill=version.skill if version else None,
            initial=self._initial(version) if version else first,
            **part,
        )
        body = self.stored.body if self.stored else None
        self.editor = editor_of(kind)(body=body, **part)
        hints = [{"text": one.text, "clear_wrong": one.clear_wrong, "show_count": one.show_count} for one in self.hints]
        self.hint_rows = Rows(HINTS, prefix="hints", initial=hints, **part)
        self.pictures = Pictures(version=version, by=by, data=data, files=files)

    @property
    def hints(self) -> tuple[Hint, ...]:
        """Those that are stored."""
        return self.stored.hints if self.stored else ()

    def is_valid(self) -> bool:
        """Whether all of it is well formed."""
        parts = (self.common, self.editor, self.hint_rows, self.pictures)
        return all([part.is_valid() for part in parts])  # noqa: C419 -- each part is judged, to say what is wrong with it

    def quiet(self) -> None:
        """Show what was typed without judging it."""
        for part in (self.common, self.editor, self.hint_rows):
            part.quiet()

    @property
    def media(self) -> Media:
        """What its widgets need."""
        return self.common.media

    def question(self) -> Question:
        """Return what was written; the form is valid."""
        said = self.common.cleaned_data
        stem = Rich(said["stem"], TextFormat(said["text_format"]))
        stored: tuple[Picture, ...] = self.stored.pictures if self.stored else ()
        return Question(
            kind=self.kind,
            name=said["name"],
            stem=stem,
            body=self.editor.body(stem),
            category=tuple(part for part in said["category"].split("/") if part),
            tags=said["tags"],
            language=said["language"],
            explanation=said["explanation"],
            verdicts=Verdicts(right=said["right"], partly=said["partly"], wrong=said["wrong"]),
            hints=tuple(
                Hint(text=row["text"], clear_wrong=row["clear_wrong"], show_count=row["show_count"])
                for row in self.hint_rows.said()
            ),
            penalty=said["penalty"] or ONE * 0,
            mark=ONE if said["mark"] is None else said["mark"],
            difficulty=said["difficulty"],
            pictures=self.pictures.kept(stored),
        )

    def placed(self) -> dict[str, Any]:
        """Return what belongs to the item beside the question, as the verbs of writing take it."""
        said = self.common.cleaned_data
        return {
            "bank": said["bank"],
            "skill": said["skill"],
            "proficiency": said["proficiency"],
            "filed": {name: said[name] for name in ("play", "lesson", "jurisdiction")},
        }

    def _writing(self, data: QueryDict | None) -> TextFormat:
        stored = self.stored.stem.format if self.stored else TextFormat.PLAIN
        sent = data.get("text_format") if data is not None else None
        return TextFormat(sent) if sent in list(TextFormat) else stored

    def _initial(self, version: ItemVersion) -> dict[str, Any]:
        question, item = self.stored, version.item
        assert question is not None
        return {
            **{name: getattr(question, name) for name in ("name", "explanation", "penalty", "mark", "difficulty")},
            **{name: getattr(question.verdicts, name) for name in ("right", "partly", "wrong")},
            "bank": item.bank_id,
            "stem": question.stem.text,
            "text_format": question.stem.format.value,
            "skill": version.skill_id,
            "proficiency": version.proficiency,
            "category": item.category,
            "tags": tags_shown(item.tags),
            "language": item.language,
            "jurisdiction": item.jurisdiction,
            "play": item.play_id,
            "lesson": item.lesson_id,
        }
