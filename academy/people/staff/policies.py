"""Which organisations staff may see and change, told to whatever of Wagtail asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from academy.lib.clock import now
from academy.people.domain.grants import NOWHERE, reach_of
from academy.people.domain.rights import RIGHTS, allows
from academy.people.models import Grant, Organisation, User
from academy.people.reach import Reach

# Nothing of the tree is deleted, by anybody.
NEVER = frozenset({"delete"})


class OrganisationPolicy(ModelPermissionPolicy):
    """Django's permissions, each as far as the grants that hold it reach."""

    def reach(self, user: Any, actions: Iterable[str]) -> Reach:
        """Return where a person may do any of these."""
        reaches = [self.reach_of_action(user, action) for action in actions]
        return Reach(
            everywhere=any(one.everywhere for one in reaches),
            paths=tuple({path for one in reaches for path in one.paths}),
        )

    def reach_of_action(self, user: Any, action: str) -> Reach:
        """Return where a person may do this. Whoever may change what is there, sees it."""
        if action in NEVER or not isinstance(user, User):
            return NOWHERE
        return reach_of(user, f"people.{action}_organisation")

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in NEVER and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return super().user_has_any_permission(user, set(actions) - NEVER)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Organisation) -> bool:
        return self.reach_of_action(user, action).covers(instance.path)

    def user_has_any_permission_for_instance(self, user: Any, actions: Collection[str], instance: Organisation) -> bool:
        return self.reach(user, actions).covers(instance.path)

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Organisation]:
        found: QuerySet[Organisation] = Organisation.objects.within(self.reach(user, actions))
        return found

    def users_with_any_permission_for_instance(
        self, actions: Collection[str], instance: Organisation
    ) -> QuerySet[User]:
        wanted = [f"people.{action}_organisation" for action in set(actions) - NEVER]
        kinds = [kind for kind in RIGHTS if any(allows(kind, permission) for permission in wanted)]
        above = [instance.path[:end] for end in range(instance.steplen, len(instance.path) + 1, instance.steplen)]
        holders = (
            Grant.objects.in_force(now())
            .filter(Q(organisation=None) | Q(organisation__path__in=above), kind__in=kinds)
            .values("person")
        )
        return User.objects.filter(Q(pk__in=holders) | Q(is_superuser=True), is_active=True)
