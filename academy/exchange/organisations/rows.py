"""One row: what it wants an organisation to be, and what of that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from academy.exchange.organisations.columns import ANSWERS, LANGUAGES, NO, YES
from academy.people.api import OrganisationKind, tidy_domains, tidy_name
from academy.people.models import Organisation, OrganisationName

if TYPE_CHECKING:
    from academy.exchange.organisations.tree import Tree


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What an organisation is, or is to be."""

    parent_code: str = ""
    kind: OrganisationKind = OrganisationKind.PROGRAMME
    name: str = ""
    language: str = ""
    time_zone: str = ""
    takes_requests: bool = True
    names: Mapping[str, str] = field(default_factory=dict)
    domains: tuple[str, ...] = ()

    def told(self) -> dict[str, str]:
        """Return the columns that an import may change, as the table says them."""
        return {
            "name": self.name,
            "language": self.language,
            "time_zone": self.time_zone,
            **{f"name_{code}": self.names.get(code, "") for code in LANGUAGES},
            "domains": " ".join(self.domains),
            "takes_requests": YES if self.takes_requests else NO,
        }


def read_row(cells: Mapping[str, str], *, tree: Tree) -> tuple[Wanted, list[str]]:
    """Return what a row wants, on top of what is stored: an empty cell changes nothing. And why it cannot be."""
    stored = tree.places.get(cells["code"])
    reasons: list[str] = []
    if stored:
        before = stored.wanted
    else:
        parent = tree.places.get(cells.get("parent_code", ""))
        before = Wanted(
            language=parent.wanted.language if parent else "en", time_zone=parent.wanted.time_zone if parent else "UTC"
        )
        reasons += [_("“%(column)s” is empty.") % {"column": name} for name in ("kind", "name") if not cells.get(name)]
    wanted = replace(
        before,
        parent_code=cells.get("parent_code") or before.parent_code,
        kind=_kind(cells, before, reasons),
        name=tidy_name(cells.get("name", "")) or before.name,
        language=cells.get("language") or before.language,
        time_zone=cells.get("time_zone") or before.time_zone,
        takes_requests=_answer(cells, before, reasons),
    )
    names = {code: tidy_name(cells[f"name_{code}"]) for code in LANGUAGES if cells.get(f"name_{code}")}
    names = {code: name for code, name in {**before.names, **names}.items() if code != wanted.language}
    domains = tidy_domains([*before.domains, *cells.get("domains", "").split()])
    wanted = replace(wanted, names=names, domains=tuple(domains))
    return wanted, reasons + _field_reasons(cells["code"], wanted)


def _kind(cells: Mapping[str, str], before: Wanted, reasons: list[str]) -> OrganisationKind:
    typed = cells.get("kind", "").lower()
    if typed in OrganisationKind.values:
        return OrganisationKind(typed)
    if typed:
        reasons.append(
            _("There is no kind “%(kind)s”. Write one of: %(kinds)s.")
            % {"kind": typed, "kinds": ", ".join(OrganisationKind.values)}
        )
    return before.kind


def _answer(cells: Mapping[str, str], before: Wanted, reasons: list[str]) -> bool:
    typed = cells.get("takes_requests", "").lower()
    if typed and typed not in ANSWERS:
        reasons.append(_("Write yes or no into “%(column)s”.") % {"column": "takes_requests"})
    return ANSWERS.get(typed, before.takes_requests)


def _field_reasons(code: str, wanted: Wanted) -> list[str]:
    """Ask the fields of the models, as the verbs do."""
    kept = wanted.language
    row = Organisation(code=code, kind=wanted.kind, name=wanted.name or "-", language=kept, time_zone=wanted.time_zone)
    found = _faults(row, exclude=["path", "depth", "numchild"])
    for language, name in wanted.names.items():
        one = OrganisationName(language=language, name=name)
        found += _faults(one, exclude=["organisation"], named=f"name_{language}")
    return found


def _faults(row: Any, *, exclude: list[str], named: str = "") -> list[str]:
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        return [f"{named or name}: {message}" for name, messages in error.message_dict.items() for message in messages]
    return []
