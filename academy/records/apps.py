from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What a learner has shown, when, and by which rule."""

    name = "academy.records"
    label = "records"
