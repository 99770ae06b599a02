"""A thousand organisations and fifty thousand people: pages take the same queries as with a few, and under a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from academy.home.models import HomePage
from academy.people.domain.grants import reach_of
from academy.people.domain.my_work import find_to_ask
from academy.people.domain.sections import set_sections
from academy.people.enums import GrantKind, JoinedBy, OrganisationKind
from academy.people.models import Membership, Organisation, User, sees_members
from academy.people.rules import can_amend
from tests.factories.people import MembershipFactory, UserFactory, grant
from tests.support.moment import AT
from tests.support.organisations import administrator, places
from tests.support.queries import counted_get

pytestmark = pytest.mark.django_db

# A programme, ten countries of 11 agencies each, and 8 units in each of these.
ORGANISATIONS, PEOPLE = 1 + 10 + 10 * 11 + 10 * 11 * 8, 50_000
COUNTRIES = 10
BATCH = 10_000


def grow() -> None:
    """Make a programme of ten countries, with agencies and units, and people in all of them."""
    root = Organisation.add_root(code="large", name="Large", kind=OrganisationKind.PROGRAMME)
    made: list[Organisation] = []

    def children(parent: Organisation, count: int, kind: OrganisationKind) -> list[Organisation]:
        parent.numchild = count
        fresh = []
        for number in range(count):
            path = Organisation._get_path(parent.path, parent.depth + 1, number + 1)
            code = f"{parent.code}-{number}"
            fresh.append(Organisation(path=path, depth=parent.depth + 1, code=code, name=f"Place {code}", kind=kind))
        made.extend(fresh)
        return fresh

    for country in children(root, COUNTRIES, OrganisationKind.COUNTRY):
        for agency in children(country, 11, OrganisationKind.AGENCY):
            children(agency, 8, OrganisationKind.UNIT)
    root.save(update_fields=["numchild"])
    Organisation.objects.bulk_create(made)
    people = User.objects.bulk_create(
        [
            User(email=f"p{number}@example.org", display_name=f"Person {number}", password="!", date_joined=AT)
            for number in range(PEOPLE)
        ],
        batch_size=2_000,
    )
    # Foreign keys are checked by plans of the empty tables otherwise, and all at the end in one statement.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_user")
        cursor.execute("ANALYZE people_organisation")
    places = list(Organisation.objects.filter(code__startswith="large-"))
    for start in range(0, PEOPLE, BATCH):
        Membership.objects.bulk_create(
            Membership(
                person=person,
                organisation=places[number % len(places)],
                joined_through=JoinedBy.IMPORT,
                joined_at=AT,
            )
            for number, person in enumerate(people[start : start + BATCH], start=start)
        )
        connection.check_constraints()


def addresses_of(organisation: Organisation) -> tuple[str, ...]:
    """Return the tree, a search in it, and the page of one."""
    index = reverse("organisation:index")
    return index, f"{index}?q=r", reverse("organisation:inspect", args=[organisation.pk])


def measured(act: Callable[[], Any]) -> tuple[Any, int, float]:
    """Return what an act returned, its queries, and the seconds that it takes: of three times, as others work here too."""
    taken = []
    for _again in range(3):
        with CaptureQueriesContext(connection) as queries:
            start = time.perf_counter()
            found = act()
            taken.append(time.perf_counter() - start)
    return found, len(queries), min(taken)


def test_a_thousand_organisations_and_fifty_thousand_people(client: Client, site_tree: HomePage) -> None:
    small = places()
    MembershipFactory(organisation=small.ministry)
    MembershipFactory(organisation=small.north)
    client.force_login(administrator(small.north))
    few = [len(counted_get(client, address)[1]) for address in addresses_of(small.north)]

    grow()
    assert Organisation.objects.filter(code__startswith="large").count() == ORGANISATIONS
    country = Organisation.objects.get(code="large-0")
    admin = administrator(country)
    client.force_login(admin)

    # The pages of the CMS.
    many = [len(counted_get(client, address)[1]) for address in addresses_of(country)]
    assert many == few
    for address in addresses_of(country):
        response, _queries, seconds = measured(lambda address=address: client.get(address))
        assert response.status_code == 200
        assert seconds < 1

    # How far a right reaches, and whether somebody is within.
    inside = User.objects.get(email="p0@example.org")
    outside = Membership.objects.filter(organisation__code="large-9").first().person
    for act, found, queries in (
        (lambda: reach_of(admin, "people.change_user").paths, (country.path,), 1),
        (lambda: can_amend(admin, inside), True, 3),
        (lambda: can_amend(admin, outside), False, 2),
        (lambda: User.objects.filter(sees_members(reach_of(admin, "people.view_user"))).count() > 4_000, True, 2),
        (lambda: len(find_to_ask(words="place", person=inside)[0]), 20, 4),
    ):
        was, taken_, seconds = measured(act)
        assert (was, taken_) == (found, queries)
        assert seconds < 1

    # An author may edit a page: what Wagtail asks does not grow with the tree.
    set_sections(organisation=country, keys=[site_tree.translation_key], by=None, at=AT)
    author = grant(UserFactory(), GrantKind.AUTHOR, place=country)
    may, taken_, seconds = measured(lambda: site_tree.permissions_for_user(User.objects.get(pk=author.pk)).can_edit())
    # One of them fetches the person.
    assert (may, taken_ - 1 <= 2) == (True, True)
    assert seconds < 1
