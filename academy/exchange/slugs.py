"""Slugs for names that come without one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import slugify


def slugs_for(names: Iterable[str], *, longest: int) -> dict[str, str]:
    """Return a slug for each name, in order: the name in small letters and hyphens, numbered where two would be alike.

    A name without a Latin letter or digit becomes "unnamed". The same names in the same order give the same slugs.
    """
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name in slugs:
            continue
        base = slugify(name)[:longest].strip("-") or "unnamed"
        slug, number = base, 2
        while slug in taken:
            suffix = f"-{number}"
            slug, number = base[: longest - len(suffix)] + suffix, number + 1
        slugs[name] = slug
        taken.add(slug)
    return slugs
