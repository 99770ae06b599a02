"""The tree of organisations: founded, amended, moved, closed. Nothing is deleted."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from academy.people.domain.accounts import tidy_name
from academy.people.domain.email_domains import set_domains
from academy.people.domain.grants import reach_of
from academy.people.domain.groups import sync_groups
from academy.people.domain.refusals import OrganisationRefused
from academy.people.domain.rights import CHANGE_ORGANISATIONS
from academy.people.enums import PARENTS, OrganisationKind
from academy.people.models import (
    Membership,
    MembershipRequest,
    Organisation,
    OrganisationMove,
    OrganisationName,
    User,
)

# What hangs deeper than this is no organisation that anybody finds; the tree itself could hold 63.
DEEPEST = 12
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_place(*, kind: OrganisationKind, parent: Organisation | None) -> None:
    """Raise OrganisationRefused, with a sentence, when such a thing cannot hang there."""
    if parent is None:
        if kind != OrganisationKind.PROGRAMME:
            raise OrganisationRefused(_("Choose what it belongs to: only a programme stands alone."), field="parent")
        return
    if OrganisationKind(parent.kind) not in PARENTS[kind]:
        raise OrganisationRefused(
            _("“%(name)s” (%(parent)s) cannot hold this: %(kind)s.")
            % {"name": parent.name, "parent": parent.get_kind_display(), "kind": kind.label},
            field="parent",
        )
    if parent.closed_at:
        raise OrganisationRefused(_("“%(name)s” is closed.") % {"name": parent.name}, field="parent")
    check_depth(parent.depth + 1)


def check_depth(depth: int) -> None:
    """Raise OrganisationRefused for a place too far down."""
    if depth > DEEPEST:
        raise OrganisationRefused(
            _("That is too far down: the tree has %(count)d levels at most.") % {"count": DEEPEST}, field="parent"
        )


def check_code(code: str) -> None:
    """Raise ValidationError for a code that is not made of small letters, digits and hyphens."""
    if not CODE.fullmatch(code):
        raise ValidationError({"code": _("Use small letters, digits and single hyphens, like health-ministry.")})


def check_reach(*, by: User | None, at: datetime, places: Iterable[Organisation | None]) -> None:
    """Raise OrganisationRefused unless ``by`` may change all these places; None is the root, for the site alone."""
    if by is None:
        return
    reach = reach_of(by, CHANGE_ORGANISATIONS, at=at)
    if not all(reach.covers(place.path) if place else reach.everywhere for place in places):
        raise OrganisationRefused(_("This is not in your part of the tree."))


@transaction.atomic
def found_organisation(
    *,
    kind: OrganisationKind,
    code: str,
    name: str,
    parent: Organisation | None,
    language: str,
    time_zone: str,
    by: User | None,
    at: datetime,
    names: Mapping[str, str] | None = None,
    domains: Collection[str] = (),
    takes_requests: bool = True,
) -> Organisation:
    """Add an organisation below ``parent``; a programme has none. ``names`` are those in other languages, by code.

    ``by`` is None when the program itself acts. Raises OrganisationRefused, or ValidationError for a field.
    """
    parent = lock_tree(parent)
    check_place(kind=kind, parent=parent)
    check_reach(by=by, at=at, places=[parent])
    check_code(code)
    new = Organisation(
        kind=kind,
        code=code,
        name=tidy_name(name),
        language=language,
        time_zone=time_zone,
        takes_requests=takes_requests,
    )
    new.clean_fields(exclude=["path", "depth", "numchild"])
    new.validate_unique()
    stored: Organisation = parent.add_child(instance=new) if parent else Organisation.add_root(instance=new)
    set_names(stored, names or {})
    set_domains(stored, domains, by=by, at=at)
    log(stored, "wagtail.create", user=by, timestamp=at)
    return stored


@transaction.atomic
def amend_organisation(
    *,
    organisation: Organisation,
    name: str,
    language: str,
    time_zone: str,
    takes_requests: bool,
    by: User | None,
    at: datetime,
    names: Mapping[str, str] | None = None,
    domains: Collection[str] | None = None,
) -> Organisation:
    """Change what is said of an organisation; None leaves its other names, or its domains, as they are.

    Said again as it stands, nothing is noted. Raises OrganisationRefused, or ValidationError for a field.
    """
    stored: Organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    check_reach(by=by, at=at, places=[stored])
    before = described(stored)
    stored.name, stored.language = tidy_name(name), language
    stored.time_zone, stored.takes_requests = time_zone, takes_requests
    stored.clean_fields()
    stored.save(update_fields=["name", "language", "time_zone", "takes_requests"])
    set_names(stored, before["names"] if names is None else names)
    if domains is not None:
        set_domains(stored, domains, by=by, at=at)
    after = described(stored)
    changes = {field: [before[field], after[field]] for field in before if before[field] != after[field]}
    if changes:
        log(stored, "wagtail.edit", user=by, timestamp=at, data={"changes": changes})
    return stored


def described(organisation: Organisation) -> dict[str, Any]:
    """Return what ``amend_organisation`` may change, as it stands."""
    return {
        "name": organisation.name,
        "language": organisation.language,
        "time_zone": organisation.time_zone,
        "takes_requests": organisation.takes_requests,
        "names": dict(organisation.names.order_by("language").values_list("language", "name")),
        "domains": list(organisation.domains.values_list("domain", flat=True)),
    }


@transaction.atomic
def move_organisation(
    *, organisation: Organisation, parent: Organisation, reason: str, by: User, at: datetime
) -> Organisation:
    """Hang an organisation, with all below it, under another one. The move is kept; members stay where they are.

    Rights in both places are needed. Moved to where it hangs, nothing changes. Raises OrganisationRefused.
    """
    lock_tree(None)
    moved: Organisation = Organisation.objects.get(pk=organisation.pk)
    target: Organisation = Organisation.objects.get(pk=parent.pk)
    old = moved.get_parent()
    if old is None:
        raise OrganisationRefused(_("A programme cannot be moved."))
    check_reach(by=by, at=at, places=[old, target])
    if target.path.startswith(moved.path):
        raise OrganisationRefused(_("An organisation cannot hang below itself."), field="parent")
    if not reason.strip():
        raise OrganisationRefused(_("Say why it moves."), field="reason")
    check_place(kind=OrganisationKind(moved.kind), parent=target)
    lowest = moved.get_descendants().order_by("-depth").values_list("depth", flat=True).first() or moved.depth
    check_depth(target.depth + 1 + lowest - moved.depth)
    if old.pk == target.pk:
        return moved
    moved.move(target, pos="last-child")
    moved = Organisation.objects.get(pk=moved.pk)
    OrganisationMove.objects.create(
        organisation=moved, from_parent=old, to_parent=target, reason=reason.strip(), moved_at=at, moved_by=by
    )
    # What authors above may edit has changed on both sides.
    sync_groups([old, moved])
    log(moved, "wagtail.edit", user=by, timestamp=at, data={"from": old.code, "to": target.code, "reason": reason})
    return moved


@transaction.atomic
def close_organisation(*, organisation: Organisation, by: User, at: datetime) -> Organisation:
    """Close an organisation: nobody joins any more, and requests that wait are refused. Who belonged stays on record.

    Raises OrganisationRefused while anybody belongs to it or anything open hangs below it.
    """
    lock_tree(None)
    stored: Organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_reach(by=by, at=at, places=[stored])
    if stored.closed_at:
        return stored
    if Organisation.objects.open().filter(path__startswith=stored.path).exclude(pk=stored.pk).exists():
        raise OrganisationRefused(_("Close or move what hangs below it first."))
    if Membership.objects.current().filter(organisation=stored).exists():
        raise OrganisationRefused(_("People belong to it still. Move them first."))
    stored.closed_at, stored.closed_by = at, by
    stored.save(update_fields=["closed_at", "closed_by"])
    MembershipRequest.objects.filter(organisation=stored, decided_at=None).update(
        accepted=False, reason=_("The organisation was closed."), decided_at=at, decided_by=by
    )
    log(stored, "wagtail.edit", user=by, timestamp=at, data={"closed": True})
    return stored


def set_names(organisation: Organisation, names: Mapping[str, str]) -> None:
    """Store the names in other languages than its own; an empty one goes. Raises ValidationError."""
    wanted = {code: tidy_name(name) for code, name in names.items() if name.strip() and code != organisation.language}
    OrganisationName.objects.filter(organisation=organisation).exclude(language__in=wanted).delete()
    for code, name in wanted.items():
        row = OrganisationName(organisation=organisation, language=code, name=name)
        try:
            row.clean_fields()
        except ValidationError as error:
            raise ValidationError({f"name_{code}": error.messages}) from None
        OrganisationName.objects.update_or_create(organisation=organisation, language=code, defaults={"name": name})


def find_organisation(code: str) -> Organisation | None:
    """Return the organisation with this code, or None."""
    found: Organisation | None = Organisation.objects.filter(code=code).first()
    return found


def lock_tree(parent: Organisation | None) -> Organisation | None:
    """Let one at a time change the shape of the tree: the paths of siblings are counted. Returns ``parent`` as stored."""
    list(Organisation.objects.select_for_update(no_key=True).filter(depth=1).values_list("pk", flat=True))
    return Organisation.objects.get(pk=parent.pk) if parent else None
