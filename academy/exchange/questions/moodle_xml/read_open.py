"""Questions of Moodle that a person marks, and texts that ask nothing."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.desk import Desk
from academy.exchange.questions.moodle_xml.read_choices import Read, is_true
from academy.standards.moodle_xml import Item
from assessments.item_types.bodies import Description, Editor, FileUpload, OpenText

EDITORS = {
    "editor": Editor.RICH,
    "editorfilepicker": Editor.RICH,
    "plain": Editor.PLAIN,
    "monospaced": Editor.MONOSPACED,
}
MEGABYTE = 1024 * 1024
MOST_FILES = 10
USUAL = FileUpload()
# Moodle's names for groups of files, as far as a learner here would hand such a file in.
GROUPS = {
    "document": (".pdf", ".docx", ".odt"),
    "spreadsheet": (".xlsx", ".ods"),
    "presentation": (".pptx", ".odp"),
    "image": (".png", ".jpg"),
    "web_image": (".png", ".jpg"),
    "archive": (".zip",),
}


def read_description(item: Item, desk: Desk) -> Read:
    """Read a text between questions."""
    return Read(kind="description", body=Description())


def read_essay(item: Item, desk: Desk) -> Read:
    """Read an essay: a long answer, or files only."""
    way = item.setting("responseformat", "editor") or "editor"
    if way == "noinline":
        return Read(kind="file_upload", body=_files(item, desk))
    if way not in EDITORS:
        desk.refuse(_("“%(way)s” is no way of answering an essay that is known.") % {"way": way[:60]})
    if way == "editorfilepicker":
        desk.lose(_("Files cannot be put into the answer's text here."))
    if item.setting("attachments", "0") not in {"0", ""}:
        desk.lose(_("Files cannot be added to a text here. Ask for them in a question of their own."))
    if not is_true(item.setting("responserequired", "1")):
        desk.lose(_("Its answer may be left empty in Moodle. An empty answer earns nothing here."))
    body = OpenText(
        marker_notes=desk.rich(item.grader_info),
        template=desk.rich(item.response_template),
        editor=EDITORS.get(way, Editor.RICH),
        lines=_count(item, "responsefieldlines", 15, desk),
        least_words=_count(item, "minwordlimit", 0, desk),
        most_words=_count(item, "maxwordlimit", 0, desk),
    )
    return Read(kind="open_text", body=body)


def _files(item: Item, desk: Desk) -> FileUpload:
    if item.response_template.text:
        desk.lose(_("Its template is not kept: only files are handed in."))
    most = _count(item, "attachments", 1, desk, unlimited=MOST_FILES) or 1
    least = _count(item, "attachmentsrequired", 0, desk)
    if not least:
        least = 1
        desk.lose(_("Handing in nothing is an answer in Moodle. Here at least one file is asked for."))
    if least > most:
        desk.refuse(_("It requires more files than it allows. Correct one of the two."))
    return FileUpload(
        marker_notes=desk.rich(item.grader_info),
        least=least,
        most=most,
        types=_types(item.setting("filetypeslist"), desk),
        megabytes=_megabytes(item, desk),
    )


def _count(item: Item, name: str, default: int, desk: Desk, *, unlimited: int = 0) -> int:
    text = item.setting(name)
    if not text:
        return default
    if unlimited and text == "-1":
        desk.lose(_("Any number of files may be handed in in Moodle. Here at most %(most)s.") % {"most": unlimited})
        return unlimited
    if not re.fullmatch(r"[0-9]{1,6}", text):
        desk.refuse(_("<%(name)s> is “%(text)s”. Write a whole number from 0.") % {"name": name, "text": text[:60]})
        return default
    return int(text)


def _types(text: str, desk: Desk) -> tuple[str, ...]:
    words = [word.lower() for word in re.split(r"[\s,;]+", text) if word]
    found: list[str] = []
    for word in words:
        if word in GROUPS:
            desk.lose(
                _("“%(word)s” stands for many types of files in Moodle. Here for %(types)s.")
                % {"word": word, "types": ", ".join(GROUPS[word])}
            )
            found.extend(GROUPS[word])
        elif re.fullmatch(r"\.?[a-z0-9]{1,10}", word):
            found.append("." + word.removeprefix("."))
        elif word != "*":
            desk.lose(_("The type of files “%(word)s” is not known here.") % {"word": word[:60]})
    if found:
        return tuple(dict.fromkeys(found))
    desk.lose(_("Files of any type may be handed in in Moodle. Here: %(types)s.") % {"types": ", ".join(USUAL.types)})
    return USUAL.types


def _megabytes(item: Item, desk: Desk) -> int:
    text = item.setting("maxbytes")
    if not re.fullmatch(r"[0-9]{1,15}", text) or not int(text):
        return USUAL.megabytes
    whole = -(-int(text) // MEGABYTE)
    if whole * MEGABYTE != int(text):
        desk.lose(
            _("Files may have up to %(bytes)s bytes in Moodle. Here up to %(megabytes)s MB.")
            % {"bytes": text, "megabytes": whole}
        )
    return whole
