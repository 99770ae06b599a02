"""Where somebody works, as they see it: nothing of other people."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from academy.people.domain.memberships import may_join_by_address
from academy.people.models import Membership, MembershipRequest, Organisation, OrganisationName, User

# Of a search. Whoever finds more types more.
HITS = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """Where a person belongs, may join by their address, was asked to, asked to, and was refused."""

    memberships: tuple[Membership, ...]
    open_to_them: tuple[Organisation, ...]
    offers: tuple[MembershipRequest, ...]
    waiting: tuple[MembershipRequest, ...]
    refused: tuple[MembershipRequest, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """An organisation that takes requests, with what it belongs to."""

    organisation: Organisation
    above: str


def work_of(person: User) -> Work:
    """Return where a person works. Eight queries at most."""
    memberships = (
        Membership.objects.current().of(person).select_related("organisation").prefetch_related("organisation__names")
    )
    belongs = {one.organisation_id for one in memberships}
    requests = list(
        MembershipRequest.objects.filter(person=person)
        .exclude(accepted=True)
        .select_related("organisation")
        .prefetch_related("organisation__names")
        .order_by("-pk")
    )
    waiting = [one for one in requests if one.decided_at is None]
    asks = {one.organisation_id for one in waiting}
    # The last answer of each that neither has been overtaken nor was their own.
    refused = {
        one.organisation_id: one
        for one in reversed(requests)
        if one.decided_at and one.decided_by_id != person.pk and one.organisation_id not in belongs | asks
    }
    return Work(
        memberships=tuple(memberships),
        open_to_them=tuple(may_join_by_address(person)),
        offers=tuple(one for one in waiting if one.asked_by_id != person.pk),
        waiting=tuple(one for one in waiting if one.asked_by_id == person.pk),
        refused=tuple(refused.values()),
    )


def find_to_ask(*, words: str, person: User) -> tuple[list[Found], bool]:
    """Return up to 20 organisations that take requests and whose name, in any language, has these words.

    And whether there are more. Not those to which the person belongs. Four queries at most.
    """
    if not words.strip():
        return [], False
    found = Organisation.objects.open().filter(takes_requests=True).prefetch_related("names")
    for word in words.split()[:10]:
        named = OrganisationName.objects.filter(organisation=OuterRef("pk"), name__icontains=word)
        found = found.filter(Q(name__icontains=word) | Exists(named))
    own = Membership.objects.current().of(person).values("organisation")
    hits = list(found.exclude(pk__in=own)[: HITS + 1])
    paths = {hit.path[:end] for hit in hits[:HITS] for end in range(hit.steplen, len(hit.path), hit.steplen)}
    above = {one.path: one.local_name for one in Organisation.objects.filter(path__in=paths).prefetch_related("names")}
    return [
        Found(
            organisation=hit,
            above=", ".join(above[hit.path[:end]] for end in range(hit.steplen, len(hit.path), hit.steplen)),
        )
        for hit in hits[:HITS]
    ], len(hits) > HITS
