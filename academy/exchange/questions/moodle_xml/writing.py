"""From questions to a file of Moodle. Each is read back before it is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.categories import path_of
from academy.exchange.questions.moodle_xml.fit import fitted, tidied
from academy.exchange.questions.moodle_xml.numbers import written
from academy.exchange.questions.moodle_xml.pen import Pen, Unwritable
from academy.exchange.questions.moodle_xml.reading import read_item
from academy.exchange.questions.moodle_xml.write_bodies import BODIES
from academy.exchange.questions.moodle_xml.write_cloze import with_gaps
from academy.exchange.questions.reading import Note, Writing
from academy.standards.moodle_xml import Category, Entry, Hint, Item, Text, write_moodle_xml
from assessments.item_types.bodies import Cloze
from assessments.item_types.questions import Question

LONGEST_NAME = 255


def write(questions: Sequence[Question]) -> Writing:
    """Write a file of what Moodle can hold, and say what it cannot."""
    entries: list[Entry] = []
    lost: list[Note] = []
    category: tuple[str, ...] = ()
    for question in questions:
        pen = Pen(question)
        try:
            item, held = _held(question, pen)
        except Unwritable as error:
            sentence = _("Not written: %(why)s") % {"why": error}
            lost.append(Note(item=question.name or question.code, message=sentence))
            continue
        lost.extend(Note(item=question.name or question.code, message=note) for note in pen.notes)
        if held.category != category:
            category = held.category
            entries.append(Category(path=path_of(category), info=Text(format="html")))
        entries.append(item)
    return Writing(data=write_moodle_xml(entries), lost=tuple(lost))


def _held(question: Question, pen: Pen) -> tuple[Item, Question]:
    """Return the elements of a question, and the question that they say. Raises Unwritable."""
    meant = fitted(question, pen)
    item = _item(meant, pen)
    if len(meant.name) > LONGEST_NAME:
        pen.note(_("Moodle shortens names of more than 255 characters."))
    found = read_item(item, category=tuple(name for name in meant.category if name), lost=[])
    if found.question is None:
        raise Unwritable(" ".join(found.problems))
    if _without_keys(found.question.body) != _without_keys(meant.body):
        raise Unwritable(_("Its answers would come back as others: a sign in them means something else in Moodle."))
    for field, sentence in _sentences().items():
        if getattr(found.question, field) != getattr(meant, field):
            pen.note(sentence)
    if not pen.notes and _without_keys(found.question) != _without_keys(tidied(question, pen)):
        pen.note(_("It is written in another form, which asks and marks the same."))
    return item, found.question


def _sentences() -> dict[str, str]:
    """Return what is said when a part of a question does not come back as it was."""
    return {
        "stem": _("Its text does not come back as it was: a part of it means something else in Moodle."),
        "explanation": _("Its explanation does not come back as it was."),
        "verdicts": _("Its feedback does not come back as it was."),
        "hints": _("Its hints do not come back as they were."),
        "tags": _("Its tags do not come back as they were."),
        "category": _("Its category does not come back as it was."),
        "mark": _("Its mark is not held: in Moodle a cloze earns what its gaps weigh."),
        "penalty": _("Its penalty for a wrong try is rounded."),
        "pictures": _("Its pictures do not come back as they were, or under other names."),
    }


def _without_keys(value: Any) -> Any:
    """Return a question or its body without keys, which Moodle does not have: they are given anew by place."""
    if isinstance(value, tuple):
        return tuple(_without_keys(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _without_keys(getattr(value, field.name)) for field in fields(value) if field.name != "key"}
    return value


def _item(question: Question, pen: Pen) -> Item:
    if type(question.body) not in BODIES and not isinstance(question.body, Cloze):
        raise Unwritable(_("Moodle has no such kind of question."))
    is_cloze = isinstance(question.body, Cloze)
    mark = {} if is_cloze else {"defaultgrade": _seven(question.mark)}
    item = Item(
        type="cloze",
        name=question.name,
        text=pen.text(with_gaps(question) if is_cloze else question.stem),
        general_feedback=pen.text(question.explanation),
        settings={**mark, "penalty": _seven(question.penalty), "hidden": "0", "idnumber": question.code},
        hints=tuple(
            Hint(text=pen.text(hint.text), show_count=hint.show_count, clear_wrong=hint.clear_wrong)
            for hint in question.hints
        ),
        tags=question.tags,
        **_verdicts(question, pen),
    )
    if not is_cloze:
        item = BODIES[type(question.body)](question.body, item, pen)
    return replace(item, text=pen.rest(item.text))


def _verdicts(question: Question, pen: Pen) -> dict[str, Any]:
    said = question.verdicts
    if not (said.right or said.partly or said.wrong):
        return {}
    return {"correct": pen.text(said.right), "partly": pen.text(said.partly), "incorrect": pen.text(said.wrong)}


def _seven(value: Decimal) -> str:
    """Return a mark or a share with seven places, as Moodle writes them; more where it has more."""
    plain = written(value)
    whole, point, places = plain.partition(".")
    return plain if "E" in plain else f"{whole}.{places if point else '':0<7}"
