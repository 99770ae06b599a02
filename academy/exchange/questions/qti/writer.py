"""Questions out: a package with an item each, their pictures, and a file of ours beside them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.qti import kept
from academy.exchange.questions.qti.item_writer import build_item
from academy.exchange.questions.qti.pictures import tidy
from academy.exchange.questions.qti.plans import IDENTIFIER, LeftOut, Plan, Texts, is_writable, numbers_in, strings_in
from academy.exchange.questions.qti.write_choices import write_multiple, write_single, write_true_false
from academy.exchange.questions.qti.write_inline import write_cloze, write_gap_fill
from academy.exchange.questions.qti.write_pairs import write_matching, write_ordering
from academy.exchange.questions.qti.write_people import write_description, write_file_upload, write_open_text
from academy.exchange.questions.qti.write_typed import write_numeric, write_short_text
from academy.exchange.questions.reading import Note, Writing
from academy.standards.qti.manifest import ITEM_TYPES, MANIFEST, write_manifest
from academy.standards.qti.model import Manifest, Resource
from academy.standards.qti.names import Version
from academy.standards.qti.package import write_package
from academy.standards.qti.writer import write_item
from academy.standards.qti.xml import UNSAYABLE
from assessments.item_types import codec
from assessments.item_types.questions import Question
from assessments.item_types.rich import visible

WRITERS: dict[str, Callable[[Question, Any, Texts], Plan]] = {
    "single_choice": write_single,
    "multiple_choice": write_multiple,
    "true_false": write_true_false,
    "short_text": write_short_text,
    "numeric": write_numeric,
    "matching": write_matching,
    "ordering": write_ordering,
    "gap_fill": write_gap_fill,
    "cloze": write_cloze,
    "open_text": write_open_text,
    "file_upload": write_file_upload,
    "description": write_description,
}

OURS = "academy-json"


def write(questions: Sequence[Question], version: str = "2.1") -> Writing:
    """Return a package of 2.1, 2.2 or 3.0, and what it could not hold."""
    package = _Package(Version(version))
    for question in questions:
        package.add(question)
    return Writing(data=package.data(), lost=tuple(package.lost))


@dataclass(slots=True)
class _Package:
    """A package while it grows."""

    version: Version
    files: dict[str, bytes] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    lost: list[Note] = field(default_factory=list)
    taken: set[str] = field(default_factory=lambda: {OURS})

    def add(self, question: Question) -> None:
        identifier = self._identifier(question)
        pictures = _picture_files(question, identifier)
        texts = Texts(files={name: f"../{path}" for name, path in pictures.items()})
        try:
            _refuse_unsayable(question)
            plan = self._plan(question, texts)
            item = build_item(question, identifier, plan, texts, self.version)
        except LeftOut as error:
            self._note(question, _("Left out: %(why)s") % {"why": error})
            return
        self.taken.add(identifier.casefold())
        name = f"items/{identifier}.xml"
        self.files[name] = write_item(item, self.version)
        self.told[name] = kept.keep(question, self.files[name], pictures)
        self.files |= {pictures[one.name]: one.data for one in question.pictures}
        self.resources.append(
            Resource(
                identifier=identifier,
                type=ITEM_TYPES[self.version],
                href=name,
                files=tuple(pictures.values()),
                title=question.name,
                keywords=question.tags,
            )
        )
        for message in dict.fromkeys(texts.lost):
            self._note(question, message)

    def _plan(self, question: Question, texts: Texts) -> Plan:
        if question.kind not in WRITERS:
            raise LeftOut(_("QTI has nothing that asks so."))
        return WRITERS[question.kind](question, question.body, texts)

    def _identifier(self, question: Question) -> str:
        """The code, or what tells the question from others, so that the same question is always called the same."""
        base = question.code
        if not IDENTIFIER.fullmatch(base):
            said = json.dumps([question.kind, question.code, question.name, codec.dump(question.stem)])
            base = f"q-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
        names = (f"{base}{number}" for number in ("", *(f"-{count}" for count in range(2, len(self.taken) + 3))))
        return next(name for name in names if name.casefold() not in self.taken)

    def _note(self, question: Question, message: str) -> None:
        self.lost.append(Note(item=question.name or question.code or visible(question.stem)[:80], message=message))

    def data(self) -> bytes:
        ours = Resource(identifier=OURS, type="webcontent", href=kept.NAME)
        manifest = Manifest(identifier="academy-questions", resources=(*self.resources, ours))
        files = {MANIFEST: write_manifest(manifest, self.version), kept.NAME: kept.dump(self.told), **self.files}
        return write_package(files)


def _picture_files(question: Question, identifier: str) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for number, picture in enumerate(question.pictures, start=1):
        name = tidy(picture.name)
        name = f"{number}-{name}" if name.casefold() in taken else name
        taken.add(name.casefold())
        found[picture.name] = f"pictures/{identifier}/{name}"
    return found


def _refuse_unsayable(question: Question) -> None:
    parts = (question.stem, question.body, question.explanation, question.verdicts, question.name, *question.tags)
    if any(UNSAYABLE.search(text) for part in parts for text in strings_in(part)):
        raise LeftOut(_("It has a character that XML can't hold."))
    numbers = [question.mark, *numbers_in(question.body)]
    if question.mark <= 0 or not all(map(is_writable, numbers)):
        raise LeftOut(_("Its mark is not above zero, or it has a number that is too long."))
