"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, open_account, update_profile
from academy.people.domain.audit import NotForTheAudit, record_act, record_change, record_refusal
from academy.people.domain.staff import EDITORS, TRAINERS, UnknownGroup, appoint, ensure_staff_groups, is_staff
from academy.people.domain.visitors import person_of, zone_of
from academy.people.enums import ActKind
from academy.people.rules import AUDITOR, may_read_audit

__all__ = [
    "AUDITOR",
    "EDITORS",
    "TRAINERS",
    "ActKind",
    "NotForTheAudit",
    "NotYourAccount",
    "UnknownGroup",
    "appoint",
    "ensure_staff_groups",
    "is_staff",
    "may_read_audit",
    "open_account",
    "person_of",
    "record_act",
    "record_change",
    "record_refusal",
    "update_profile",
    "zone_of",
]
