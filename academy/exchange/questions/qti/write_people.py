"""What people mark, and what nobody does, out."""

from __future__ import annotations

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.plans import RESPONSE, Plan, Texts
from academy.exchange.questions.qti.xhtml import box
from academy.standards.qti.model import Response
from academy.standards.qti.tree import Element, make
from academy.standards.qti.writer import say_number
from assessments.item_types.bodies import Criterion, Description, Editor, FileUpload, OpenText
from assessments.item_types.questions import Question
from assessments.item_types.rich import Rich, visible

FORMATS = {Editor.PLAIN: "plain", Editor.MONOSPACED: "preFormatted", Editor.RICH: "xhtml"}


def write_open_text(question: Question, body: OpenText, texts: Texts) -> Plan:
    """A long answer; what it begins with is said as the response that is there before."""
    response = Response(
        identifier=RESPONSE,
        cardinality="single",
        base_type="string",
        default=(visible(body.template),) if body.template else (),
    )
    block = make(
        "extendedTextInteraction",
        responseIdentifier=RESPONSE,
        expectedLines=str(body.lines),
        format=FORMATS[body.editor],
    )
    return Plan(responses=(response,), block=block, notes=_notes(body.marker_notes, body.rubric, texts), by_rule=False)


def write_file_upload(question: Question, body: FileUpload, texts: Texts) -> Plan:
    """A file. QTI takes one."""
    if body.most > 1:
        texts.lost.append(_("It takes several files, and QTI one. Elsewhere one file can be handed in."))
    response = Response(identifier=RESPONSE, cardinality="single", base_type="file")
    block = make("uploadInteraction", responseIdentifier=RESPONSE)
    return Plan(responses=(response,), block=block, notes=_notes(body.marker_notes, body.rubric, texts), by_rule=False)


def write_description(question: Question, body: Description, texts: Texts) -> Plan:
    """A text."""
    return Plan(by_rule=False)


def _notes(notes: Rich, rubric: tuple[Criterion, ...], texts: Texts) -> tuple[Element, ...]:
    blocks = [box(texts.content(notes))] if notes else []
    blocks += [
        make(
            "div",
            make("p", make("strong", criterion.title)),
            *(
                [make("ul", *(make("li", f"{say_number(one.points)}: {one.text}") for one in criterion.levels))]
                if criterion.levels
                else []
            ),
        )
        for criterion in rubric
    ]
    return tuple(make("rubricBlock", one, view="scorer") for one in blocks)
