"""What only the pack as a whole can show: links to nothing, places taken twice, parents that are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from academy.lib.problems import Problem
from academy.standards.content_pack.blocks import Check, PlayLink, Ref
from academy.standards.content_pack.documents import (
    Assessment,
    Bank,
    CaseStudy,
    Course,
    Document,
    Lesson,
    Pack,
    Play,
    Principle,
    SkillRef,
    Stage,
)


def check_links(pack: Pack, *, skills: AbstractSet[str] | None, roles: AbstractSet[str] | None) -> tuple[Problem, ...]:
    """Return a problem for each link of the pack that leads nowhere.

    ``skills`` and ``roles`` are the known codes; None when they could not be read, so that no link is called broken.
    """
    checker = _Checker(pack, skills, roles)
    found = [problem for document in pack.documents for problem in checker.document(document)]
    found += [problem for bank in pack.banks for problem in checker.bank(bank)]
    found += [*_missing_parents(pack), *_same_place(pack), *_same_slug(pack), *_same_code(pack), *_countries(pack)]
    return tuple(found)


class _Checker:
    """Knows what there is to link to."""

    def __init__(self, pack: Pack, skills: AbstractSet[str] | None, roles: AbstractSet[str] | None) -> None:
        def slugs(kind: type[Document], name: str) -> set[str]:
            # A file that can't be read is a problem of its own, not one of every link to it.
            unread = {path[-1] for unread, path in pack.unread if unread == name}
            return unread | {document.slug for document in pack.documents if isinstance(document, kind)}

        all_banks_read = not any(name == "bank" for name, _ in pack.unread)
        self.banks = {bank.code: bank for bank in pack.banks}
        # None: anything may be.
        self.known: dict[str, AbstractSet[str] | None] = {
            "skill": skills,
            "role": roles,
            "play": slugs(Play, "play"),
            "principle": slugs(Principle, "principle"),
            "case study": slugs(CaseStudy, "case_study"),
            "stage": slugs(Stage, "stage"),
            "lesson": slugs(Lesson, "lesson"),
            "bank": set(self.banks) | {path[-1] for name, path in pack.unread if name == "bank"},
            "question": {ref.code for bank in pack.banks for ref in bank.codes} if all_banks_read else None,
        }

    def document(self, document: Document) -> Iterator[Problem]:
        """Yield what is wrong with the links of one page."""
        for what, refs in _refs(document):
            yield from self._broken(document.file, what, refs)
        if isinstance(document, Assessment) and document.bank.code in self.banks:
            yield from _assessment(document, self.banks[document.bank.code])

    def bank(self, bank: Bank) -> Iterator[Problem]:
        """Yield what is wrong with the links of one bank."""
        for item in bank.items:
            yield from self._broken(bank.file, "skill", [item.skill])
            yield from self._broken(bank.file, "play", [item.play] if item.play else [])
            yield from self._broken(bank.file, "lesson", [item.lesson] if item.lesson else [])

    def _broken(self, file: str, what: str, refs: Iterable[Ref | SkillRef]) -> Iterator[Problem]:
        known = self.known[what]
        for ref in refs:
            if known is not None and ref.code not in known:
                message = f"There is no {what} “{ref.code}”: mend the link, or add the {what}."
                yield Problem(file=file, line=ref.line, message=message)


def _refs(document: Document) -> Iterator[tuple[str, Iterable[Ref | SkillRef]]]:
    """Yield what a page links to, by kind."""
    yield "play", [block.play for block in document.blocks if isinstance(block, PlayLink)]
    yield "question", [block.item for block in document.blocks if isinstance(block, Check)]
    if isinstance(document, Play | Course | Lesson):
        yield "skill", document.skills
    if isinstance(document, Play | Course):
        yield "role", document.audience
    if isinstance(document, Play):
        yield "principle", document.principles
        yield "case study", document.case_studies
    if isinstance(document, CaseStudy):
        yield "stage", document.stages
    if isinstance(document, Lesson):
        yield "play", document.plays
    if isinstance(document, Assessment):
        yield "bank", [document.bank]
        yield "skill", document.proves


def _assessment(document: Assessment, bank: Bank) -> Iterator[Problem]:
    """An assessment can draw what its bank holds, and prove what is asked."""
    if document.draw > len(bank.codes):
        message = f"The bank “{bank.code}” holds {len(bank.codes)} questions: draw that many at most."
        yield Problem(file=document.file, line=document.draw_line, message=message)
    asked = {item.skill.code for item in bank.items}
    if len(bank.items) < len(bank.codes):
        return
    for skill in document.proves:
        if skill.code not in asked:
            message = f"No question of the bank “{bank.code}” asks for “{skill.code}”: remove it, or write one."
            yield Problem(file=document.file, line=skill.line, message=message)


def _missing_parents(pack: Pack) -> Iterator[Problem]:
    """Each page stands below another; countries need no page of their own."""
    paths = {document.path for document in pack.documents} | {path for _, path in pack.unread}
    if () not in paths:
        yield Problem(file=f"{pack.source}/home.md", line=0, message="The home page is missing: write it.")
    for document in pack.documents:
        parent = document.path[:-2] if isinstance(document, CaseStudy) else document.path[:-1]
        if document.path and parent and parent not in paths:
            message = f"The page above it is missing: write {pack.source}/{'/'.join(parent)}/index.md."
            yield Problem(file=document.file, line=0, message=message)


def _same_place(pack: Pack) -> Iterator[Problem]:
    """No two siblings of one type have the same order, or the order of the pages would be a matter of luck."""
    taken: dict[tuple[tuple[str, ...], type[Document], int], Document] = {}
    for document in pack.documents:
        if isinstance(document, CaseStudy):
            continue
        first = taken.setdefault((document.path[:-1], type(document), document.order), document)
        if first is not document:
            message = f"{first.file} has the place {document.order} already: give this one another."
            yield Problem(file=document.file, line=document.order_line, message=message)


def _same_slug(pack: Pack) -> Iterator[Problem]:
    """Plays, principles, case studies and lessons are named by slug alone, so each name is used once."""
    taken: dict[tuple[type[Document], str], Document] = {}
    for document in pack.documents:
        if isinstance(document, Play | Principle | CaseStudy | Lesson):
            first = taken.setdefault((type(document), document.slug), document)
            if first is not document:
                message = f"{first.file} has this name already: links could mean either. Rename one of the files."
                yield Problem(file=document.file, line=0, message=message)


def _same_code(pack: Pack) -> Iterator[Problem]:
    """A code names one question in all banks, whatever its case."""
    taken: dict[str, str] = {}
    for bank in pack.banks:
        for ref in bank.codes:
            where = taken.setdefault(ref.code.lower(), f"{bank.file}:{ref.line}")
            if where != f"{bank.file}:{ref.line}":
                message = f"The code “{ref.code}” is used in {where} already: give this question another."
                yield Problem(file=bank.file, line=ref.line, message=message)


def _countries(pack: Pack) -> Iterator[Problem]:
    """All case studies of one folder name the country alike."""
    folders: dict[tuple[str, ...], list[CaseStudy]] = defaultdict(list)
    for document in pack.documents:
        if isinstance(document, CaseStudy):
            folders[document.path[:-1]].append(document)
    for cases in folders.values():
        for case in cases[1:]:
            if case.country != cases[0].country:
                message = f"The country is “{cases[0].country}” in {cases[0].file}: write it alike in one folder."
                yield Problem(file=case.file, line=case.country_line, message=message)
