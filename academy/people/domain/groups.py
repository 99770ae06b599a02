"""The groups that Django and Wagtail read rights from: one for each kind of grant and place, made from the table of rights.

Who is in a group is no business of this module: that follows from the grants in force, by a view.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from academy.people.domain.reviews import set_review
from academy.people.domain.rights import RIGHTS, Rights
from academy.people.enums import GrantKind
from academy.people.models import Grant, Organisation, OrganisationSection, below
from academy.people.reach import Reach

EVERY_PAGE_RIGHT = frozenset({"add_page", "change_page", "publish_page", "lock_page", "unlock_page"})


def group_name(*, kind: GrantKind, organisation: Organisation | None = None, subject: UUID | None = None) -> str:
    """Return the name of the group: the kind, and where it holds."""
    place = organisation.code if organisation else subject
    return f"{kind.value}:{place}" if place else kind.value


@transaction.atomic
def ensure_group(*, kind: GrantKind, organisation: Organisation | None = None, subject: UUID | None = None) -> Group:
    """Return the group of a kind in a place; a new one gets the rights that the table says."""
    group, made = Group.objects.get_or_create(name=group_name(kind=kind, organisation=organisation, subject=subject))
    if made:
        _fill(group, RIGHTS[kind], organisation=organisation, subject=subject)
    return group


@transaction.atomic
def sync_groups(organisations: Iterable[Organisation] | None = None) -> int:
    """Give groups exactly the rights of the table, in what belongs to their places today; return how many there are.

    With ``organisations`` only the groups that hold for these or for something above them.
    """
    grants = Grant.objects.order_by("pk").select_related("organisation", "group")
    if organisations is not None:
        grants = grants.filter(organisation__path__in={path for one in organisations for path in _down_to(one)})
    places = {grant.group_id: grant for grant in grants}
    for grant in places.values():
        rights = RIGHTS[GrantKind(grant.kind)]
        _fill(grant.group, rights, organisation=grant.organisation, subject=grant.subject)
    return len(places)


def _down_to(organisation: Organisation) -> list[str]:
    """Return the paths from the root to an organisation, its own included."""
    steps = range(organisation.steplen, len(organisation.path) + 1, organisation.steplen)
    return [organisation.path[:end] for end in steps]


def _fill(group: Group, rights: Rights, *, organisation: Organisation | None, subject: UUID | None) -> None:
    group.permissions.set(_permissions(rights))
    pages = _pages(organisation=organisation, subject=subject)
    _set_pages(group, rights, pages)
    _set_files(group, rights, _collections(organisation=organisation, subject=subject))
    if rights.reviews:
        keys = {row.page_key for row in organisation.sections.all()} if organisation else None
        set_review(group, pages=pages, own=[page for page in pages if keys is None or page.translation_key in keys])


def sections_of(organisation: Organisation) -> models.QuerySet[Page]:
    """Return the pages that belong to an organisation and to all below it, in every language."""
    keys = OrganisationSection.objects.filter(organisation__path__startswith=organisation.path)
    pages: models.QuerySet[Page] = Page.objects.filter(translation_key__in=keys.values("page_key"))
    return pages


def pages_of(reach: Reach) -> models.QuerySet[Page]:
    """Return the pages at the top of what a right reaches: sections of organisations, and courses, in every language."""
    keys = OrganisationSection.objects.filter(below(reach.paths, prefix="organisation__"))
    mine = models.Q(translation_key__in=keys.values("page_key")) | models.Q(translation_key__in=reach.courses)
    pages: models.QuerySet[Page] = Page.objects.filter(models.Q(depth=1) if reach.everywhere else mine)
    return pages


def _permissions(rights: Rights) -> models.QuerySet[Permission]:
    if rights.everything:
        return Permission.objects.all()
    return _named(rights.permissions)


def _named(names: Iterable[str]) -> models.QuerySet[Permission]:
    wanted = [
        models.Q(content_type__app_label=app, codename=codename)
        for app, codename in (name.split(".", maxsplit=1) for name in names)
    ]
    return Permission.objects.filter(reduce(or_, wanted, models.Q(pk__in=[])))


def _pages(*, organisation: Organisation | None, subject: UUID | None) -> list[Page]:
    """Return the pages of a place, each with all below it: those of the branch, the course, or the root."""
    if organisation:
        return list(sections_of(organisation))
    if subject:
        return list(Page.objects.filter(translation_key=subject))
    return [Page.get_first_root_node()]


def _set_pages(group: Group, rights: Rights, pages: list[Page]) -> None:
    """Let the group do with these pages what the table says, and with no others."""
    codenames = EVERY_PAGE_RIGHT if rights.everything else rights.pages
    permissions = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    wanted = {(page.pk, permission.pk) for page in pages for permission in permissions}
    stored = {(row.page_id, row.permission_id): row for row in GroupPagePermission.objects.filter(group=group)}
    for place in stored.keys() - wanted:
        stored[place].delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in sorted(wanted - stored.keys())
    )


def _set_files(group: Group, rights: Rights, places: list[Collection]) -> None:
    """The same with images and documents."""
    permissions = (
        Permission.objects.filter(content_type__app_label__in=["wagtailimages", "wagtaildocs"])
        if rights.everything
        else _named(rights.files)
    )
    wanted = {(place.pk, permission.pk) for place in places for permission in permissions}
    stored = {
        (row.collection_id, row.permission_id): row for row in GroupCollectionPermission.objects.filter(group=group)
    }
    for place in stored.keys() - wanted:
        stored[place].delete()
    GroupCollectionPermission.objects.bulk_create(
        GroupCollectionPermission(group=group, collection_id=collection, permission_id=permission)
        for collection, permission in sorted(wanted - stored.keys())
    )


def _collections(*, organisation: Organisation | None, subject: UUID | None) -> list[Collection]:
    """Return where the files of a place are: those of the branch; for a course, of the organisation that it belongs to."""
    if subject:
        course = Page.objects.filter(translation_key=subject).first()
        sections = Page.objects.ancestor_of(course, inclusive=True) if course else Page.objects.none()
        return list(
            Collection.objects.filter(
                organisation__sections__page_key__in=sections.values_list("translation_key", flat=True)
            ).distinct()
        )
    if organisation:
        return list(Collection.objects.filter(organisation__path__startswith=organisation.path))
    return [Collection.get_first_root_node()]


@transaction.atomic
def ensure_collection(organisation: Organisation) -> Collection:
    """Return where an organisation keeps its images and documents; made when it is first asked for."""
    if organisation.collection:
        return organisation.collection
    collection: Collection = Collection.get_first_root_node().add_child(
        instance=Collection(name=f"{organisation.name} ({organisation.code})")
    )
    organisation.collection = collection
    organisation.save(update_fields=["collection"])
    sync_groups([organisation])
    return collection
