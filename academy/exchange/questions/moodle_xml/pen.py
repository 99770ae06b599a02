"""One question while it is written: its texts and pictures, and what is to be said of it."""

from __future__ import annotations

from academy.exchange.questions.moodle_xml.album import THEIRS, replaced
from academy.exchange.questions.moodle_xml.desk import FORMATS
from academy.standards.moodle_xml import File, Text
from assessments.item_types.questions import Question
from assessments.item_types.rich import PICTURE, Rich

NAMES = {format_: name for name, format_ in FORMATS.items()}


class Unwritable(Exception):
    """Moodle could not hold the question, or would mark it otherwise; the message says why."""


class Pen:
    """``notes`` is what Moodle does not hold."""

    def __init__(self, question: Question) -> None:
        self.pictures = {picture.name: picture.data for picture in question.pictures}
        self.used: set[str] = set()
        self.notes: list[str] = []

    def note(self, sentence: str) -> None:
        """Say what is left behind; once is enough."""
        if sentence not in self.notes:
            self.notes.append(sentence)

    def text(self, rich: Rich) -> Text:
        """Return a text with the pictures that it shows."""
        if not rich:
            return Text(format="html")
        shown: dict[str, None] = {}

        def theirs(name: str, spelled: str) -> str | None:
            if name not in self.pictures:
                return None
            shown[name] = None
            return THEIRS + spelled

        words = replaced(rich.text, PICTURE, self.pictures, theirs)
        self.used.update(shown)
        return Text(text=words, format=NAMES[rich.format], files=tuple(self._file(name) for name in shown))

    def rest(self, text: Text) -> Text:
        """Return the question's text with the pictures that no text shows."""
        unused = tuple(self._file(name) for name in self.pictures if name not in self.used)
        return Text(text=text.text, format=text.format, files=(*text.files, *unused)) if unused else text

    def _file(self, name: str) -> File:
        return File(name=name, data=self.pictures[name])
