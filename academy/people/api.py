"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, open_account, update_profile
from academy.people.domain.providers import on_signed_in, organisation_codes
from academy.people.domain.staff import EDITORS, TRAINERS, UnknownGroup, appoint, ensure_staff_groups
from academy.people.domain.visitors import person_of

__all__ = [
    "EDITORS",
    "TRAINERS",
    "NotYourAccount",
    "UnknownGroup",
    "appoint",
    "ensure_staff_groups",
    "on_signed_in",
    "open_account",
    "organisation_codes",
    "person_of",
    "update_profile",
]
