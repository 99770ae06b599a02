"""Words about people, organisations and rights."""

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
