"""The tree of organisations: founded, amended, moved, closed. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from academy.people.domain.accounts import tidy_name
from academy.people.domain.grants import reach_of
from academy.people.domain.groups import sync_groups
from academy.people.domain.rights import CHANGE_ORGANISATIONS
from academy.people.enums import PARENTS, OrganisationKind
from academy.people.models import (
    Membership,
    Organisation,
    OrganisationDomain,
    OrganisationMove,
    OrganisationName,
    OrganisationSection,
    User,
)


class OrganisationRefused(Exception):
    """This cannot be done with the tree; the message says why, for people."""


def check_place(*, kind: OrganisationKind, parent: Organisation | None) -> None:
    """Raise OrganisationRefused, with a sentence, when such a thing cannot hang there."""
    if parent is None:
        if kind != OrganisationKind.PROGRAMME:
            raise OrganisationRefused(_("Choose what it belongs to: only a programme stands alone."))
        return
    if OrganisationKind(parent.kind) not in PARENTS[kind]:
        raise OrganisationRefused(
            _("“%(name)s” (%(parent)s) cannot hold this: %(kind)s.")
            % {"name": parent.name, "parent": parent.get_kind_display(), "kind": kind.label}
        )
    if parent.closed_at:
        raise OrganisationRefused(_("“%(name)s” is closed.") % {"name": parent.name})


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
    set_domains(stored, domains)
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

    Raises OrganisationRefused, or ValidationError for a field.
    """
    stored: Organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_reach(by=by, at=at, places=[stored])
    before = {field: getattr(stored, field) for field in ("name", "language", "time_zone", "takes_requests")}
    stored.name, stored.language = tidy_name(name), language
    stored.time_zone, stored.takes_requests = time_zone, takes_requests
    stored.clean_fields()
    stored.save(update_fields=list(before))
    if names is not None:
        set_names(stored, names)
    if domains is not None:
        set_domains(stored, domains)
    log(stored, "wagtail.edit", user=by, timestamp=at, data={"before": before})
    return stored


@transaction.atomic
def move_organisation(
    *, organisation: Organisation, parent: Organisation, reason: str, by: User, at: datetime
) -> Organisation:
    """Hang an organisation, with all below it, under another one. The move is kept; members stay where they are.

    Rights in both places are needed. Raises OrganisationRefused.
    """
    lock_tree(None)
    moved: Organisation = Organisation.objects.get(pk=organisation.pk)
    target: Organisation = Organisation.objects.get(pk=parent.pk)
    old = moved.get_parent()
    if old is None:
        raise OrganisationRefused(_("A programme cannot be moved."))
    if target.path.startswith(moved.path):
        raise OrganisationRefused(_("An organisation cannot hang below itself."))
    if not reason.strip():
        raise OrganisationRefused(_("Say why it moves."))
    check_place(kind=OrganisationKind(moved.kind), parent=target)
    check_reach(by=by, at=at, places=[old, target])
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
    """Close an organisation: nobody joins any more. Who belongs to it stays on record. Raises OrganisationRefused."""
    stored: Organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_reach(by=by, at=at, places=[stored])
    if stored.closed_at:
        return stored
    if Organisation.objects.open().filter(path__startswith=stored.path).exclude(pk=stored.pk).exists():
        raise OrganisationRefused(_("Close or move what hangs below it first."))
    members = Membership.objects.current().filter(organisation=stored).count()
    if members:
        raise OrganisationRefused(_("People belong to it still. Move them first."))
    stored.closed_at, stored.closed_by = at, by
    stored.save(update_fields=["closed_at", "closed_by"])
    log(stored, "wagtail.edit", user=by, timestamp=at, data={"closed": True})
    return stored


@transaction.atomic
def set_sections(*, organisation: Organisation, keys: Collection[UUID], by: User | None, at: datetime) -> None:
    """Say which pages (translation keys) belong to an organisation: its authors write there, with all below.

    For the site's administrators alone: a section takes pages from one and gives them to another.
    """
    check_reach(by=by, at=at, places=[None])
    taken = OrganisationSection.objects.filter(page_key__in=keys).exclude(organisation=organisation)
    if taken.exists():
        raise OrganisationRefused(_("One of these pages belongs to another organisation already."))
    OrganisationSection.objects.filter(organisation=organisation).exclude(page_key__in=keys).delete()
    for key in keys:
        OrganisationSection.objects.get_or_create(organisation=organisation, page_key=key)
    sync_groups([organisation])
    log(organisation, "wagtail.edit", user=by, timestamp=at, data={"sections": [str(key) for key in keys]})


def set_names(organisation: Organisation, names: Mapping[str, str]) -> None:
    """Store the names in other languages than its own; an empty one goes."""
    wanted = {code: tidy_name(name) for code, name in names.items() if name.strip() and code != organisation.language}
    OrganisationName.objects.filter(organisation=organisation).exclude(language__in=wanted).delete()
    for code, name in wanted.items():
        row = OrganisationName(organisation=organisation, language=code, name=name)
        row.clean_fields()
        OrganisationName.objects.update_or_create(organisation=organisation, language=code, defaults={"name": name})


def set_domains(organisation: Organisation, domains: Collection[str]) -> None:
    """Store its e-mail domains. Raises OrganisationRefused for one that belongs to another, ValidationError for no domain."""
    wanted = {domain.strip().lower().lstrip("@") for domain in domains if domain.strip()}
    taken = OrganisationDomain.objects.filter(domain__in=wanted).exclude(organisation=organisation).first()
    if taken:
        raise OrganisationRefused(_("%(domain)s belongs to another organisation.") % {"domain": taken.domain})
    OrganisationDomain.objects.filter(organisation=organisation).exclude(domain__in=wanted).delete()
    for domain in sorted(wanted):
        row = OrganisationDomain(organisation=organisation, domain=domain)
        if not OrganisationDomain.objects.filter(domain=domain).exists():
            row.full_clean()
            row.save()


def find_organisation(code: str) -> Organisation | None:
    """Return the organisation with this code, or None."""
    found: Organisation | None = Organisation.objects.filter(code=code).first()
    return found


def lock_tree(parent: Organisation | None) -> Organisation | None:
    """Let one at a time change the shape of the tree: the paths of siblings are counted. Returns ``parent`` as stored."""
    list(Organisation.objects.select_for_update().filter(depth=1).values_list("pk", flat=True))
    return Organisation.objects.get(pk=parent.pk) if parent else None
