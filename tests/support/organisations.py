"""A small world of two countries."""

from __future__ import annotations

from dataclasses import dataclass

from academy.people.enums import GrantKind, OrganisationKind
from academy.people.models import Organisation, User
from tests.factories.people import OrganisationFactory, UserFactory, grant


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """A programme; in its north a ministry with a unit, in its south an office."""

    programme: Organisation
    north: Organisation
    south: Organisation
    ministry: Organisation
    unit: Organisation
    office: Organisation


def places() -> Places:
    """Found the two countries."""
    programme = OrganisationFactory(code="programme", name="Programme")
    north = OrganisationFactory(code="north", name="North", parent=programme)
    south = OrganisationFactory(code="south", name="South", parent=programme)
    ministry = OrganisationFactory(code="ministry", name="Ministry", parent=north, kind=OrganisationKind.AGENCY)
    unit = OrganisationFactory(code="unit", name="Unit", parent=ministry, kind=OrganisationKind.UNIT)
    office = OrganisationFactory(code="office", name="Office", parent=south, kind=OrganisationKind.AGENCY)
    return Places(
        **{
            made.code: Organisation.objects.get(pk=made.pk)
            for made in (programme, north, south, ministry, unit, office)
        }
    )


def administrator(place: Organisation, **fields: object) -> User:
    """Return somebody who administers a branch."""
    person: User = grant(UserFactory(**fields), GrantKind.ORGANISATION_ADMIN, place=place)
    return person
