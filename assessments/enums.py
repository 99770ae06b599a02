"""Words of assessment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """How a question is asked and marked. Each has a module of its name in ``item_types``."""

    SINGLE_CHOICE = "single_choice", _("Single choice")
    MULTIPLE_CHOICE = "multiple_choice", _("Multiple choice")


class MarkKind(models.TextChoices):
    """Who gave a mark."""

    AUTOMATIC = "automatic", _("Automatic")


class AttemptState(models.TextChoices):
    """Where an attempt stands."""

    IN_PROGRESS = "in_progress", _("In progress")
    FINISHED = "finished", _("Finished")
