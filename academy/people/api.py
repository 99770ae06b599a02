"""What other apps may ask of people."""

from academy.people.domain.accounts import NotYourAccount, open_account, update_profile
from academy.people.domain.closing import (
    ClosedAccount,
    LastAdministrator,
    MayNotClose,
    close_account,
    may_close,
)
from academy.people.domain.record import VERSION as RECORD_VERSION
from academy.people.domain.record import PersonalRecord, RecordPart, download_record
from academy.people.domain.retention import Period, periods
from academy.people.domain.staff import EDITORS, TRAINERS, UnknownGroup, appoint, ensure_staff_groups
from academy.people.domain.visitors import person_of
from academy.people.enums import ClosingReason

__all__ = [
    "EDITORS",
    "RECORD_VERSION",
    "TRAINERS",
    "ClosedAccount",
    "ClosingReason",
    "LastAdministrator",
    "MayNotClose",
    "NotYourAccount",
    "Period",
    "PersonalRecord",
    "RecordPart",
    "UnknownGroup",
    "appoint",
    "close_account",
    "download_record",
    "ensure_staff_groups",
    "may_close",
    "open_account",
    "periods",
    "person_of",
    "update_profile",
]
