"""Words of what people do with accounts, and of what staff do."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActKind(models.TextChoices):
    """What the audit tells. Past tense: an act is a fact. A new kind needs a migration that changes no table."""

    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Failed to sign in")
    SIGNED_OUT = "signed_out", _("Signed out")
    SESSION_ENDED = "session_ended", _("Ended a session")
    FACTOR_ADDED = "factor_added", _("Added a second factor")
    FACTOR_REMOVED = "factor_removed", _("Removed a second factor")
    FACTOR_RESET = "factor_reset", _("Renewed a second factor")
    FACTOR_FAILED = "factor_failed", _("Failed a second factor")
    PROVIDER_LINKED = "provider_linked", _("Linked a sign-in provider")
    PROVIDER_UNLINKED = "provider_unlinked", _("Unlinked a sign-in provider")
    SIGNED_UP = "signed_up", _("Signed up")
    PASSWORD_SET = "password_set", _("Chose a first password")
    PASSWORD_CHANGED = "password_changed", _("Changed the password")
    PASSWORD_RESET_ASKED = "password_reset_asked", _("Asked for a new password")
    PASSWORD_RESET = "password_reset", _("Chose a new password by the link")
    EMAIL_CONFIRMED = "email_confirmed", _("Confirmed an e-mail address")
    EMAIL_CHANGED = "email_changed", _("Changed the e-mail address")
    PROFILE_CHANGED = "profile_changed", _("Changed their own settings")
    ACCOUNT_OPENED = "account_opened", _("Opened an account")
    ACCOUNT_AMENDED = "account_amended", _("Amended an account")
    ACCOUNT_CLOSED = "account_closed", _("Closed an account")
    ACCOUNT_REOPENED = "account_reopened", _("Opened an account again")
    ACCOUNT_ERASED = "account_erased", _("Erased a person’s data")
    GRANT_GIVEN = "grant_given", _("Gave a grant")
    GRANT_ENDED = "grant_ended", _("Ended a grant")
    MEMBERSHIP_CHANGED = "membership_changed", _("Changed a membership")
    ORGANISATION_CHANGED = "organisation_changed", _("Changed an organisation")
    INVITED = "invited", _("Invited people")
    IMPORTED = "imported", _("Imported data")
    EXPORTED = "exported", _("Exported data")
    DOWNLOADED = "downloaded", _("Downloaded data")
    RETENTION_APPLIED = "retention_applied", _("Applied retention periods")
    SETTING_CHANGED = "setting_changed", _("Changed a setting")
    PROVIDER_CHANGED = "provider_changed", _("Changed a sign-in provider")
    REFUSED = "refused", _("Was refused")


# What a person sees of the doors to their own account.
SIGN_INS = (ActKind.SIGNED_IN, ActKind.SIGN_IN_FAILED, ActKind.FACTOR_FAILED)
