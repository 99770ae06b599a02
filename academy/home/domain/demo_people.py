"""Who is in the demo, where they work, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from academy.people.api import (
    GrantKind,
    GrantScope,
    JoinedBy,
    OrganisationKind,
    find_organisation,
    found_organisation,
    give_grant,
    join,
    open_account,
)
from academy.people.models import Organisation, User

PROGRAMME = "digital-buying"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """One organisation of the demo. No ministry of this name exists."""

    code: str
    kind: OrganisationKind
    parent: str | None
    name: str
    names: dict[str, str] = field(default_factory=dict)
    language: str = "en"
    time_zone: str = "UTC"
    # Whoever opens an account there joins when they have confirmed it.
    domains: tuple[str, ...] = ()


PLACES = (
    Place(
        code=PROGRAMME,
        kind=OrganisationKind.PROGRAMME,
        parent=None,
        name="Digital Buying Programme",
        names={"es": "Programa de Compra Digital", "id": "Program Pembelian Digital"},
    ),
    Place(
        code="indonesia",
        kind=OrganisationKind.COUNTRY,
        parent=PROGRAMME,
        name="Indonesia",
        time_zone="Asia/Jakarta",
        language="id",
        names={"en": "Indonesia", "es": "Indonesia"},
        domains=("indonesia.example",),
    ),
    Place(
        code="id-digital-services",
        kind=OrganisationKind.AGENCY,
        parent="indonesia",
        name="Badan Layanan Digital",
        time_zone="Asia/Jakarta",
        language="id",
        names={"en": "Digital Services Agency", "es": "Agencia de Servicios Digitales"},
        domains=("digital.indonesia.example",),
    ),
    Place(
        code="colombia",
        kind=OrganisationKind.COUNTRY,
        parent=PROGRAMME,
        name="Colombia",
        time_zone="America/Bogota",
        language="es",
        names={"en": "Colombia", "id": "Kolombia"},
    ),
    Place(
        code="co-central-purchasing",
        kind=OrganisationKind.AGENCY,
        parent="colombia",
        name="Oficina Central de Compras",
        time_zone="America/Bogota",
        language="es",
        names={"en": "Central Purchasing Office", "id": "Kantor Pembelian Pusat"},
    ),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Persona:
    """One demo account. ``grants`` are kinds with the code of an organisation, or None for everywhere."""

    email: str
    name: str
    what: str
    at_work: str | None = None
    grants: tuple[tuple[GrantKind, str | None], ...] = ()


PERSONAS = (
    Persona(
        email="learner@example.org",
        name="Sari Wulandari",
        what="a learner in the middle of a course",
        at_work="id-digital-services",
    ),
    Persona(
        email="trainer@example.org",
        name="Diego Ramírez",
        what="a trainer",
        at_work="co-central-purchasing",
        grants=((GrantKind.AUTHOR, None), (GrantKind.PUBLISHER, None), (GrantKind.TRAINER, "colombia")),
    ),
    Persona(
        email="manager@example.org",
        name="Naledi Mokoena",
        what="a programme manager who holds a certificate",
        at_work=PROGRAMME,
        grants=((GrantKind.PROGRAMME_MANAGER, PROGRAMME),),
    ),
    Persona(
        email="editor@example.org",
        name="Aisyah Rahman",
        what="an editor",
        at_work="id-digital-services",
        grants=((GrantKind.AUTHOR, None), (GrantKind.PUBLISHER, None)),
    ),
    Persona(
        email="office@example.org",
        name="Budi Hartono",
        what="the administrator of Indonesia",
        at_work="indonesia",
        grants=((GrantKind.ORGANISATION_ADMIN, "indonesia"),),
    ),
    Persona(
        email="admin@example.org",
        name="Ines Duarte",
        what="the administrator",
        grants=((GrantKind.SITE_ADMIN, None),),
    ),
)


@transaction.atomic
def seed_organisations(*, at: datetime) -> dict[str, Organisation]:
    """Found the organisations that are missing. Returns all of them by code."""
    found: dict[str, Organisation] = {}
    for place in PLACES:
        found[place.code] = find_organisation(place.code) or found_organisation(
            kind=place.kind,
            code=place.code,
            name=place.name,
            names=place.names,
            parent=found[place.parent] if place.parent else None,
            language=place.language,
            time_zone=place.time_zone,
            domains=place.domains,
            by=None,
            at=at,
        )
    return found


@transaction.atomic
def seed_people(*, password: str, at: datetime) -> dict[str, User]:
    """Open the demo accounts that are missing. Returns all of them by the part of the address before the @."""
    places = seed_organisations(at=at)
    people = {}
    for persona in PERSONAS:
        user = User.objects.filter(email=persona.email).first() or open_account(
            email=persona.email,
            display_name=persona.name,
            language="en",
            by=None,
            at=at,
            password=password,
            verified=True,
        )
        if persona.at_work:
            join(person=user, organisation=places[persona.at_work], through=JoinedBy.STAFF, by=None, at=at)
        for kind, place in persona.grants:
            give_grant(
                person=user,
                kind=kind,
                scope=GrantScope.ORGANISATION if place else GrantScope.SITE,
                organisation=places[place] if place else None,
                by=None,
                at=at,
            )
        people[persona.email.partition("@")[0]] = user
    return people
