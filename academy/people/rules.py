"""Who may read what was done by whom."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from academy.lib.access import STAFF, Refusal, rule
from academy.people.models import User


def may_read_audit(person: User | AnonymousUser) -> bool:
    """Say whether a person reads the audit: in the CMS, by a permission of its own."""
    return STAFF.test(person) and person.has_perm("people.view_audit")


# To everybody else there is no such page.
AUDITOR = rule("auditor", may_read_audit, refusal=Refusal.HIDE)
