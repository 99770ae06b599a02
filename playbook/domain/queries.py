"""Every read of the playbook, in one place to import from."""

from __future__ import annotations

from playbook.domain.case_studies import (
    CaseStudyContext,
    CountryEntry,
    case_studies_by_country,
    case_studies_of,
    case_study_context,
)
from playbook.domain.plays import Audience, PlayContext, play_context
from playbook.domain.principles import PrincipleContext, PrincipleEntry, principle_context, principles_below
from playbook.domain.stages import PlaybookOverview, StageEntry, StageOverview, playbook_overview, stage_overview

__all__ = [
    "Audience",
    "CaseStudyContext",
    "CountryEntry",
    "PlayContext",
    "PlaybookOverview",
    "PrincipleContext",
    "PrincipleEntry",
    "StageEntry",
    "StageOverview",
    "case_studies_by_country",
    "case_studies_of",
    "case_study_context",
    "play_context",
    "playbook_overview",
    "principle_context",
    "principles_below",
    "stage_overview",
]
