"""House fields, so that the same thing is stored in the same way everywhere."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models


def uuid_field(**options: Any) -> models.UUIDField[uuid.UUID, uuid.UUID]:
    """A random identity for machines: set at birth, never changed, never reused."""
    return models.UUIDField(default=uuid.uuid4, unique=True, editable=False, **options)


def percent_field(**options: Any) -> models.DecimalField[Any, Any]:
    """A share in per cent, 0 to 100, two decimals. Its bounds are a constraint of the model that uses it."""
    return models.DecimalField(max_digits=5, decimal_places=2, **options)


def together(first: str, second: str, *, name: str) -> models.CheckConstraint:
    """Two fields that are set together or not at all, such as ``closed_at`` and ``closed_by``."""
    none = {f"{first}__isnull": True, f"{second}__isnull": True}
    both = {f"{first}__isnull": False, f"{second}__isnull": False}
    return models.CheckConstraint(condition=models.Q(**none) | models.Q(**both), name=name)


# The attribute of a field by which Wagtail leaves it out of its index of references.
REFERENCE_INDEX_IGNORE = "wagtail_reference_index_ignore"


def hide_from_reference_index(model: type[models.Model], *names: str) -> None:
    """Keep these foreign keys out of Wagtail's reference index, which would write a row for each learner's record."""
    for name in names:
        setattr(model._meta.get_field(name), REFERENCE_INDEX_IGNORE, True)
