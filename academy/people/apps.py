from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who uses the academy."""

    name = "academy.people"
    label = "people"
