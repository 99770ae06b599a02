"""A plan carried out: all of it or nothing."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from academy.exchange.organisations.plan import ImportPlan, Outcome, PlannedRow
from academy.people.api import OrganisationRefused, amend_organisation, found_organisation
from academy.people.models import Organisation, User


class ImportRefused(Exception):
    """Nothing was written; the message says why."""


@transaction.atomic
def carry_out(plan: ImportPlan, *, by: User | None, at: datetime, partly: bool = False) -> None:
    """Found and amend what the plan says, what hangs above first.

    While any row is refused nothing is written, unless ``partly``. Raises ImportRefused, also when the domain
    refuses what the plan did not foresee.
    """
    if plan.problems or (plan.refused and not partly):
        raise ImportRefused(_("Some rows cannot be imported."))
    for row in plan.in_order():
        try:
            _write(row, by=by, at=at)
        except (OrganisationRefused, ValidationError) as error:
            told = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            raise ImportRefused(f"{row.line}: {told}") from error


def _write(row: PlannedRow, *, by: User | None, at: datetime) -> None:
    wanted = row.wanted
    if row.outcome is Outcome.CHANGED:
        amend_organisation(
            organisation=Organisation.objects.get(code=row.code),
            name=wanted.name,
            language=wanted.language,
            time_zone=wanted.time_zone,
            takes_requests=wanted.takes_requests,
            names=wanted.names,
            domains=wanted.domains,
            by=by,
            at=at,
        )
        return
    found_organisation(
        kind=wanted.kind,
        code=row.code,
        parent=Organisation.objects.get(code=wanted.parent_code) if wanted.parent_code else None,
        name=wanted.name,
        language=wanted.language,
        time_zone=wanted.time_zone,
        takes_requests=wanted.takes_requests,
        names=wanted.names,
        domains=wanted.domains,
        by=by,
        at=at,
    )
