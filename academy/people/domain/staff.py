"""Staff: the groups that write and teach, and who is in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from academy.people.domain.audit import record_act
from academy.people.enums import ActKind
from academy.people.models import User

TRAINERS = "Trainers"
EDITORS = "Editors"
GROUPS = (TRAINERS, EDITORS)

PAGES = ("add_page", "change_page", "publish_page")
# (app, permission), for images and documents of every collection.
FILES = tuple(
    (app, f"{verb}_{noun}")
    for app, noun in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for verb in ("add", "change", "choose")
)
# (app, permission), for the group itself.
RIGHTS = {
    TRAINERS: (
        ("wagtailadmin", "access_admin"),
        ("assessments", "view_item"),
        ("assessments", "add_item"),
        ("assessments", "change_item"),
    ),
    EDITORS: (("wagtailadmin", "access_admin"),),
}


class UnknownGroup(Exception):
    """There is no such group of staff."""


@transaction.atomic
def ensure_staff_groups() -> dict[str, Group]:
    """Make the groups of staff and give them what they need; what an administrator added stays.

    Returns the groups by name. Raises Permission.DoesNotExist when the database is not migrated.
    """
    root = Page.get_first_root_node()
    files = Collection.get_first_root_node()
    groups = {}
    for name in GROUPS:
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(*(_permission(app, codename) for app, codename in RIGHTS[name]))
        for codename in PAGES:
            GroupPagePermission.objects.get_or_create(
                group=group, page=root, permission=_permission("wagtailcore", codename)
            )
        for app, codename in FILES:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=files, permission=_permission(app, codename)
            )
        groups[name] = group
    return groups


@transaction.atomic
def appoint(*, user: User, group: str, by: User | None, at: datetime) -> Group:
    """Add a person to a group of staff, and tell the audit. Twice is as good as once.

    ``by`` is None when the program itself acts. Raises UnknownGroup for a name that is not in GROUPS.
    """
    if group not in GROUPS:
        raise UnknownGroup(f"{group!r} is none of {', '.join(GROUPS)}.")
    staff = ensure_staff_groups()[group]
    join(people=[user], group=staff, by=by, at=at)
    return staff


@transaction.atomic
def join(*, people: Iterable[User], group: Group, by: User | None, at: datetime) -> None:
    """Add people to a group, and tell the audit of each who was not in it."""
    for person in people:
        before = sorted(person.groups.values_list("name", flat=True))
        if group.name not in before:
            person.groups.add(group)
            after = sorted([*before, group.name])
            record_act(
                kind=ActKind.GRANT_GIVEN,
                actor=by,
                at=at,
                obj=person,
                before={"groups": before},
                after={"groups": after},
            )


def is_staff(person: User) -> bool:
    """Say whether a person is anything but a learner."""
    return person.is_superuser or person.groups.exists()


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
