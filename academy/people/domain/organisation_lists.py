"""What the pages about organisations show, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from wagtail.models import ModelLogEntry

from academy.people.models import Membership, MembershipRequest, Organisation, OrganisationMove
from academy.people.reach import Reach

# Of what happened to an organisation, the page shows the newest.
HISTORY = 50
# In the order in which they are told; a database may keep them in another.
FIELDS = ("name", "language", "time_zone", "takes_requests", "names", "domains")


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """One thing that happened to an organisation; ``what`` is "moved", "edited", "closed", "founded" or "sections"."""

    what: str
    at: datetime
    by: str
    reason: str = ""
    from_name: str = ""
    to_name: str = ""
    fields: tuple[str, ...] = ()


def with_figures(organisations: models.QuerySet[Organisation]) -> models.QuerySet[Organisation]:
    """Add how many belong to each (``members``) and how many ask to (``asking``); fetch the names too."""
    found: models.QuerySet[Organisation] = organisations.annotate(
        members=_count(Membership.objects.current()), asking=_count(asked_by_people())
    ).prefetch_related("names")
    return found


def _count(rows: models.QuerySet[Any]) -> Coalesce:
    one = rows.filter(organisation=models.OuterRef("pk")).order_by().values("organisation")
    return Coalesce(models.Subquery(one.annotate(count=models.Count("pk")).values("count")), 0)


def asked_by_people() -> models.QuerySet[MembershipRequest]:
    """Return the requests that wait for an administrator, the oldest first."""
    return MembershipRequest.objects.filter(decided_at=None, asked_by=models.F("person")).order_by("pk")


def asked_of_people() -> models.QuerySet[MembershipRequest]:
    """Return the requests that wait for the person whom an administrator asked, the oldest first."""
    return MembershipRequest.objects.filter(decided_at=None).exclude(asked_by=models.F("person")).order_by("pk")


def line_above(organisation: Organisation) -> list[Organisation]:
    """Return what an organisation hangs below, from the root, with their names. Two queries."""
    return list(organisation.get_ancestors().prefetch_related("names"))


def places_within(reach: Reach) -> models.QuerySet[Organisation]:
    """Return the open organisations that a right reaches, in the order of the tree, with their names."""
    found: models.QuerySet[Organisation] = Organisation.objects.within(reach).open().prefetch_related("names")
    return found


def history_of(organisation: Organisation) -> list[Happening]:
    """Return what happened to an organisation, the newest first. Three queries."""
    moves = {
        move.moved_at: move
        for move in OrganisationMove.objects.filter(organisation=organisation).select_related(
            "from_parent", "to_parent", "moved_by"
        )
    }
    entries = ModelLogEntry.objects.for_instance(organisation).select_related("user").order_by("-timestamp", "-pk")
    return [_happening(entry, moves.get(entry.timestamp)) for entry in entries[:HISTORY]]


def _happening(entry: ModelLogEntry, move: OrganisationMove | None) -> Happening:
    told = {"at": entry.timestamp, "by": entry.user.display_name if entry.user else ""}
    data = entry.data or {}
    changes = data.get("changes", {})
    if move is not None and "to" in data:
        return Happening(
            what="moved",
            reason=move.reason,
            from_name=move.from_parent.name,
            to_name=move.to_parent.name,
            **told,
        )
    if entry.action == "wagtail.create":
        return Happening(what="founded", **told)
    if data.get("closed"):
        return Happening(what="closed", **told)
    if "sections" in data:
        return Happening(what="sections", **told)
    return Happening(what="edited", fields=tuple(field for field in FIELDS if field in changes), **told)
