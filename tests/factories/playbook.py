"""The playbook."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from playbook.enums import GovernmentLevel
from playbook.models import (
    CaseStudyCountryPage,
    CaseStudyIndexPage,
    CaseStudyPage,
    CaseStudyStage,
    PlaybookIndexPage,
    PlayCaseStudy,
    PlayPage,
    PlayPrinciple,
    PrincipleIndexPage,
    PrinciplePage,
    StagePage,
)
from tests.factories.pages import BasePageFactory


class PlaybookIndexPageFactory(BasePageFactory):
    """An empty playbook."""

    class Meta:
        model = PlaybookIndexPage


class StagePageFactory(BasePageFactory):
    """A stage without plays."""

    class Meta:
        model = StagePage

    number = 1


class PlayPageFactory(BasePageFactory):
    """A play without text or links."""

    class Meta:
        model = PlayPage


class PrincipleIndexPageFactory(BasePageFactory):
    """An empty list of principles."""

    class Meta:
        model = PrincipleIndexPage


class PrinciplePageFactory(BasePageFactory):
    """The first principle."""

    class Meta:
        model = PrinciplePage

    number = 1


class CaseStudyIndexPageFactory(BasePageFactory):
    """An empty list of case studies."""

    class Meta:
        model = CaseStudyIndexPage


class CaseStudyCountryPageFactory(BasePageFactory):
    """A country without case studies."""

    class Meta:
        model = CaseStudyCountryPage


class CaseStudyPageFactory(BasePageFactory):
    """A national case study that belongs to no stage."""

    class Meta:
        model = CaseStudyPage

    organisation = "Ministry of Works"
    level = GovernmentLevel.NATIONAL
    result = "Bids rose from two to five a tender."


class PlayPrincipleFactory(DjangoModelFactory[PlayPrinciple]):
    """A play puts a principle to work."""

    class Meta:
        model = PlayPrinciple

    play = factory.SubFactory(PlayPageFactory)
    principle = factory.SubFactory(PrinciplePageFactory)


class PlayCaseStudyFactory(DjangoModelFactory[PlayCaseStudy]):
    """A case study shows a play at work."""

    class Meta:
        model = PlayCaseStudy

    play = factory.SubFactory(PlayPageFactory)
    case_study = factory.SubFactory(CaseStudyPageFactory)


class CaseStudyStageFactory(DjangoModelFactory[CaseStudyStage]):
    """A case study belongs to a stage."""

    class Meta:
        model = CaseStudyStage

    case_study = factory.SubFactory(CaseStudyPageFactory)
    stage = factory.SubFactory(StagePageFactory)
