"""Words of the capability framework."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Proficiency(models.IntegerChoices):
    """The four levels of a skill, in ascending order. They compare as numbers; they are not grades."""

    AWARENESS = 1, _("Awareness")
    WORKING = 2, _("Working")
    PRACTITIONER = 3, _("Practitioner")
    EXPERT = 4, _("Expert")

    @property
    def code(self) -> str:
        """The word that files use."""
        return self.name.lower()

    @classmethod
    def from_code(cls, code: str) -> Proficiency:
        """Return the level that ``code`` names, or raise ValueError with the words that are known."""
        try:
            return cls[code.strip().upper()]
        except KeyError:
            known = ", ".join(level.code for level in cls)
            raise ValueError(f"{code!r} is not a level: use one of {known}") from None
