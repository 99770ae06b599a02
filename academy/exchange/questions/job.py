"""The import of a confirmed file, in the background.

One step does it all: an import is everything or nothing, so there is no part of it that could be kept. Killed in the
middle, it begins again from the file.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from academy.exchange.questions.execute import ImportRefused, carry_out
from academy.exchange.questions.plan import Outcome, Plan
from academy.exchange.questions.staged import StagedFile
from academy.jobs.api import Failure, Job, JobKind, Step, register_kind, start_job
from academy.people.api import drop_upload, reach_of, stage_upload, staged_upload
from academy.people.models import User
from assessments.models import ItemBank

KIND = "questions_import"
ADD = "assessments.add_item"


def register() -> None:
    """Make it known."""
    register_kind(JobKind(name=KIND, title=gettext_lazy("Importing questions"), step=work, way_back=way_back))


def way_back(job: Job) -> str:
    """Return where the questions of the bank are."""
    return f"{reverse('questions:index')}?bank={job.about['bank']}"


def start(*, staged: StagedFile, upload: UUID, total: int, by: User, at: datetime) -> Job:
    """Put a confirmed file where no later check replaces it, and ring for a worker."""
    kept = stage_upload(purpose=_purpose(upload), content=staged.as_bytes(), by=by, at=at)
    drop_upload(uuid=upload, by=by)
    about: dict[str, int | str] = {"upload": str(upload), "kept": str(kept), "bank": staged.how.bank}
    return start_job(kind=KIND, by=by, at=at, total=total, about=about)


def _purpose(upload: UUID) -> str:
    return f"bank:{upload.hex}"


def work(job: Job, at: datetime) -> Step:
    """Import the file if it would still do what was confirmed, and whoever confirmed it still may."""
    by = User.objects.get(pk=job.asked_by_id)
    kept = UUID(job.about["kept"])
    content = staged_upload(uuid=kept, purpose=_purpose(UUID(job.about["upload"])), by=by, at=at)
    bank = ItemBank.objects.within(reach_of(by, ADD, at=at)).filter(pk=job.about["bank"]).first()
    if content is None or bank is None:
        return _stopped(_("The file is no longer here. Choose it again."))
    staged = StagedFile.from_bytes(content)
    plan = staged.plan(bank)
    if plan.digest != staged.how.digest:
        return _stopped(_("The bank has changed since you looked. Check the file again."))
    try:
        carry_out(plan, bank=bank, by=by, at=at, keep_good=staged.how.keep_good)
    except ImportRefused as refused:
        return _stopped(str(refused))
    drop_upload(uuid=kept, by=by)
    return Step(
        done=len(plan.taken),
        failures=_failures(plan),
        total=len(plan.rows),
        finished=True,
        message=_(
            "Imported as drafts. Questions: %(questions)d; new: %(new)d, changed: %(changed)d, "
            "unchanged: %(unchanged)d, left out: %(refused)d."
        )
        % plan.totals,
    )


def _stopped(why: str) -> Step:
    return Step(finished=True, message=_("Nothing was imported. %(reason)s") % {"reason": why})


def _failures(plan: Plan) -> list[Failure]:
    return [
        Failure(position=judged.line or judged.number, item=judged.called, problem=" ".join(judged.problems))
        for judged in (row.judged for row in plan.of(Outcome.REFUSED))
    ]


def confirmed(staged: StagedFile, *, digest: str, keep_good: bool) -> StagedFile:
    """Return the file with what was confirmed of it."""
    return replace(staged, how=replace(staged.how, digest=digest, keep_good=keep_good))
