"""Organisations in the CMS: one's own part of the tree can be seen and changed, and nothing else exists."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.permissions import policy_registry

from academy.home.models import HomePage
from academy.people.domain.memberships import add_member
from academy.people.domain.organisations import close_organisation
from academy.people.enums import GrantKind, OrganisationKind
from academy.people.models import Membership, MembershipRequest, Organisation, OrganisationMove, User
from tests.factories.people import (
    MembershipFactory,
    MembershipRequestFactory,
    OrganisationDomainFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    StaffFactory,
    UserFactory,
    grant,
)
from tests.support.moment import AT
from tests.support.organisations import Places, administrator, places
from tests.support.queries import counted_get

pytestmark = pytest.mark.django_db

GOOD = {"name": "New", "language": "en", "time_zone": "UTC", "domains": "", "takes_requests": "on"}
OF_ONE = ("inspect", "edit", "history", "usage", "move", "close", "sections", "add_member")


@pytest.fixture
def tree() -> Places:
    return places()


@pytest.fixture
def office(client: Client, tree: Places) -> User:
    """The administrator of the north is signed in."""
    person = administrator(tree.north, display_name="Nora")
    client.force_login(person)
    return person


def address(name: str, *args: object) -> str:
    return reverse(f"organisation:{name}", args=args)


def codes(client: Client, **query: str) -> list[str]:
    return [one.code for one in client.get(address("index"), query).context["object_list"]]


# Reach -------------------------------------------------------------------------------------------


def test_list_is_the_part_of_the_tree_that_one_reaches(client: Client, office: User) -> None:
    assert codes(client) == ["north", "ministry", "unit"]
    assert codes(client, q="min") == ["ministry"]
    assert codes(client, q="south") == []


def test_search_finds_names_in_every_language_once(client: Client, tree: Places, office: User) -> None:
    for language in ("es", "id"):
        OrganisationNameFactory(organisation=tree.ministry, language=language, name="Kementerian")

    assert codes(client, q="kementerian") == ["ministry"]


@pytest.mark.parametrize("kind", [GrantKind.SITE_ADMIN, GrantKind.TRAINER, GrantKind.AUDITOR])
def test_grant_for_the_site_shows_the_whole_tree(client: Client, tree: Places, kind: GrantKind) -> None:
    client.force_login(StaffFactory(kinds=[kind]))

    assert codes(client) == ["programme", "north", "ministry", "unit", "south", "office"]


@pytest.mark.parametrize("place", ["south", "office", "programme"])
@pytest.mark.parametrize("name", OF_ONE)
def test_out_of_reach_is_as_what_does_not_exist(
    client: Client, tree: Places, office: User, name: str, place: str
) -> None:
    for send in (client.get, client.post):
        missing = send(address(name, 987654))
        response = send(address(name, getattr(tree, place).pk))

        assert (missing.status_code, response.status_code) == (404, 404)
        assert response.content == missing.content


@pytest.mark.parametrize("name", [*OF_ONE, "delete"])
def test_who_may_only_look_changes_nothing(client: Client, tree: Places, name: str) -> None:
    client.force_login(grant(UserFactory(), GrantKind.AUDITOR, place=tree.north))

    response = client.get(address(name, tree.ministry.pk))

    assert response.status_code == (200 if name == "inspect" else 404)


def test_author_sees_no_organisations(client: Client, tree: Places) -> None:
    client.force_login(StaffFactory(kinds=[GrantKind.AUTHOR]))

    assert client.get(address("index")).status_code == 302
    assert client.get(address("inspect", tree.north.pk)).status_code == 404
    assert address("index") not in client.get(reverse("wagtailadmin_home")).text


def test_membership_and_request_of_another_branch_do_not_exist(client: Client, tree: Places, office: User) -> None:
    membership = MembershipFactory(organisation=tree.office)
    request = MembershipRequestFactory(organisation=tree.office)

    for name, row in (("end_membership", membership), ("accept_request", request), ("refuse_request", request)):
        for send in (client.get, client.post):
            assert send(address(name, row.pk)).status_code == 404
    membership.refresh_from_db()
    request.refresh_from_db()
    assert (membership.left_at, request.decided_at) == (None, None)


def test_policy_tells_wagtail_the_same(tree: Places) -> None:
    policy = policy_registry.get_by_type(Organisation)
    north, site = administrator(tree.north), StaffFactory(kinds=[GrantKind.SITE_ADMIN])
    looks = grant(UserFactory(), GrantKind.AUDITOR, place=tree.ministry)

    def instances(person: User, *actions: str) -> list[str]:
        return [one.code for one in policy.instances_user_has_any_permission_for(person, actions)]

    assert instances(north, "change") == ["north", "ministry", "unit"]
    assert instances(looks, "view", "change") == ["ministry", "unit"]
    assert instances(looks, "change") == []
    assert instances(site, "delete") == []
    assert not policy.user_has_permission(site, "delete")
    assert policy.user_has_permission_for_instance(north, "change", tree.unit)
    assert not policy.user_has_permission_for_instance(north, "change", tree.programme)
    assert not policy.user_has_any_permission_for_instance(north, ["view", "change"], tree.office)
    assert set(policy.users_with_permission_for_instance("change", tree.unit)) == {north, site}
    assert set(policy.users_with_any_permission_for_instance(["view"], tree.unit)) == {north, site, looks}
    assert set(policy.users_with_permission_for_instance("change", tree.office)) == {site}


def test_history_of_the_site_is_for_those_who_reach_all_of_it(client: Client, tree: Places) -> None:
    history = reverse("wagtailadmin_reports:site_history")
    close_organisation(organisation=tree.office, by=UserFactory(is_superuser=True), at=AT)

    for person, status in (
        (grant(administrator(tree.north), GrantKind.AUTHOR), 404),
        (grant(UserFactory(), GrantKind.AUDITOR, place=tree.north), 404),
        (StaffFactory(kinds=[GrantKind.AUDITOR]), 200),
        (StaffFactory(kinds=[GrantKind.SITE_ADMIN]), 200),
    ):
        client.force_login(person)
        assert client.get(history).status_code == status
        if status == 404:
            assert history not in client.get(reverse("wagtailadmin_home")).text


# Founding and amending ---------------------------------------------------------------------------


def test_form_offers_only_places_in_reach(client: Client, tree: Places, office: User) -> None:
    form = client.get(address("add"), {"parent": tree.ministry.pk}).context["form"]

    assert [one.code for one in form.fields["parent"].queryset] == ["north", "ministry", "unit"]
    assert (form.initial["parent"], form.initial["kind"]) == (tree.ministry, OrganisationKind.AGENCY)
    assert form.fields["parent"].required
    assert client.get(address("add"), {"parent": tree.office.pk}).context["form"].initial.get("parent") is None
    assert client.get(address("add"), {"parent": "9" * 40}).status_code == 200


def test_organisation_is_added_below_another(client: Client, tree: Places, office: User) -> None:
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")

    response = client.post(
        address("add"),
        {
            **GOOD,
            "parent": tree.ministry.pk,
            "kind": "unit",
            "code": "lab",
            "name": "Lab",
            "name_es": "Laboratorio",
            "domains": "lab.north.example\r\n@lab2.north.example",
        },
    )

    lab = Organisation.objects.get(code="lab")
    assert response["Location"] == address("inspect", lab.pk)
    assert lab.get_parent() == tree.ministry
    assert (lab.kind, lab.name, lab.takes_requests) == (OrganisationKind.UNIT, "Lab", True)
    assert list(lab.names.values_list("language", "name")) == [("es", "Laboratorio")]
    assert [one.domain for one in lab.domains.all()] == ["lab.north.example", "lab2.north.example"]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"code": "north"}, "code", "Organisation with this Code already exists."),
        ({"code": "Lab 1"}, "code", "Use small letters, digits and single hyphens, like health-ministry."),
        ({"kind": "country"}, "parent", "“Ministry” (Ministry or agency) cannot hold this: Country."),
        ({"parent": "office"}, "parent", "Choose an organisation from the list."),
        ({"parent": ""}, "parent", "Choose an organisation."),
        ({"domains": "nonsense"}, "domains", "“nonsense” is not a domain. Write it like health.gov.example."),
        (
            {"domains": "other.example"},
            "domains",
            "other.example does not lie within a domain of an organisation above. Ask the site’s administrator.",
        ),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "Select a valid choice."),
        ({"name": ""}, "name", "This field is required."),
        ({"name_es": "a" * 151}, "name_es", "Ensure this value has at most 150 characters"),
    ],
)
def test_fault_is_told_beside_its_field_and_nothing_is_lost(
    client: Client, tree: Places, office: User, changes: dict[str, Any], field: str, message: str
) -> None:
    data = {**GOOD, "parent": tree.ministry.pk, "kind": "unit", "code": "lab", **changes}
    if data["parent"] == "office":
        data["parent"] = tree.office.pk

    response = client.post(address("add"), data)

    assert response.status_code == 200
    (told,) = response.context["form"].errors[field]
    assert message in told
    assert told.replace("’", "&#x27;") in response.text.replace("’", "&#x27;")
    assert Organisation.objects.count() == 6


def test_only_the_site_founds_programmes(client: Client, tree: Places, office: User) -> None:
    data = {**GOOD, "kind": "programme", "code": "second"}
    refused = client.post(address("add"), {**data, "parent": ""})
    client.force_login(StaffFactory(kinds=[GrantKind.SITE_ADMIN]))
    made = client.post(address("add"), {**data, "parent": ""})

    assert (refused.status_code, made.status_code) == (200, 302)
    assert Organisation.objects.get(code="second").depth == 1


def test_organisation_is_amended_and_the_page_says_so(client: Client, tree: Places, office: User) -> None:
    form = client.get(address("edit", tree.ministry.pk)).context["form"]
    response = client.post(
        address("edit", tree.ministry.pk), {**GOOD, "name": "Health", "name_id": "Kesehatan", "takes_requests": ""}
    )

    assert form.initial["name"] == "Ministry"
    assert response["Location"] == address("inspect", tree.ministry.pk)
    ministry = Organisation.objects.get(pk=tree.ministry.pk)
    assert (ministry.name, ministry.takes_requests) == ("Health", False)
    page = client.get(response["Location"])
    assert [(one.what, one.fields, one.by) for one in page.context["history"]] == [
        ("edited", ("name", "takes_requests", "names"), "Nora")
    ]
    for words in ("“Health” is saved.", "Kesehatan", "Changed: Name, Takes requests, Names in other languages"):
        assert words in page.text


# Moving, closing, pages --------------------------------------------------------------------------


def test_move_says_what_follows_before_anything_moves(client: Client, tree: Places, office: User) -> None:
    second = OrganisationFactory(parent=tree.north, kind="agency", code="second", name="Second")
    MembershipFactory(organisation=tree.unit)
    data = {"parent": second.pk, "reason": "They merged."}

    asked = client.post(address("move", tree.ministry.pk), data)

    assert asked.status_code == 200
    assert asked.context["consequences"][:3] == [
        "It will belong to “Second”.",
        "1 organisation below it moves along.",
        "1 person belongs to it or below, and stays there.",
    ]
    assert OrganisationMove.objects.count() == 0
    assert Organisation.objects.get(code="ministry").get_parent() == tree.north

    moved = client.post(address("move", tree.ministry.pk), {**data, "confirm": "yes"})

    assert moved["Location"] == address("inspect", tree.ministry.pk)
    assert Organisation.objects.get(code="ministry").get_parent() == second
    page = client.get(moved["Location"])
    assert "Moved from “North” to “Second”: They merged." in page.text
    assert page.context["line"] == ["Programme", "North", "Second"]


@pytest.mark.parametrize("confirm", [{}, {"confirm": "yes"}])
def test_move_that_cannot_be_is_told_beside_its_field(
    client: Client, tree: Places, office: User, confirm: dict[str, str]
) -> None:
    data = {"parent": tree.north.pk, "reason": "x", **confirm}

    response = client.post(address("move", tree.unit.pk), data)
    outside = client.post(address("move", tree.unit.pk), {**data, "parent": tree.office.pk, "reason": ""})

    assert response.context["form"].errors == {"parent": ["“North” (Country) cannot hold this: Unit."]}
    assert outside.context["form"].errors == {
        "parent": ["Choose an organisation from the list."],
        "reason": ["This field is required."],
    }
    assert not response.context["asks"]
    assert OrganisationMove.objects.count() == 0


def test_closing_is_confirmed_and_refused_with_words(client: Client, tree: Places, office: User) -> None:
    refused = client.post(address("close", tree.ministry.pk))
    asked = client.get(address("close", tree.unit.pk))
    closed = client.post(address("close", tree.unit.pk))

    assert "Close or move what hangs below it first." in refused.text
    assert "Nobody can join it any more" in asked.text
    assert closed.status_code == 302
    assert Organisation.objects.get(code="unit").closed_by == office
    page = client.get(address("inspect", tree.unit.pk))
    assert "Nobody can join it." in page.text
    assert address("edit", tree.unit.pk) not in page.text


def test_pages_are_given_and_taken_by_the_site_alone(client: Client, tree: Places, site_tree: HomePage) -> None:
    site = StaffFactory(kinds=[GrantKind.SITE_ADMIN])
    client.force_login(site)
    own = address("sections", tree.north.pk)

    given = client.post(own, {"page": site_tree.pk}, follow=True)
    twice = client.post(address("sections", tree.south.pk), {"page": site_tree.pk})
    nothing = client.post(own, {"page": ""})

    assert [page.pk for page in given.context["pages"]] == [site_tree.pk]
    assert "belongs to it now, with all below it" in given.text
    assert "One of these pages belongs to another organisation already." in twice.text
    assert nothing.context["form"].errors == {"page": ["This field is required."]}
    taken = client.post(own, {"remove": str(site_tree.translation_key)}, follow=True)
    assert taken.context["pages"] == []
    client.force_login(administrator(tree.north))
    assert client.get(own).status_code == 404


# Members and requests ----------------------------------------------------------------------------


def test_page_shows_members_requests_and_what_was_asked(client: Client, tree: Places, office: User) -> None:
    MembershipFactory(organisation=tree.ministry, person__display_name="Ann")
    gone = MembershipFactory(organisation=tree.ministry, person__display_name="Gil")
    Membership.objects.filter(pk=gone.pk).update(left_at=AT, left_by=gone.person)
    MembershipRequestFactory(organisation=tree.ministry, person__display_name="Rita", message="I buy.")
    add_member(person=UserFactory(email="olga@example.org"), organisation=tree.ministry, by=office, at=AT)

    page = client.get(address("inspect", tree.ministry.pk))

    assert [one.person.display_name for one in page.context["current"]] == ["Ann"]
    assert [one.person.display_name for one in page.context["former"]] == ["Gil"]
    assert [one.person.display_name for one in page.context["requests"]] == ["Rita"]
    assert [one.person.email for one in page.context["offers"]] == ["olga@example.org"]
    for words in ("Ann", "Gil", "Rita", "I buy.", "olga@example.org", "Members (1)", "Former members (1)"):
        assert words in page.text


def test_figures_are_for_a_programme_manager_and_people_are_not(client: Client, tree: Places) -> None:
    MembershipFactory(organisation=tree.ministry, person__display_name="Ann Canary")
    MembershipRequestFactory(organisation=tree.ministry, person__display_name="Rita Canary")
    client.force_login(grant(UserFactory(), GrantKind.PROGRAMME_MANAGER, place=tree.north))

    listing = client.get(address("index"))
    page = client.get(address("inspect", tree.ministry.pk))

    assert [one.members for one in listing.context["object_list"]] == [0, 1, 0]
    assert page.status_code == 200
    assert "Canary" not in page.text + listing.text
    for name in ("add_member", "edit", "move", "close"):
        assert address(name, tree.ministry.pk) not in page.text


def test_member_is_added_or_asked(client: Client, tree: Places, office: User) -> None:
    own = MembershipFactory(organisation=tree.unit).person
    stranger = UserFactory(email="stranger@example.org")

    added = client.post(address("add_member", tree.ministry.pk), {"email": own.email.upper()}, follow=True)
    asked = client.post(address("add_member", tree.ministry.pk), {"email": stranger.email}, follow=True)

    assert f"{own.display_name} belongs to it now." in added.text
    assert "stranger@example.org is asked, and belongs to it when they say yes." in asked.text
    assert Membership.objects.filter(organisation=tree.ministry).get().person == own
    assert MembershipRequest.objects.get().person == stranger


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("nobody@example.org", "There is no account with this e-mail address. Invite the person instead."),
        ("nonsense", "Enter an e-mail address in the right form, like name@example.org."),
        ("", "Enter your e-mail address."),
        ("member@example.org", "Mem belongs to it already."),
    ],
)
def test_member_who_cannot_be_added(client: Client, tree: Places, office: User, email: str, message: str) -> None:
    MembershipFactory(organisation=tree.north, person__email="member@example.org", person__display_name="Mem")

    response = client.post(address("add_member", tree.north.pk), {"email": email})

    assert response.context["form"].errors == {"email": [message]}


def test_membership_is_ended_after_a_confirmation(client: Client, tree: Places, office: User) -> None:
    membership = MembershipFactory(organisation=tree.unit)
    address_ = address("end_membership", membership.pk)

    assert "do not belong to “Unit” any longer" in client.get(address_).text
    assert client.post(address_).status_code == 302

    membership.refresh_from_db()
    assert membership.left_by == office
    assert client.get(address_).status_code == 404


def test_request_is_accepted_or_refused_with_a_reason(client: Client, tree: Places, office: User) -> None:
    first, second = (MembershipRequestFactory(organisation=tree.unit) for _number in range(2))

    client.post(address("accept_request", first.pk))
    silent = client.post(address("refuse_request", second.pk), {"reason": " "})
    client.post(address("refuse_request", second.pk), {"reason": "Not one of ours."})
    late = client.post(address("accept_request", second.pk))

    assert silent.context["form"].errors == {"reason": ["Say why: the person reads it."]}
    assert "Somebody else has decided this already, and otherwise." in late.text
    assert list(MembershipRequest.objects.order_by("pk").values_list("accepted", "reason")) == [
        (True, ""),
        (False, "Not one of ours."),
    ]
    assert Membership.objects.get().person == first.person


# Queries -----------------------------------------------------------------------------------------

# Of the list, and of the page of one organisation; ten of each are Wagtail's own.
QUERIES = (20, 38)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries_with_one_and_with_three_of_everything(
    client: Client, tree: Places, office: User, count: int
) -> None:
    for number in range(count):
        child = OrganisationFactory(parent=tree.north, kind="agency")
        OrganisationNameFactory(organisation=child)
        OrganisationNameFactory(organisation=tree.north, language=["es", "id", "en"][number])
        OrganisationDomainFactory(organisation=tree.north)
        MembershipFactory(organisation=tree.north)
        gone = MembershipFactory(organisation=tree.north)
        Membership.objects.filter(pk=gone.pk).update(left_at=AT, left_by=gone.person)
        MembershipRequestFactory(organisation=tree.north)
        add_member(person=UserFactory(), organisation=tree.north, by=office, at=AT)
        client.post(address("edit", tree.north.pk), {**GOOD, "name": f"North {number}"})

    listing, for_listing = counted_get(client, address("index"))
    page, for_page = counted_get(client, address("inspect", tree.north.pk))

    assert (listing.status_code, page.status_code) == (200, 200)
    assert (len(for_listing), len(for_page)) == QUERIES
