"""Who can do what: seen, given and withdrawn in the CMS, as far as one's own right reaches."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from academy.lib.clock import now
from academy.people.enums import GrantKind
from academy.people.models import Grant, Organisation, User
from tests.factories.people import MembershipFactory, OrganisationFactory, StaffFactory, UserFactory, grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def colombia() -> Organisation:
    return OrganisationFactory(parent=OrganisationFactory(code="programme"), code="colombia", name="Colombia")


@pytest.fixture
def indonesia(colombia: Organisation) -> Organisation:
    return OrganisationFactory(parent=Organisation.objects.get(code="programme"), code="indonesia", name="Indonesia")


@pytest.fixture
def office(colombia: Organisation) -> User:
    return StaffFactory(display_name="Olga", kinds=[GrantKind.ORGANISATION_ADMIN], kinds__place=colombia)


@pytest.fixture
def member(colombia: Organisation) -> User:
    return MembershipFactory(organisation=colombia, person=UserFactory(display_name="Marta")).person


@pytest.fixture
def stranger(indonesia: Organisation) -> User:
    return MembershipFactory(organisation=indonesia, person=UserFactory(display_name="Budi Canary")).person


def page_of(person: User) -> str:
    return reverse("person_rights", args=[person.public_id])


GOOD = {"kind": "author", "starts_on": "", "ends_on": "", "reason": "Writes the module on interests."}


def test_administrator_gives_a_right_in_their_branch(
    client: Client, office: User, member: User, colombia: Organisation
) -> None:
    client.force_login(office)

    response = client.post(page_of(member), {**GOOD, "organisation": colombia.pk}, follow=True)

    assert response.status_code == 200
    assert "Marta may now do this: Author, Colombia." in response.text
    given = Grant.objects.get(person=member)
    assert (given.kind, given.organisation, given.given_by, given.reason, given.ends_at) == (
        "author",
        colombia,
        office,
        "Writes the module on interests.",
        None,
    )
    assert "Write new pages" in response.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "Say why: it stays on record."),
        ({"kind": "site_admin"}, "Select a valid choice."),
        ({"kind": "king"}, "Select a valid choice."),
        ({"starts_on": "2031-02-01", "ends_on": "2031-01-01"}, "It must end after it starts."),
        ({"ends_on": "2020-01-01"}, "It must end after it starts."),
        ({"ends_on": "soon"}, "Enter a valid date."),
        ({"organisation": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_given_is_said_and_nothing_is_lost(
    client: Client, office: User, member: User, colombia: Organisation, changes: dict[str, str], message: str
) -> None:
    client.force_login(office)

    response = client.post(page_of(member), {**GOOD, "organisation": colombia.pk, **changes})

    assert response.status_code == 200
    assert message in response.text
    assert not Grant.objects.filter(person=member).exists()
    if changes.get("reason") != "":
        assert GOOD["reason"] in response.text


def test_right_is_withdrawn_after_a_question(
    client: Client, office: User, member: User, colombia: Organisation
) -> None:
    grant(member, GrantKind.AUTHOR, place=colombia)
    client.force_login(office)
    address = reverse("withdraw_grant", args=[Grant.objects.get(person=member).uuid])

    assert "Marta will no longer be able to do this: Author, Colombia." in client.get(address).text
    assert Grant.objects.in_force(now()).filter(person=member).exists()
    response = client.post(address, {"reason": "Left."}, follow=True)

    assert "Withdrawn. It holds no longer, in open sessions either." in response.text
    assert not Grant.objects.in_force(now()).filter(person=member).exists()
    assert client.post(address).status_code == 302  # twice is as good as once


def test_people_and_grants_of_another_country_do_not_exist(
    client: Client, office: User, stranger: User, indonesia: Organisation
) -> None:
    grant(stranger, GrantKind.AUTHOR, place=indonesia)
    client.force_login(office)
    theirs = Grant.objects.get(person=stranger)
    nobody = client.get(reverse("person_rights", args=[uuid.uuid4()]))
    assert nobody.status_code == 404

    for address in (
        page_of(stranger),
        reverse("withdraw_grant", args=[theirs.uuid]),
        reverse("wagtailusers_users:edit", args=[stranger.pk]),
        reverse("wagtailusers_users:history", args=[stranger.pk]),
        reverse("wagtailusers_users:usage", args=[stranger.pk]),
    ):
        for response in (client.get(address), client.post(address, {**GOOD, "organisation": indonesia.pk})):
            assert (response.status_code, response.text) == (404, nobody.text), address
    for address in (
        reverse("who_can_do_what"),
        reverse("who_can_do_what_results") + "?q=Canary",
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:index_results") + "?q=Canary",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert "Budi Canary" not in response.text
        assert "Indonesia" not in response.text
    assert Grant.objects.in_force(now()).filter(pk=theirs.pk).exists()


def test_those_who_see_people_but_not_grants_are_shown_none(
    client: Client, colombia: Organisation, member: User
) -> None:
    grant(member, GrantKind.AUTHOR, place=colombia)
    client.force_login(StaffFactory(kinds=[GrantKind.TRAINER], kinds__place=colombia))

    response = client.get(page_of(member))

    assert response.status_code == 200
    assert "Author" not in response.text
    assert "Give a right" not in response.text
    assert client.get(reverse("who_can_do_what")).status_code == 404


def test_auditor_reads_and_writes_nothing(client: Client, colombia: Organisation, member: User) -> None:
    grant(member, GrantKind.AUTHOR, place=colombia)
    client.force_login(StaffFactory(kinds=[GrantKind.AUDITOR], kinds__place=colombia))

    page = client.get(page_of(member))
    client.post(page_of(member), {**GOOD, "organisation": colombia.pk, "kind": "publisher"})

    assert "Author: Colombia" in page.text
    assert "Give a right" not in page.text
    assert client.get(reverse("withdraw_grant", args=[Grant.objects.get(person=member).uuid])).status_code == 404
    assert [one.kind for one in Grant.objects.filter(person=member)] == ["author"]


def test_account_is_opened_in_ones_own_branch(
    client: Client, office: User, colombia: Organisation, indonesia: Organisation
) -> None:
    client.force_login(office)
    new = {"email": "new@example.org", "display_name": "Nadia", "language": "es", "time_zone": "UTC"}

    for place, message in (("", "Choose where they work."), (indonesia.pk, "Select a valid choice.")):
        response = client.post(reverse("wagtailusers_users:add"), {**new, "organisation": place})
        assert message in response.text
    assert client.post(reverse("wagtailusers_users:add"), {**new, "organisation": colombia.pk}).status_code == 302

    nadia = User.objects.get(email="new@example.org")
    assert [one.organisation for one in nadia.memberships.all()] == [colombia]


def test_address_of_an_account_is_changed_by_administrators_of_the_site_alone(
    client: Client, office: User, member: User
) -> None:
    client.force_login(office)

    response = client.post(
        reverse("wagtailusers_users:edit", args=[member.pk]),
        {
            "email": "mine@example.org",
            "display_name": "Marta M.",
            "language": "es",
            "time_zone": "UTC",
            "is_active": "on",
        },
    )

    assert response.status_code == 302
    before = member.email
    member.refresh_from_db()
    assert (member.email, member.display_name) == (before, "Marta M.")


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_however_many_there_are(
    client: Client, office: User, colombia: Organisation, count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        grant(MembershipFactory(organisation=colombia).person, GrantKind.AUTHOR, place=colombia)
    client.force_login(office)
    client.get(reverse("who_can_do_what_results"))

    with django_assert_num_queries(11):
        client.get(reverse("who_can_do_what_results"))
    with django_assert_num_queries(11):
        client.get(reverse("wagtailusers_users:index_results"))


def test_list_is_filtered_by_kind_place_and_state(
    client: Client, colombia: Organisation, indonesia: Organisation
) -> None:
    client.force_login(StaffFactory(display_name="Ada", kinds=[GrantKind.SITE_ADMIN]))
    StaffFactory(display_name="Ana Author", kinds=[GrantKind.AUTHOR], kinds__place=colombia)
    StaffFactory(display_name="Tom Trainer", kinds=[GrantKind.TRAINER], kinds__place=indonesia)
    over = StaffFactory(display_name="Ola Over", kinds=[GrantKind.AUTHOR], kinds__place=indonesia)
    Grant.objects.filter(person=over).update(withdrawn_at=now(), withdrawn_by=over)

    def names(**query: Any) -> set[str]:
        listing = client.get(reverse("who_can_do_what"), query)
        return {one.person.display_name for one in listing.context["object_list"]}

    assert names() == {"Ada", "Ana Author", "Tom Trainer", "Ola Over"}
    assert names(kind="author") == {"Ana Author", "Ola Over"}
    assert names(organisation=indonesia.pk) == {"Tom Trainer", "Ola Over"}
    assert names(state="now") == {"Ada", "Ana Author", "Tom Trainer"}
    assert names(state="over") == {"Ola Over"}
    assert names(state="later") == set()
    assert names(q="Tom") == {"Tom Trainer"}


def test_kinds_are_explained(client: Client, office: User) -> None:
    client.force_login(office)

    html = client.get(reverse("what_grants_mean")).text

    for kind in GrantKind:
        assert f"<h2>{kind.label}</h2>" in html
