from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    """How to plan, buy and deliver digital services in the open."""

    name = "playbook"
    label = "playbook"
