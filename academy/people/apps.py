"""Who uses the academy."""

from allauth.socialaccount.providers import registry
from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    """Our person, sign-in and settings."""

    name = "academy.people"
    label = "people"
    default = True

    def ready(self) -> None:
        """Let allauth know the kinds of provider: it looks for them only when its own addresses are used."""
        registry.load()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's management of people, with forms for our person."""

    user_viewset = "academy.people.staff.UserViewSet"
