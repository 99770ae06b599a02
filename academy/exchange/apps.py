from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Translates between the domain and the formats of others. Has no models."""

    name = "academy.exchange"
    label = "exchange"
