"""Who uses the academy."""

from django.apps import AppConfig
from wagtail.signals import copy_for_translation_done
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Our person, sign-in and settings."""

    name = "academy.people"
    label = "people"
    default = True

    def ready(self) -> None:
        """Listen to Wagtail, and say what we do in the background."""
        from academy.people.domain.job_kinds import register  # noqa: PLC0415 -- models are not loaded before ready()
        from academy.people.listeners import translated  # noqa: PLC0415 -- models are not loaded before ready()

        copy_for_translation_done.connect(translated)
        register()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's management of people, with forms for our person."""

    user_viewset = "academy.people.staff.users.UserViewSet"
