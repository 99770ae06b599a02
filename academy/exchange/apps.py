from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Translates between the domain and the formats of others. Has no models."""

    name = "academy.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Say which work of ours is done in the background."""
        from academy.exchange.questions import job  # noqa: PLC0415 -- models are not loaded before ready()

        job.register()
