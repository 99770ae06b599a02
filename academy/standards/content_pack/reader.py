"""A folder to a pack: every file is read, and every problem told, before anything is decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from academy.lib.problems import Problem
from academy.standards.content_pack.bank import read_items
from academy.standards.content_pack.catalogue import read_catalogue
from academy.standards.content_pack.documents import Bank, Catalogue, Document, Pack
from academy.standards.content_pack.fields import Fields
from academy.standards.content_pack.files import read_text
from academy.standards.content_pack.front_matter import read_front_matter
from academy.standards.content_pack.pages import READERS, read_page
from academy.standards.content_pack.places import place
from academy.standards.content_pack.report import Report

# The framework has a grammar and a loader of its own.
FRAMEWORK = "framework"
CATALOGUE = "home.po"
TYPES = (*READERS, "bank")
NO_PLACE = (
    "Nothing of the pack stands here: see “Where things are” in its README. "
    "Names of files and folders have small letters, digits and hyphens."
)


def read_pack(root: Path, *, source: str, languages: tuple[str, ...]) -> Pack:
    """Read the pack below ``root``: pages and banks from the folder ``source``, catalogues from ``languages``.

    File names in problems are relative to ``root``.
    """
    documents: list[Document] = []
    banks: list[Bank] = []
    unread: list[tuple[str, tuple[str, ...]]] = []
    problems: list[Problem] = []
    if not (root / source).is_dir():
        message = f"There is no folder “{source}” in “{root.name}”: name the folder of a content pack."
        problems.append(Problem(file=source, line=0, message=message))
    for path in _files(root / source):
        report = Report(path.relative_to(root).as_posix())
        expected = place(path.relative_to(root / source).parts)
        if expected is None:
            report.add(0, NO_PLACE)
        elif (found := _read_file(path, *expected, report)) is None:
            unread.append(expected)
        elif isinstance(found, Document):
            documents.append(found)
        else:
            banks.append(found)
        problems += report.problems
    catalogues, faults = _read_catalogues(root, languages)
    return Pack(
        source=source,
        documents=tuple(documents),
        banks=tuple(banks),
        catalogues=catalogues,
        unread=tuple(unread),
        problems=(*problems, *faults),
    )


def _read_catalogues(root: Path, languages: tuple[str, ...]) -> tuple[tuple[Catalogue, ...], list[Problem]]:
    catalogues = []
    problems: list[Problem] = []
    for language in languages:
        path = root / language / CATALOGUE
        if path.is_file():
            report = Report(path.relative_to(root).as_posix())
            catalogue = read_catalogue(path, language=language, report=report)
            catalogues += [catalogue] if catalogue else []
            problems += report.problems
    return tuple(catalogues), problems


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a language in a steady order, without the framework's and without hidden ones."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and parts[0] != FRAMEWORK and not any(part.startswith(".") for part in parts):
            yield path


def _read_file(path: Path, kind: str, page_path: tuple[str, ...], report: Report) -> Document | Bank | None:
    """Return what a file holds, which must be of ``kind``; None when that can't be told."""
    text = read_text(path, report)
    front = read_front_matter(text, report) if text is not None else None
    if front is None:
        return None
    stated = front.values.get("type")
    if stated is None:
        report.add(1, f"The key “type” is missing: add “type: {kind}”.")
        return None
    if stated != kind:
        known = "stands elsewhere" if stated in TYPES else "does not exist"
        report.add(front.line("type"), f"The type “{stated}” {known}: a file of this name has the type {kind}.")
        return None
    fields = Fields(front, report)
    if kind != "bank":
        return read_page(kind, path=page_path, fields=fields, report=report)
    title, summary = fields.text("title", longest=200), fields.text("summary", longest=200)
    fields.finish()
    items, codes = read_items(front.body, first_line=front.body_line, report=report)
    return Bank(file=report.file, code=page_path[-1], title=title, summary=summary, items=items, codes=codes)
