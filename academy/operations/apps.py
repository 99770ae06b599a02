from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """What those who run the site need: health, logs, backups, checks before the start. No models."""

    name = "academy.operations"
    label = "operations"

    def ready(self) -> None:
        """Register the checks."""
        from academy.operations import checks  # noqa: F401, PLC0415 -- models are not loaded before ready()
