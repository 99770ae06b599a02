"""A file in: an item or a package of items."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from academy.exchange.questions.qti import kept
from academy.exchange.questions.qti.items import read_question
from academy.exchange.questions.qti.pictures import LARGEST, Pictures
from academy.exchange.questions.qti.refusals import Refused, sentence
from academy.exchange.questions.reading import Found, Note, Reading
from academy.standards.qti.faults import BadQti, Fault
from academy.standards.qti.model import Resource
from academy.standards.qti.package import Package, is_package, open_package
from academy.standards.qti.reader import read_item
from assessments.item_types.questions import Question

# What is wrong with a question, in a file that is one: any other fault is of the file.
OF_AN_ITEM = {Fault.BAD_NUMBER, Fault.COMMA, Fault.NO_IDENTIFIER, Fault.NO_TRUTH, Fault.STRANGE, Fault.TWICE}


def read(data: bytes) -> Reading:
    """Return the questions of an item or a package."""
    try:
        if is_package(data):
            with open_package(data) as package:
                return _read_package(package)
        return Reading(found=(_found(data, "", _no_file),))
    except BadQti as error:
        if error.fault in OF_AN_ITEM:
            return Reading(found=(Found(line=0, name="", question=None, problems=(sentence(error),)),))
        return Reading(problems=(Note(message=sentence(error)),))


def _no_file(name: str, at_most: int) -> bytes:
    raise BadQti(Fault.ABSENT, name)


def _read_package(package: Package) -> Reading:
    items = [one for one in package.manifest.resources if one.is_item]
    if not items:
        is_old = any(one.is_old for one in package.manifest.resources)
        raise BadQti(Fault.OLD_VERSION if is_old else Fault.NO_ITEMS)
    told = _kept(package)
    # Nearly every program packs a test beside its questions: that refuses none of them.
    tests = tuple(
        Note(
            item=one.title or one.identifier,
            message=_("It is a test: its questions are read, its order and its rules are not."),
        )
        for one in package.manifest.resources
        if one.is_test
    )
    return Reading(found=tuple(_of_resource(package, one, told) for one in items), lost=tests)


def _kept(package: Package) -> Mapping[str, Any] | None:
    """Return what our own file says; None when it is there and can't be read."""
    name = next(
        (
            one.href
            for one in package.manifest.resources
            if posixpath.basename(one.href) == kept.NAME and not one.is_item
        ),
        "",
    )
    if not name:
        return {}
    try:
        return kept.load(package.read(name, at_most=kept.LARGEST))
    except (kept.NotKept, BadQti):
        return None


def _of_resource(package: Package, resource: Resource, told: Mapping[str, Any] | None) -> Found:
    name = resource.title or resource.identifier or resource.href
    if resource.bad:
        return Found(line=0, name=name, question=None, problems=(sentence(BadQti(Fault.OUTSIDE, resource.bad[0])),))

    def fetch(path: str, at_most: int) -> bytes:
        return package.read(path, at_most=at_most)

    try:
        data = package.read(resource.href)
        question, notes = _restored(told, resource.href, data, fetch)
        if question:
            return Found(line=0, name=question.name or name, question=question)
        found = _found(data, resource.href, fetch)
    except BadQti as error:
        return Found(line=0, name=name, question=None, problems=(sentence(error),))
    return _described(found, resource, notes)


def _restored(
    told: Mapping[str, Any] | None, href: str, data: bytes, fetch: Callable[[str, int], bytes]
) -> tuple[Question | None, list[str]]:
    """Return the question as we wrote it, or what is said of why it is not."""
    if told is None:
        return None, [_("The file academy.json can't be read. Only what QTI says is taken.")]
    if href not in told:
        return None, []
    try:
        return kept.restore(told[href], data, fetch, LARGEST), []
    except (kept.NotKept, BadQti):
        return None, [
            _("It was changed since it was exported: hints, category and what else QTI can't say are left behind.")
        ]


def _described(found: Found, resource: Resource, notes: list[str]) -> Found:
    question = found.question
    if question is not None:
        question = dataclasses.replace(question, name=resource.title or question.name, tags=resource.keywords)
    lost = (*notes, *found.lost) if question else ()
    # The title in the item stays a name that it is found by.
    return dataclasses.replace(found, question=question, lost=lost)


def _found(data: bytes, href: str, fetch: Callable[[str, int], bytes]) -> Found:
    """Return the question of an item's file. Raises BadQti when it is none."""
    item = read_item(data)
    name = item.title or item.identifier
    pictures = Pictures(folder=posixpath.dirname(href), fetch=fetch)
    question: Question | None
    try:
        question, lost = read_question(item, pictures)
    except Refused as error:
        return Found(line=0, name=name, question=None, problems=(str(error),), code=item.identifier)
    except BadQti as error:
        return Found(line=0, name=name, question=None, problems=(sentence(error),), code=item.identifier)
    return Found(line=0, name=name, question=question, lost=lost, code=item.identifier)
