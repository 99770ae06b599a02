"""What Wagtail asks about people."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from academy.people.domain.grants import reach_of
from academy.people.models import User, sees_members


class PeopleWithinReach(ModelPermissionPolicy):
    """Django's permissions, for the people whom the right reaches; nobody deletes anybody."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: AbstractBaseUser, actions: Any) -> bool:
        return super().user_has_any_permission(user, set(actions) - {"delete"})

    def user_has_permission_for_instance(self, user: AbstractBaseUser, action: str, instance: Any) -> bool:
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def user_has_any_permission_for_instance(self, user: AbstractBaseUser, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_permission_for(self, user: AbstractBaseUser, action: str) -> QuerySet[User]:
        if action == "delete" or not isinstance(user, User):
            return User.objects.none()
        return User.objects.filter(sees_members(reach_of(user, f"people.{action}_user")))

    def instances_user_has_any_permission_for(self, user: AbstractBaseUser, actions: Any) -> QuerySet[User]:
        found = User.objects.none()
        for action in actions:
            found |= self.instances_user_has_permission_for(user, action)
        return found
