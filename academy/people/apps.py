"""Who uses the academy."""

from allauth.socialaccount.providers import registry
from django.apps import AppConfig
from django.core import checks
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Our person, sign-in and settings."""

    name = "academy.people"
    label = "people"
    default = True

    def ready(self) -> None:
        """Listen to what others tell by signals alone, and look at the settings at the start."""
        from academy.people import listeners  # noqa: PLC0415 -- models are not loaded before ready()
        from academy.people.domain import job_kinds, passwords  # noqa: PLC0415 -- models are not loaded before ready()
        from academy.people.staff.filters import narrow_filters_by_person  # noqa: PLC0415 -- models are not loaded before ready()

        listeners.connect()
        job_kinds.register()
        narrow_filters_by_person()
        checks.register(passwords.check_list_can_be_read, checks.Tags.security)
        checks.register(passwords.check_there_is_a_list, checks.Tags.security, deploy=True)
        # allauth looks for the kinds of provider only when its own addresses are used.
        registry.load()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's management of people, with forms for our person."""

    user_viewset = "academy.people.staff.users.UserViewSet"
