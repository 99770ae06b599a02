from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front door: home page, the learner's own page, the demo."""

    name = "academy.home"
    label = "home"
