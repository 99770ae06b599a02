"""Classical test theory: what the answers to an assessment say about its questions.

Plain arithmetic on :class:`Sitting`; it knows no database. A figure belongs to one version of a question.
"""

from assessments.domain.statistics.flags import Flag, flags
from assessments.domain.statistics.options import OptionFigures, option_figures
from assessments.domain.statistics.questions import ItemFigures, Outcomes, item_figures
from assessments.domain.statistics.reliability import AssessmentFigures, Method, assessment_figures
from assessments.domain.statistics.sittings import Cell, Sitting, asked, sitting
from assessments.domain.statistics.small_groups import MINIMUM, SMALLEST_GROUP, may_split, without_small_groups
from assessments.domain.statistics.thirds import Thirds, thirds

__all__ = [
    "MINIMUM",
    "SMALLEST_GROUP",
    "AssessmentFigures",
    "Cell",
    "Flag",
    "ItemFigures",
    "Method",
    "OptionFigures",
    "Outcomes",
    "Sitting",
    "Thirds",
    "asked",
    "assessment_figures",
    "flags",
    "item_figures",
    "may_split",
    "option_figures",
    "sitting",
    "thirds",
    "without_small_groups",
]
