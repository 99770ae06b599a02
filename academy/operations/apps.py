from django.apps import AppConfig

from academy.operations import checks  # noqa: F401 -- registers what it holds


class OperationsConfig(AppConfig):
    """What those who run the site need: health, logs, backups, checks before the start. No models."""

    name = "academy.operations"
    label = "operations"
