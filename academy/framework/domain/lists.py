"""The lists of the framework: frameworks with their families and roles, and roles and skills from A to Z."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from academy.framework.domain.heads import FrameworkHead, Link, head, links_in_order
from academy.framework.domain.lookups import current_editions, current_roles, current_skills
from academy.framework.models import Role, RoleFamily, Skill


class FrameworkNotFound(LookupError):
    """No framework of that code has a published edition."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleEntry:
    """A role in a list; ``summary`` may be empty."""

    link: Link
    summary: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FamilyEntry:
    """A family and its roles."""

    slug: str
    name: str
    roles: tuple[RoleEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FrameworkEntry:
    """A framework and its families."""

    head: FrameworkHead
    families: tuple[FamilyEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A role or skill in a list, with the name of its framework."""

    link: Link
    framework: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A letter of the alphabet and what starts with it."""

    letter: str
    entries: tuple[Entry, ...]


def current_frameworks() -> tuple[FrameworkHead, ...]:
    """Return the frameworks that have a published edition, in their order. One query."""
    return tuple(head(edition) for edition in current_editions())


def framework_index(*, framework_code: str | None = None) -> tuple[FrameworkEntry, ...]:
    """Return the current frameworks, each with its families and roles; or the one of that code. Two queries.

    Raises FrameworkNotFound for a code that no published framework has.
    """
    editions = list(current_editions(framework_code=framework_code))
    if framework_code and not editions:
        raise FrameworkNotFound(f"No framework {framework_code!r} is published.")
    roles = list(current_roles())
    links = links_in_order(roles)
    return tuple(
        FrameworkEntry(
            head=head(edition),
            families=tuple(
                FamilyEntry(
                    slug=family.slug,
                    name=family.name,
                    roles=tuple(RoleEntry(link=links[role.pk], summary=role.summary) for role in members),
                )
                for family, members in groupby((role for role in roles if role.edition_id == edition.pk), key=_family)
            ),
        )
        for edition in editions
    )


def skills_by_letter(*, framework_code: str | None = None) -> tuple[Letter, ...]:
    """Return the skills of the current editions from A to Z, or those of one framework. One query.

    Raises FrameworkNotFound for a code whose framework has none.
    """
    return _by_letter(list(current_skills()), framework_code)


def roles_by_letter(*, framework_code: str | None = None) -> tuple[Letter, ...]:
    """Return the roles of the current editions from A to Z, or those of one framework. One query.

    Raises FrameworkNotFound for a code whose framework has none.
    """
    return _by_letter(list(current_roles()), framework_code)


def _by_letter(things: Sequence[Role | Skill], framework_code: str | None) -> tuple[Letter, ...]:
    links = links_in_order(things)
    wanted = [thing for thing in things if not framework_code or thing.edition.framework.code == framework_code]
    if framework_code and not wanted:
        raise FrameworkNotFound(f"No framework {framework_code!r} is published.")
    wanted.sort(key=lambda thing: thing.name.casefold())
    return tuple(
        Letter(
            letter=letter,
            entries=tuple(Entry(link=links[thing.pk], framework=thing.edition.framework.name) for thing in members),
        )
        for letter, members in groupby(wanted, key=lambda thing: thing.name[:1].upper())
    )


def _family(role: Role) -> RoleFamily:
    return role.family
