"""Words about people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClosingReason(models.TextChoices):
    """Why an account is closed. A choice, never free text: words about a person would outlive the person."""

    OWN_WISH = "own_wish", _("The person closed it")
    ON_REQUEST = "on_request", _("The person asked us to close it")
    LEFT = "left", _("The person has left the organisation")
    DUPLICATE = "duplicate", _("The person has another account")
    DECEASED = "deceased", _("The person has died")
    UNCONFIRMED = "unconfirmed", _("The e-mail address was never confirmed")
