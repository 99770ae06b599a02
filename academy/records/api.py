"""What other apps may use of this one."""

from academy.records.domain.aims import set_aim
from academy.records.domain.awards import (
    NoSuchAward,
    VerifiedAward,
    issue_award,
    revoke_award,
    verify_award,
)
from academy.records.domain.evidence import grant_evidence, rebuild_standings
from academy.records.domain.ledger import record_event
from academy.records.domain.queries import (
    RoleStanding,
    SkillGap,
    aim_of,
    awards_for,
    awards_of,
    role_standing,
)
from academy.records.enums import AwardState, EventKind, EvidenceSource
from academy.records.models import Award

__all__ = [
    "Award",
    "AwardState",
    "EventKind",
    "EvidenceSource",
    "NoSuchAward",
    "RoleStanding",
    "SkillGap",
    "VerifiedAward",
    "aim_of",
    "awards_for",
    "awards_of",
    "grant_evidence",
    "issue_award",
    "rebuild_standings",
    "record_event",
    "revoke_award",
    "role_standing",
    "set_aim",
    "verify_award",
]
