"""Which type of document stands where in the pack."""

from __future__ import annotations

from academy.standards.content_pack.fields import SLUG

Parts = tuple[str, ...]

PRINCIPLES, CASE_STUDIES, COURSES, PLAYBOOK, ITEMS = "principles", "case-studies", "courses", "playbook", "items"


def place(parts: Parts) -> tuple[str, Parts] | None:
    """Return the type that a file must have and the path of its page, or None when nothing stands there.

    ``parts`` is the file's path below the language's folder: ("playbook", "plan", "index.md").
    """
    *folders, name = parts
    stem = name.removesuffix(".md")
    if stem == name or not all(SLUG.match(part) for part in [*folders, stem]):
        return None
    if not folders:
        return ("home", ()) if stem == "home" else None
    path = tuple(folders) if stem == "index" else (*folders, stem)
    area = {PLAYBOOK: _in_playbook, COURSES: _in_courses, ITEMS: _in_items}.get(folders[0])
    kind = area(path[1:], stem == "index", len(folders) - 1) if area else None
    return (kind, path) if kind else None


def _in_playbook(path: Parts, is_index: bool, depth: int) -> str | None:  # noqa: FBT001 -- one table of places
    """``path`` is below playbook/; ``depth`` counts its folders."""
    if not path:
        return "playbook"
    section = {PRINCIPLES: ("principles", "principle", None), CASE_STUDIES: ("case_studies", None, "case_study")}
    index, first, second = section.get(path[0], ("stage", "play", None))
    if depth == 0:
        return None
    if is_index:
        return index if depth == 1 else None
    return {1: first, 2: second}.get(depth)


def _in_courses(path: Parts, is_index: bool, depth: int) -> str | None:  # noqa: FBT001 -- one table of places
    """``path`` is below courses/; ``depth`` counts its folders."""
    if is_index:
        return {0: "courses", 1: "course", 2: "module"}.get(depth)
    if depth == 1:
        return "assessment" if path[-1] == "assessment" else None
    return "lesson" if depth == 2 else None


def _in_items(path: Parts, is_index: bool, depth: int) -> str | None:  # noqa: FBT001 -- one table of places
    """``path`` is below items/; ``depth`` counts its folders."""
    return "bank" if depth == 0 and not is_index else None
