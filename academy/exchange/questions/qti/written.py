"""What people mark: long answers and files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.context import Context, Made, count, nothing
from academy.exchange.questions.qti.marks import ONE
from academy.exchange.questions.qti.markup import html_text
from academy.standards.qti.tree import Element
from assessments.item_types.bodies import Editor, FileUpload, OpenText
from assessments.item_types.rich import Rich

EDITORS = {"preFormatted": Editor.MONOSPACED, "xhtml": Editor.RICH}
MOST_LINES = 100


def marker_notes(context: Context) -> Rich:
    """Return what only the scorer sees."""
    body = context.item.body
    blocks = [one for one in body.walk() if one.name == "rubricBlock"] if body else []
    blocks = [one for one in blocks if "scorer" in one.get("view").split()]
    if len(blocks) == 1:
        return context.markup.rich(blocks[0].content)
    return html_text("".join(f"<div>{context.markup.html(one.content)}</div>" for one in blocks))


def read_extended_text(context: Context, interaction: Element) -> Made:
    """Return a long answer."""
    response = context.response(interaction)
    context.needs(response, "single", "string")
    _note_rule(context)
    body = OpenText(
        marker_notes=marker_notes(context),
        template=Rich(response.default[0]) if response.default else Rich(),
        editor=EDITORS.get(interaction.get("format").strip(), Editor.PLAIN),
        lines=min(max(count(interaction, "expectedLines", 10), 1), MOST_LINES),
    )
    return _made("open_text", body, context, interaction)


def read_upload(context: Context, interaction: Element) -> Made:
    """Return a file."""
    context.needs(context.response(interaction), "single", "file")
    _note_rule(context)
    if interaction.get("type").strip():
        context.lost.append(_("What type a file must be is left behind. Check the types after importing."))
    return _made("file_upload", FileUpload(marker_notes=marker_notes(context)), context, interaction)


def _made(kind: str, body: Any, context: Context, interaction: Element) -> Made:
    stem = context.stem(nothing, interaction.all("prompt"))
    full = context.marks.full(ONE)
    return Made(kind=kind, body=body, stem=stem, full=full)


def _note_rule(context: Context) -> None:
    if context.marks.scoring.score:
        context.lost.append(_("A rule of marking is left behind: here a person marks this answer."))
