"""A file of questions between its check and its import: the file as it came, and how it is to be read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from academy.exchange.questions.formats import read_questions
from academy.exchange.questions.plan import Plan, plan_import
from assessments.api import category_of
from assessments.models import ItemBank

PURPOSE = "questions"


@dataclass(frozen=True, kw_only=True, slots=True)
class HowToRead:
    """What somebody chose. ``digest`` names the plan that they saw; ``keep_good`` leaves out what is refused."""

    form: str
    bank: int
    category: str = ""
    digest: str = ""
    keep_good: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StagedFile:
    """The file and what was chosen."""

    how: HowToRead
    data: bytes

    def as_bytes(self) -> bytes:
        """Return it as it is kept until it is confirmed: one line of JSON, then the file."""
        return json.dumps(asdict(self.how)).encode() + b"\n" + self.data

    @staticmethod
    def from_bytes(kept: bytes) -> StagedFile:
        """Return what was kept."""
        head, _end, data = kept.partition(b"\n")
        return StagedFile(how=HowToRead(**json.loads(head)), data=data)

    def plan(self, bank: ItemBank) -> Plan:
        """Return what importing it would do now."""
        return plan_import(read_questions(self.data, self.how.form), under=category_of(self.how.category), bank=bank)
