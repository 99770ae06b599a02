"""Staff: the groups that write and teach, and who is in them."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

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


def is_staff(person: User) -> bool:
    """Whether the person may do more than learn."""
    return person.is_superuser or person.groups.exists()


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
    """Add a person to a group of staff, and note it in the account's history. Twice is as good as once.

    ``by`` is None when the program itself acts. Raises UnknownGroup for a name that is not in GROUPS.
    """
    if group not in GROUPS:
        raise UnknownGroup(f"{group!r} is none of {', '.join(GROUPS)}.")
    staff = ensure_staff_groups()[group]
    if not user.groups.filter(pk=staff.pk).exists():
        user.groups.add(staff)
        log(user, "wagtail.edit", user=by, timestamp=at, data={"group": group})
    return staff


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
