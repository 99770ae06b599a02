from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The front door: home page, the learner's own page, the demo."""

    name = "academy.home"
    label = "home"

    def ready(self) -> None:
        """Keep Wagtail from offering what is another country's."""
        from academy.home.staff.tags import offer_no_tags  # noqa: PLC0415 -- models are not loaded before ready()

        offer_no_tags()
