"""Every address that the site answers at, found by walking the live resolver."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, resolve
from django.urls.resolvers import RegexPattern, get_resolver
from django.utils.regex_helper import normalize

from academy.lib.access import policy_of

# What an argument may look like. Whether such a thing is stored does not matter: who may ask is decided before.
EXAMPLES = ["1", "x", "xy", "a-1", "a", "html", "2026", "en", str(uuid.UUID(int=1)), "0" * 26, "auth", "x.y", "x/y/"]
CONVERTED = {
    "int": "1",
    "str": "1",
    "slug": "x",
    "path": "x/y",
    "uuid": str(uuid.UUID(int=1)),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """One place of the resolver: an example path, and what Django makes of it."""

    path: str
    match: ResolverMatch
    shadowed: bool  # another view stands in front of the one that was looked for, and answers

    @property
    def label(self) -> str:
        """What a failure is told by."""
        return f"{self.path} ({self.match.view_name or self.match.route})"


class NoExample(Exception):
    """No example path could be made for a pattern: extend EXAMPLES or CONVERTED."""


def addresses(urlconf: str | None = None) -> Iterator[Address]:
    """Walk the resolver of ``urlconf`` (the live one when None), in the language that is active."""
    seen = set()
    for pieces, pattern in _walk(get_resolver(urlconf), []):
        address = _example(pieces, pattern, urlconf)
        if address.path not in seen:
            seen.add(address.path)
            yield address


def undeclared(urlconf: str | None = None) -> list[str]:
    """Return the addresses whose view declares no policy: there must be none."""
    return [address.label for address in addresses(urlconf) if policy_of(address.match) is None]


def _walk(resolver: URLResolver, before: list[Any]) -> Iterator[tuple[list[Any], URLPattern]]:
    for entry in resolver.url_patterns:
        pieces = [*before, entry.pattern]
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pieces)
        else:
            yield pieces, entry


def _example(pieces: list[Any], pattern: URLPattern, urlconf: str | None) -> Address:
    in_front = None
    for path in _candidates(pieces):
        try:
            match = resolve(path, urlconf)
        except Resolver404:
            continue
        if match.func is pattern.callback:
            return Address(path=path, match=match, shadowed=False)
        in_front = in_front or Address(path=path, match=match, shadowed=True)
    if in_front is None:
        raise NoExample("".join(str(piece) for piece in pieces))
    return in_front


def _candidates(pieces: list[Any]) -> Iterator[str]:
    """Yield paths to try: each argument of the pattern filled with each example in turn."""
    for example in EXAMPLES:
        path = "/"
        for piece in pieces:
            if isinstance(piece, RegexPattern):
                shape, names = normalize(piece.regex.pattern)[0]
                path += shape % dict.fromkeys(names, example)
            else:
                path += _filled(str(piece), piece)
        yield path


def _filled(route: str, piece: Any) -> str:
    for name, converter in getattr(piece, "converters", {}).items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for form in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(form, CONVERTED[kind])
    return route
