from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What every page is made of."""

    name = "academy.pages"
    label = "pages"
