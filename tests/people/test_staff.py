"""Staff: who they are and what they may."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from academy.people.api import EDITORS, TRAINERS, UnknownGroup, appoint, ensure_staff_groups
from academy.people.enums import ActKind
from academy.people.models import AuditEvent
from tests.factories.people import StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_groups_are_made_once_however_often_they_are_asked_for() -> None:
    first = ensure_staff_groups()
    counts = [model.objects.count() for model in (Group, GroupPagePermission, GroupCollectionPermission)]

    second = ensure_staff_groups()

    assert list(first) == [TRAINERS, EDITORS]
    assert first == second
    assert counts == [model.objects.count() for model in (Group, GroupPagePermission, GroupCollectionPermission)]


def test_what_an_administrator_added_to_a_group_stays() -> None:
    group = ensure_staff_groups()[EDITORS]
    root = Page.get_first_root_node()
    GroupPagePermission.objects.create(group=group, page=root, permission_type="lock")

    ensure_staff_groups()

    assert group.page_permissions.filter(permission__codename="lock_page").exists()


@pytest.mark.parametrize("name", [TRAINERS, EDITORS])
def test_staff_writes_pages_and_files_and_trainers_questions(name: str) -> None:
    user = StaffFactory(group=name)

    assert user.has_perm("wagtailadmin.access_admin")
    page = Page.get_first_root_node()
    permissions = page.permissions_for_user(user)
    assert permissions.can_add_subpage()
    assert permissions.can_publish_subpage()
    granted = set(
        GroupCollectionPermission.objects.filter(
            group__name=name, collection=Collection.get_first_root_node()
        ).values_list("permission__codename", flat=True)
    )
    assert granted >= {
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    }
    for verb in ("view", "add", "change"):
        assert user.has_perm(f"assessments.{verb}_item") is (name == TRAINERS)
    assert not user.has_perm("people.change_user")
    assert not user.has_perm("assessments.delete_item")


def test_appointment_is_noted_once(at: datetime) -> None:
    user, admin = UserFactory(), UserFactory(is_superuser=True)

    for _twice in range(2):
        appoint(user=user, group=TRAINERS, by=admin, at=at)

    assert [group.name for group in user.groups.all()] == [TRAINERS]
    entry = AuditEvent.objects.get()
    assert (entry.kind, entry.actor_id, entry.occurred_at) == (ActKind.GRANT_GIVEN, admin.pk, at)
    assert (entry.before, entry.after) == ({"groups": []}, {"groups": [TRAINERS]})


def test_unknown_group_is_refused(at: datetime) -> None:
    with pytest.raises(UnknownGroup, match="'Moderators' is none of Trainers, Editors"):
        appoint(user=UserFactory(), group="Moderators", by=None, at=at)


def test_learner_is_no_staff() -> None:
    assert not UserFactory().has_perm("wagtailadmin.access_admin")
