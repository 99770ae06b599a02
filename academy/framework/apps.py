from django.apps import AppConfig


class FrameworkConfig(AppConfig):
    """What capability is: roles, skills, levels."""

    name = "academy.framework"
    label = "framework"
