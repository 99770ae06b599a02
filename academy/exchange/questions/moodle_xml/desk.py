"""One question of a file while it is read: its texts, its pictures, and what is to be said of it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.album import THEIRS, Album, is_picture, named_here, replaced
from academy.standards.moodle_xml import File, FileFault, Item, Text
from assessments.item_types.rich import PICTURE, Rich, TextFormat

FORMATS = {
    "html": TextFormat.HTML,
    "moodle_auto_format": TextFormat.MOODLE,
    "plain_text": TextFormat.PLAIN,
    "markdown": TextFormat.MARKDOWN,
}
# Of one question. Where there are more, the first of them tell enough.
MOST_SENTENCES = 50


class Desk:
    """``problems`` keep the question out; ``lost`` is what it cannot have here."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.album = Album()
        self.problems: list[str] = []
        self.lost: list[str] = []

    def refuse(self, sentence: str) -> None:
        """Keep the question out, and say why; once is enough, and nobody reads hundreds."""
        if len(self.problems) < MOST_SENTENCES and sentence not in self.problems:
            self.problems.append(sentence)

    def lose(self, sentence: str) -> None:
        """Say what is left behind; once is enough."""
        if len(self.lost) < MOST_SENTENCES and sentence not in self.lost:
            self.lost.append(sentence)

    def rich(self, text: Text) -> Rich:
        """Return a text with our names for its pictures. A text that names no format has that of the question's."""
        if text.markup:
            self.refuse(
                _(
                    "A text has markup that is read as part of the file. Put the text into <![CDATA[ … ]]>, or escape it."
                )
            )
            return Rich("…")
        format_ = self._format(text.format or self.item.text.format or "html")
        words = self._pictured(text)
        return Rich(words, format_) if words else Rich()

    def _format(self, name: str) -> TextFormat:
        if name in FORMATS:
            return FORMATS[name]
        if name == "wiki_like":
            self.lose(_("A text is written in Moodle's old wiki format. It is taken as plain text."))
            return TextFormat.PLAIN
        self.lose(_("A text has the format “%(name)s”, which nobody knows. It is taken as HTML.") % {"name": name})
        return TextFormat.HTML

    def _pictured(self, text: Text) -> str:
        names: dict[str, str] = {}
        given: set[str] = set()
        for file in text.files:
            full = (file.path + file.name).lstrip("/")
            given.add(full)
            if self._is_taken(file):
                names[full] = self.album.add(full, file.data)

        def ours(name: str, spelled: str) -> str | None:
            if name not in names:
                return None
            return PICTURE + spelled if names[name] == name else named_here(names[name])

        words = replaced(text.text, THEIRS, names, ours)
        if THEIRS in words:
            self._tell_of_missing(words, given)
            words = words.replace(THEIRS, PICTURE)
        return words

    def _is_taken(self, file: File) -> bool:
        reasons = {
            FileFault.NOT_BASE64: _("its bytes cannot be read"),
            FileFault.TOO_BIG: _("it is too large"),
            FileFault.TOO_MUCH: _("all files together are too large"),
        }
        reason = reasons[file.fault] if file.fault else "" if is_picture(file.data) else _("it is no picture")
        if reason:
            self.lose(
                _("The file “%(name)s” is left out: %(reason)s. PNG, JPEG, GIF and WebP up to 5 MB are taken.")
                % {"name": file.name, "reason": reason}
            )
        return not reason

    def _tell_of_missing(self, words: str, given: set[str]) -> None:
        def tell(name: str, spelled: str) -> str:
            sentence = (
                _("A text still names “%(name)s”, which was left out. Take the name out of it.")
                if name in given
                else _("A text names the file “%(name)s”, which is not there. Add it in Moodle and export again.")
            )
            self.lose(sentence % {"name": name})
            return spelled

        replaced(words, THEIRS, given, tell)
