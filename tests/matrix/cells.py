"""Every cell of the matrix: an address, a country's thing, a method; what should come and what does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from tests.matrix.asking import HIDDEN, NO_METHOD, OPEN, REFUSED, SIGN_IN, Asker
from tests.matrix.table import ANONYMOUS, ARGUMENTS, CMS, PUBLIC, SIGNED_IN, SITE, TABLE, Rule
from tests.matrix.world import Country, World
from tests.support.addresses import Address, addresses

METHODS = ("GET", "POST")


class NotInTheTable(AssertionError):
    """An address that nobody has declared."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An address of one country (or of none, which is asked once), and the rule that holds there."""

    name: str
    path: str
    rule: Rule
    ours: bool
    names_something: bool

    def expected(self, kind: str, method: str) -> str:
        """What somebody of this kind should meet."""
        rule = self.rule
        may = rule.may if method == "GET" or rule.posts is None else rule.posts
        if kind in may and (self.ours or kind in SITE or may >= SIGNED_IN):
            return HIDDEN if rule.empty else OPEN
        if rule.hides:
            return HIDDEN
        if kind in ANONYMOUS:
            return SIGN_IN
        if rule.refuses:
            return REFUSED
        if kind in CMS or not self.path.startswith("/cms/"):
            return HIDDEN if self.names_something or rule.hides_inside else REFUSED
        return REFUSED

    def fits(self, kind: str, method: str, answer: str) -> bool:
        """Whether an answer is the expected one. That there is no such method tells nobody anything."""
        if answer == NO_METHOD:
            return True
        if self.rule.may >= PUBLIC and answer == SIGN_IN:
            return True  # To some addresses that everybody may ask for, that is the whole answer.
        return answer == self.expected(kind, method)


def name_of(address: Address) -> str:
    """The word for an address in the table: its name; after a blank an argument that one of several of that name has."""
    name = address.match.view_name or address.match.route
    longer = [f"{name} {argument}" for argument in address.match.kwargs if f"{name} {argument}" in TABLE]
    return longer[0] if longer else name


def rule_of(name: str, table: Mapping[str, Rule] = TABLE) -> Rule:
    """Return the rule for a name; else say which line is missing."""
    if name in table:
        return table[name]
    wild = [key for key in table if key.endswith((":", "_")) and name.startswith(key)]
    if not wild:
        raise NotInTheTable(f'Add to tests/matrix/table.py who may use it:  "{name}": only(SITE),')
    return table[max(wild, key=len)]


def places(world: World, *, urlconf: str | None = None, table: Mapping[str, Rule] = TABLE) -> Iterator[Place]:
    """Walk the live resolver; an address that names a thing comes once for each country."""
    for address in addresses(urlconf):
        name, seen = name_of(address), set()
        rule = rule_of(name, table)
        for country in (world.mine, world.theirs):
            path = _filled(address, rule, country)
            if path not in seen:
                seen.add(path)
                names = bool(address.match.args or address.match.kwargs)
                yield Place(name=name, path=path, rule=rule, ours=country is world.mine, names_something=names)


def missing(urlconf: str | None = None, table: Mapping[str, Rule] = TABLE) -> list[str]:
    """Return the lines that the table lacks."""
    lines = []
    for address in addresses(urlconf):
        try:
            rule_of(name_of(address), table)
        except NotInTheTable as told:
            lines.append(str(told))
    return lines


def mismatches(kind: str, person: Any, asked: list[Place]) -> list[str]:
    """Ask all, and return where the answer is not the one declared."""
    asker, wrong = Asker(person), []
    for place in asked:
        # To those who open the CMS: others meet the page of the site that says so.
        exact = kind in CMS and not place.ours and place.path.startswith("/cms/")
        for method in METHODS:
            is_ = asker.answer(place.path, method=method, data=place.rule.sends, word_for_word=exact)
            if not place.fits(kind, method, is_):
                whose = "mine" if place.ours else "another country's"
                wrong.append(
                    f"{method} {place.path} ({place.name}, {whose}) for {kind}: {is_}, not {place.expected(kind, method)}"
                )
    return wrong


def _filled(address: Address, rule: Rule, country: Country) -> str:
    """Return the path with the things of a country in place of the examples."""
    match = address.match
    query = urlencode({name: _value(word, country) for name, word in rule.query.items()})
    if not match.kwargs or not match.view_name or address.shadowed:
        return address.path + (f"?{query}" if query else "")
    words = {**{name: ARGUMENTS[name] for name in match.kwargs if name in ARGUMENTS}, **rule.of}
    wanted = {name: _value(words[name], country) if name in words else value for name, value in match.kwargs.items()}
    path = reverse(match.view_name, kwargs=wanted) if wanted != match.kwargs else address.path
    return path + (f"?{query}" if query else "")


def _value(word: str, country: Country) -> Any:
    return word.removeprefix("=") if word.startswith("=") else country.things[word]
