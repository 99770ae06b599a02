"""Words of assessment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemKind(models.TextChoices):
    """How a question is asked and marked. Each has a folder of its name in ``item_types``."""

    SINGLE_CHOICE = "single_choice", _("Single choice")
    MULTIPLE_CHOICE = "multiple_choice", _("Multiple choice")
    TRUE_FALSE = "true_false", _("True or false")
    SHORT_TEXT = "short_text", _("Short text")
    NUMERIC = "numeric", _("Number")
    MATCHING = "matching", _("Matching")
    ORDERING = "ordering", _("Ordering")
    GAP_FILL = "gap_fill", _("Gaps filled from a list")
    CLOZE = "cloze", _("Text with questions in it")
    OPEN_TEXT = "open_text", _("Open text")
    FILE_UPLOAD = "file_upload", _("File upload")
    SELF_RATING = "self_rating", _("Self-rating")
    DESCRIPTION = "description", _("Text without a question")


class VersionState(models.TextChoices):
    """Where a version of a question stands: only the ready one is asked."""

    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")
    RETIRED = "retired", _("Retired")


class ItemState(models.TextChoices):
    """Where a question stands, through all its versions."""

    DRAFT = "draft", _("Draft only")
    READY = "ready", _("Ready")
    NEWER_DRAFT = "newer_draft", _("Ready, with a newer draft")
    RETIRED = "retired", _("Retired")


class MarkKind(models.TextChoices):
    """Who gave a mark."""

    AUTOMATIC = "automatic", _("Automatic")


class AttemptState(models.TextChoices):
    """Where an attempt stands."""

    IN_PROGRESS = "in_progress", _("In progress")
    FINISHED = "finished", _("Finished")
