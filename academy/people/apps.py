"""Who uses the academy."""

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Our person, sign-in and settings."""

    name = "academy.people"
    label = "people"
    default = True

    def ready(self) -> None:
        """Listen to allauth."""
        from academy.people import listeners  # noqa: PLC0415 -- models are not loaded before ready()

        listeners.connect()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's management of people, with forms for our person."""

    user_viewset = "academy.people.staff.UserViewSet"
