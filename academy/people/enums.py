"""Words about people, organisations, rights and acts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is. A programme is the root of a tree; everything else hangs below something."""

    PROGRAMME = "programme", _("Programme")
    COUNTRY = "country", _("Country")
    AGENCY = "agency", _("Ministry or agency")
    UNIT = "unit", _("Unit")


# What may hang below what.
PARENTS: dict[OrganisationKind, frozenset[OrganisationKind]] = {
    OrganisationKind.PROGRAMME: frozenset(),
    OrganisationKind.COUNTRY: frozenset({OrganisationKind.PROGRAMME}),
    OrganisationKind.AGENCY: frozenset({OrganisationKind.COUNTRY, OrganisationKind.AGENCY}),
    OrganisationKind.UNIT: frozenset({OrganisationKind.AGENCY, OrganisationKind.UNIT}),
}


class JoinedBy(models.TextChoices):
    """How somebody came to belong to an organisation."""

    STAFF = "staff", _("Added by an administrator")
    DOMAIN = "domain", _("By e-mail address")
    REQUEST = "request", _("Asked, and was accepted")
    INVITATION = "invitation", _("Invited")
    IMPORT = "import", _("Imported from a file")
    SIGN_IN = "sign_in", _("Signed in through their organisation")


class InvitationKind(models.TextChoices):
    """To whom an invitation goes."""

    PERSONAL = "personal", _("One person")
    OPEN = "open", _("Whoever has the link")


class InvitationState(models.TextChoices):
    """What has become of an invitation; follows from its dates and its uses."""

    WAITING = "waiting", _("Open")
    USED = "used", _("All places taken")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MailState(models.TextChoices):
    """How far the e-mail of an invitation has come."""

    WAITING = "waiting", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")


class GrantKind(models.TextChoices):
    """What somebody may do above learning. Flat: none of them contains another."""

    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    PUBLISHER = "publisher", _("Publisher")
    TRAINER = "trainer", _("Trainer")
    MARKER = "marker", _("Marker")
    VERIFIER = "verifier", _("Verifier")
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    ORGANISATION_ADMIN = "organisation_admin", _("Organisation administrator")
    SITE_ADMIN = "site_admin", _("Site administrator")
    AUDITOR = "auditor", _("Auditor")


class GrantScope(models.TextChoices):
    """Where a grant holds."""

    SITE = "site", _("Everywhere")
    ORGANISATION = "organisation", _("An organisation and all below it")
    COURSE = "course", _("A course")
    COHORT = "cohort", _("A cohort")


# Where each kind may hold. What reaches people or pages of many cannot hold for a course alone.
SCOPES: dict[GrantKind, frozenset[GrantScope]] = {
    GrantKind.AUTHOR: frozenset({GrantScope.SITE, GrantScope.ORGANISATION, GrantScope.COURSE}),
    GrantKind.REVIEWER: frozenset({GrantScope.SITE, GrantScope.ORGANISATION, GrantScope.COURSE}),
    GrantKind.PUBLISHER: frozenset({GrantScope.SITE, GrantScope.ORGANISATION, GrantScope.COURSE}),
    GrantKind.TRAINER: frozenset(GrantScope),
    GrantKind.MARKER: frozenset(GrantScope),
    GrantKind.VERIFIER: frozenset({GrantScope.SITE, GrantScope.ORGANISATION}),
    GrantKind.PROGRAMME_MANAGER: frozenset({GrantScope.SITE, GrantScope.ORGANISATION}),
    GrantKind.ORGANISATION_ADMIN: frozenset({GrantScope.ORGANISATION}),
    GrantKind.SITE_ADMIN: frozenset({GrantScope.SITE}),
    GrantKind.AUDITOR: frozenset({GrantScope.SITE, GrantScope.ORGANISATION}),
}


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


class ClosingReason(models.TextChoices):
    """Why an account is closed. A choice, never free text: words about a person would outlive the person."""

    OWN_WISH = "own_wish", _("The person closed it")
    ON_REQUEST = "on_request", _("The person asked us to close it")
    LEFT = "left", _("The person has left the organisation")
    DUPLICATE = "duplicate", _("The person has another account")
    DECEASED = "deceased", _("The person has died")
    UNCONFIRMED = "unconfirmed", _("The e-mail address was never confirmed")


class ProviderKind(models.TextChoices):
    """How a provider tells who somebody is. The values are allauth's names."""

    OPENID_CONNECT = "openid_connect", _("OpenID Connect")
    SAML = "saml", _("SAML 2.0")
