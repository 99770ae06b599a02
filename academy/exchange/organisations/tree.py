"""The tree as it stands, and as it will stand when the rows decided so far are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from academy.exchange.organisations.rows import Wanted
from academy.people.api import (
    OrganisationKind,
    OrganisationRefused,
    Reach,
    check_code,
    check_place,
    domain_problem,
    handed_down,
    reach_of,
)
from academy.people.models import Organisation, User

CHANGE = "people.change_organisation"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An organisation that is there, or will be. ``mine``: it is in reach, with all below it."""

    wanted: Wanted
    depth: int
    mine: bool
    closed: bool = False
    new: bool = False


def stored_tree(*, by: User | None, at: datetime) -> Tree:
    """Return the tree of today, as ``by`` reaches it. Four queries at most."""
    reach = reach_of(by, CHANGE, at=at) if by else Reach(everywhere=True)
    rows = list(Organisation.objects.prefetch_related("names", "domains"))
    codes = {row.path: row.code for row in rows}
    places = {
        row.code: Place(
            wanted=Wanted(
                parent_code=codes.get(row.path[: -row.steplen], ""),
                kind=OrganisationKind(row.kind),
                name=row.name,
                language=row.language,
                time_zone=row.time_zone,
                takes_requests=row.takes_requests,
                names={one.language: one.name for one in row.names.all()},
                domains=tuple(sorted(one.domain for one in row.domains.all())),
            ),
            depth=row.depth,
            mine=reach.covers(row.path),
            closed=row.closed_at is not None,
        )
        for row in rows
    }
    return Tree(places=places, everywhere=reach.everywhere)


class Tree:
    """Places by code, and who has which domain."""

    def __init__(self, *, places: dict[str, Place], everywhere: bool) -> None:
        self.places, self.everywhere = places, everywhere
        self.owners = {domain: code for code, place in places.items() for domain in place.wanted.domains}

    def take(self, code: str, wanted: Wanted) -> int:
        """Let a place be as a row wants it; return how deep it hangs."""
        before, parent = self.places.get(code), self.places.get(wanted.parent_code)
        depth = before.depth if before else (parent.depth if parent else 0) + 1
        self.places[code] = Place(wanted=wanted, depth=depth, mine=True, new=before is None or before.new)
        self.owners |= dict.fromkeys(wanted.domains, code)
        return depth

    def reasons(self, code: str, wanted: Wanted) -> list[str]:
        """Return why an organisation cannot become what a row wants."""
        stored = self.places.get(code)
        if stored is None:
            return [*self._of_code(code), *self._of_place(wanted), *self._of_domains(code, wanted)]
        if not stored.mine:
            return [_("The code “%(code)s” is taken. Choose another one.") % {"code": code}]
        if stored.closed:
            return [_("“%(code)s” is closed. Remove the row.") % {"code": code}]
        reasons = []
        if wanted.kind != stored.wanted.kind:
            reasons.append(_("The kind of an organisation does not change. Leave “kind” as it is."))
        if wanted.parent_code != stored.wanted.parent_code:
            reasons.append(
                _("An import moves nothing. Leave “parent_code” as it is, and move it on its own page, with a reason.")
            )
        return [*reasons, *self._of_domains(code, wanted)]

    @staticmethod
    def _of_code(code: str) -> list[str]:
        try:
            check_code(code)
        except ValidationError as error:
            return error.messages
        return []

    def _of_place(self, wanted: Wanted) -> list[str]:
        """Ask the rule of the domain; a place that is not in reach is as one that does not exist."""
        parent = self.places.get(wanted.parent_code)
        if wanted.parent_code and (parent is None or not parent.mine):
            return [
                _("There is no organisation “%(parent)s” in your part of the tree.") % {"parent": wanted.parent_code}
            ]
        if parent is None and wanted.kind == OrganisationKind.PROGRAMME and not self.everywhere:
            return [_("Only the site’s administrators found programmes.")]
        if parent is not None and parent.closed:
            return [_("“%(name)s” is closed.") % {"name": parent.wanted.name}]
        above = None
        if parent is not None:
            above = Organisation(kind=parent.wanted.kind, name=parent.wanted.name, depth=parent.depth)
        try:
            check_place(kind=wanted.kind, parent=above)
        except OrganisationRefused as refused:
            return [str(refused)]
        return []

    def _of_domains(self, code: str, wanted: Wanted) -> Iterator[str]:
        own = self.places[code].wanted.domains if code in self.places else ()
        held = {*own, *(domain for place in self._line(wanted) for domain in place.wanted.domains)}
        for domain in wanted.domains:
            if domain in own:
                continue
            problem = domain_problem(domain)
            if problem:
                yield problem
            elif self.owners.get(domain, code) != code:
                yield _("%(domain)s belongs to another organisation.") % {"domain": domain}
            elif not self.everywhere and not handed_down(domain, held=held):
                yield _("%(domain)s does not lie within a domain of an organisation above.") % {"domain": domain}

    def _line(self, wanted: Wanted) -> Iterator[Place]:
        place = self.places.get(wanted.parent_code)
        while place:
            yield place
            place = self.places.get(place.wanted.parent_code)
