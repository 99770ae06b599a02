"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, disable_account, open_account, update_profile
from academy.people.domain.factors import has_second_factor
from academy.people.domain.sessions import close_sessions
from academy.people.domain.staff import EDITORS, TRAINERS, UnknownGroup, appoint, ensure_staff_groups, is_staff
from academy.people.domain.step_up import recently_authenticated, require_recent_authentication
from academy.people.domain.visitors import person_of

__all__ = [
    "EDITORS",
    "TRAINERS",
    "NotYourAccount",
    "UnknownGroup",
    "appoint",
    "close_sessions",
    "disable_account",
    "ensure_staff_groups",
    "has_second_factor",
    "is_staff",
    "open_account",
    "person_of",
    "recently_authenticated",
    "require_recent_authentication",
    "update_profile",
]
