"""Organisations as a table: out, and in again. An import adds and amends; it removes nobody and nothing."""

from academy.exchange.organisations.execute import ImportRefused, carry_out
from academy.exchange.organisations.export import export_organisations
from academy.exchange.organisations.plan import Change, ImportPlan, Outcome, PlannedRow, plan_import

__all__ = [
    "Change",
    "ImportPlan",
    "ImportRefused",
    "Outcome",
    "PlannedRow",
    "carry_out",
    "export_organisations",
    "plan_import",
]
