"""The Government Digital and Data Profession Capability Framework, as its download page offers it: two CSV files.

``read_gdad(roles=…, skills=…)`` is the whole of it. The file of roles has a row for each skill that a level of a
role needs, every text repeated in every row; the file of skills has a row a skill. Neither has identifiers, a
version or an order of levels.
"""

from academy.standards.gdad.model import Finding, GdadFramework, GdadLevel, GdadRequirement, GdadRole, GdadSkill
from academy.standards.gdad.reader import Reading, read_gdad

__all__ = [
    "Finding",
    "GdadFramework",
    "GdadLevel",
    "GdadRequirement",
    "GdadRole",
    "GdadSkill",
    "Reading",
    "read_gdad",
]
