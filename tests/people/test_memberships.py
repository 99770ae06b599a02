"""Who belongs where: joining by address, asking and being asked, leaving, and what administrators may do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Model

from academy.people.domain.memberships import (
    add_member,
    join,
    join_by_address,
    join_by_domain,
    leave,
    may_join_by_address,
)
from academy.people.domain.organisations import close_organisation
from academy.people.domain.refusals import MembershipRefused, OrganisationRefused
from academy.people.domain.requests import answer_offer, ask_to_join, decide_request
from academy.people.enums import JoinedBy
from academy.people.models import Membership, MembershipRequest, Organisation, User
from tests.factories.people import (
    MembershipFactory,
    MembershipRequestFactory,
    OrganisationDomainFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.support.moment import AT
from tests.support.organisations import Places, administrator, places
from tests.support.races import race, without_protection

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(days=1)


@pytest.fixture
def tree() -> Places:
    return places()


def current(person: User) -> list[str]:
    return sorted(Membership.objects.current().of(person).values_list("organisation__code", flat=True))


# By address --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("email", "codes"),
    [
        ("ann@north.example", ["north"]),
        ("ann@health.north.example", ["ministry"]),
        ("ann@desk.health.north.example", ["ministry"]),
        ("ann@other.north.example", ["north"]),
        ("ann@notnorth.example", []),
        ("ann@example", []),
        ("ann@south.example", ["south"]),
    ],
)
def test_nearest_domain_decides(tree: Places, email: str, codes: list[str]) -> None:
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")
    OrganisationDomainFactory(organisation=tree.ministry, domain="health.north.example")
    OrganisationDomainFactory(organisation=tree.south, domain="south.example")
    ann = UserFactory.build(email=email)
    ann.set_unusable_password()
    ann.save()
    EmailAddress.objects.create(user=ann, email=email, primary=True, verified=True)

    made = join_by_domain(person=ann, at=AT)

    assert current(ann) == codes
    assert [(one.joined_through, one.joined_by, one.joined_at) for one in made] == [
        (JoinedBy.DOMAIN, ann, AT) for _code in codes
    ]
    assert join_by_domain(person=ann, at=LATER) == []


def test_nearest_domain_decides_even_in_another_branch(tree: Places) -> None:
    OrganisationDomainFactory(organisation=tree.north, domain="gov.example")
    OrganisationDomainFactory(organisation=tree.office, domain="south.gov.example")
    ann = UserFactory(email="ann@south.gov.example")

    join_by_domain(person=ann, at=AT)

    assert current(ann) == ["office"]


def test_address_that_is_not_confirmed_opens_nothing(tree: Places) -> None:
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")
    ann = UserFactory(email="ann@north.example", verified=False)

    assert join_by_domain(person=ann, at=AT) == []
    with pytest.raises(MembershipRefused, match="None of your confirmed addresses"):
        join_by_address(person=ann, organisation=tree.north, at=AT)
    assert current(ann) == []


def test_closed_account_and_closed_organisation_are_left_out(tree: Places) -> None:
    OrganisationDomainFactory(organisation=tree.programme, domain="example.org")
    OrganisationDomainFactory(organisation=tree.unit, domain="unit.example.org")
    close_organisation(organisation=tree.unit, by=UserFactory(is_superuser=True), at=AT)
    gone = UserFactory(email="gone@example.org", is_active=False)
    ann = UserFactory(email="ann@unit.example.org")

    assert join_by_domain(person=gone, at=AT) == []
    join_by_domain(person=ann, at=AT)

    assert (current(gone), current(ann)) == ([], ["programme"])


def test_who_left_is_not_put_back_nor_put_above_but_may_come_back(tree: Places) -> None:
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")
    OrganisationDomainFactory(organisation=tree.ministry, domain="health.north.example")
    ann = UserFactory(email="ann@health.north.example")
    (membership,) = join_by_domain(person=ann, at=AT)
    leave(membership=membership, by=ann, at=LATER)

    assert join_by_domain(person=ann, at=LATER) == []
    assert [one.code for one in may_join_by_address(ann)] == ["ministry"]

    join_by_address(person=ann, organisation=tree.ministry, at=LATER)

    assert current(ann) == ["ministry"]
    assert Membership.objects.of(ann).count() == 2


def test_who_belongs_below_already_is_not_put_above(tree: Places) -> None:
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")
    ann = UserFactory(email="ann@north.example")
    MembershipFactory(person=ann, organisation=tree.unit)

    assert join_by_domain(person=ann, at=AT) == []
    assert current(ann) == ["unit"]


# Added by an administrator -----------------------------------------------------------------------


def test_administrator_adds_whom_they_reach_and_asks_whom_they_do_not(tree: Places) -> None:
    by = administrator(tree.north)
    own = MembershipFactory(organisation=tree.unit).person
    stranger = UserFactory()

    added = add_member(person=own, organisation=tree.ministry, by=by, at=AT)
    asked = add_member(person=stranger, organisation=tree.ministry, by=by, at=AT)

    assert (added.joined_through, added.joined_by) == (JoinedBy.STAFF, by)
    assert (asked.asked_by, asked.decided_at) == (by, None)
    assert (current(own), current(stranger)) == (["ministry", "unit"], [])
    assert add_member(person=stranger, organisation=tree.ministry, by=by, at=LATER) == asked
    with pytest.raises(MembershipRefused, match="waits for the person"):
        decide_request(request=asked, accept=True, by=by, at=LATER)

    answer_offer(request=asked, accept=True, by=stranger, at=LATER)

    assert current(stranger) == ["ministry"]


def test_person_may_decline_to_be_added(tree: Places) -> None:
    asked = add_member(person=UserFactory(), organisation=tree.north, by=administrator(tree.north), at=AT)

    answered = answer_offer(request=asked, accept=False, by=asked.person, at=LATER)

    assert (answered.accepted, answered.reason, answered.decided_by) == (
        False,
        "Declined by the person.",
        asked.person,
    )
    assert current(asked.person) == []
    with pytest.raises(MembershipRefused, match="and otherwise"):
        answer_offer(request=asked, accept=True, by=asked.person, at=LATER)


def test_offer_is_answered_by_nobody_else(tree: Places) -> None:
    asked = add_member(person=UserFactory(), organisation=tree.north, by=administrator(tree.north), at=AT)
    own = MembershipRequestFactory(organisation=tree.north)

    for request, by in ((asked, UserFactory()), (asked, asked.asked_by), (own, own.person)):
        with pytest.raises(MembershipRefused, match="not for you to answer"):
            answer_offer(request=request, accept=True, by=by, at=LATER)


def test_asking_each_other_is_agreement(tree: Places) -> None:
    by = administrator(tree.north)
    ann, ben = UserFactory(), UserFactory()
    add_member(person=ann, organisation=tree.north, by=by, at=AT)
    ask_to_join(person=ben, organisation=tree.north, message="", at=AT)

    ask_to_join(person=ann, organisation=tree.north, message="Please", at=LATER)
    add_member(person=ben, organisation=tree.north, by=by, at=LATER)

    assert (current(ann), current(ben)) == (["north"], ["north"])
    assert [one.accepted for one in MembershipRequest.objects.all()] == [True, True]


def test_administrator_of_one_branch_cannot_touch_members_of_another(tree: Places) -> None:
    by = administrator(tree.south)
    membership = MembershipFactory(organisation=tree.unit)
    request = MembershipRequestFactory(organisation=tree.unit)

    for refused in (
        lambda: add_member(person=UserFactory(), organisation=tree.unit, by=by, at=AT),
        lambda: leave(membership=membership, by=by, at=AT),
        lambda: decide_request(request=request, accept=True, by=by, at=AT),
    ):
        with pytest.raises(MembershipRefused, match="not yours to administer"):
            refused()
    assert current(membership.person) == ["unit"]
    assert current(request.person) == []


def test_adding_says_why_it_cannot_be(tree: Places) -> None:
    by = administrator(tree.north)
    member = MembershipFactory(organisation=tree.north).person

    for person, message in ((member, "belongs to it already"), (UserFactory(is_active=False), "account is closed")):
        with pytest.raises(MembershipRefused, match=message) as refusal:
            add_member(person=person, organisation=tree.north, by=by, at=AT)
        assert refusal.value.field == "email"


# Asked for ---------------------------------------------------------------------------------------


def test_request_is_asked_once_and_accepted_once(tree: Places) -> None:
    ann, by = UserFactory(), administrator(tree.north)

    first = ask_to_join(person=ann, organisation=tree.ministry, message=" I evaluate bids. ", at=AT)
    again = ask_to_join(person=ann, organisation=tree.ministry, message="Now!", at=LATER)
    decide_request(request=first, accept=True, by=by, at=LATER)
    twice = decide_request(request=first, accept=True, by=administrator(tree.north), at=LATER)

    assert (first, first.message) == (again, "I evaluate bids.")
    assert (twice.accepted, twice.decided_by, twice.decided_at) == (True, by, LATER)
    membership = Membership.objects.get(person=ann)
    assert (membership.joined_through, membership.joined_by) == (JoinedBy.REQUEST, by)
    with pytest.raises(MembershipRefused, match="and otherwise"):
        decide_request(request=first, accept=False, by=by, at=LATER, reason="No")
    with pytest.raises(MembershipRefused, match="belong to “Ministry” already"):
        ask_to_join(person=ann, organisation=tree.ministry, message="", at=LATER)


def test_refusal_has_a_reason_and_one_may_ask_again(tree: Places) -> None:
    by = administrator(tree.north)
    request = ask_to_join(person=UserFactory(), organisation=tree.north, message="", at=AT)

    with pytest.raises(MembershipRefused, match="Say why") as refusal:
        decide_request(request=request, accept=False, by=by, at=AT, reason=" ")
    assert refusal.value.field == "reason"
    with pytest.raises(MembershipRefused, match="500 characters"):
        decide_request(request=request, accept=False, by=by, at=AT, reason="a" * 501)
    decide_request(request=request, accept=False, by=by, at=AT, reason=" Not one of ours. ")

    request.refresh_from_db()
    assert (request.accepted, request.reason) == (False, "Not one of ours.")
    assert ask_to_join(person=request.person, organisation=tree.north, message="", at=LATER) != request


def test_nobody_decides_on_their_own_request(tree: Places) -> None:
    by = administrator(tree.north)
    request = ask_to_join(person=by, organisation=tree.north, message="", at=AT)

    with pytest.raises(MembershipRefused, match="Another administrator"):
        decide_request(request=request, accept=True, by=by, at=AT)


def test_request_that_nobody_takes(tree: Places) -> None:
    shut = OrganisationFactory(parent=tree.north, kind="agency", name="Shut", takes_requests=False)
    close_organisation(organisation=tree.unit, by=UserFactory(is_superuser=True), at=AT)

    for organisation in (shut, tree.unit):
        with pytest.raises(MembershipRefused, match="takes no requests"):
            ask_to_join(person=UserFactory(), organisation=organisation, message="", at=AT)
    with pytest.raises(MembershipRefused, match="500 characters") as refusal:
        ask_to_join(person=UserFactory(), organisation=tree.north, message="a" * 501, at=AT)
    assert refusal.value.field == "message"


def test_joining_by_another_way_settles_the_request(tree: Places) -> None:
    ann, by = UserFactory(), UserFactory()
    request = ask_to_join(person=ann, organisation=tree.north, message="", at=AT)

    join(person=ann, organisation=tree.north, through=JoinedBy.INVITATION, by=by, at=LATER)

    request.refresh_from_db()
    assert (request.accepted, request.decided_by, request.decided_at) == (True, by, LATER)


# Leaving -----------------------------------------------------------------------------------------


def test_leaving_closes_and_coming_back_is_a_new_membership(tree: Places) -> None:
    ann = UserFactory()
    first = join(person=ann, organisation=tree.north, through=JoinedBy.STAFF, by=None, at=AT)

    leave(membership=first, by=ann, at=LATER)
    leave(membership=first, by=administrator(tree.north), at=LATER)
    second = join(person=ann, organisation=tree.north, through=JoinedBy.STAFF, by=None, at=LATER)

    first.refresh_from_db()
    assert (first.left_at, first.left_by) == (LATER, ann)
    assert second != first
    assert current(ann) == ["north"]


def test_nobody_joins_what_is_closed_by_any_way(tree: Places) -> None:
    stale = Organisation.objects.get(pk=tree.unit.pk)
    close_organisation(organisation=tree.unit, by=UserFactory(is_superuser=True), at=AT)

    with pytest.raises(MembershipRefused, match="“Unit” is closed"):
        join(person=UserFactory(), organisation=stale, through=JoinedBy.IMPORT, by=None, at=AT)


# The database ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "changes", "constraint"),
    [
        (Membership, {"left_at": LATER}, "people_membership_left_together"),
        (Membership, {"left_at": AT - timedelta(days=1), "left_by": "person"}, "people_left_after_joined"),
        (Membership, {"joined_through": "magic"}, "people_joined_through"),
        (MembershipRequest, {"decided_at": LATER}, "people_request_"),
        (MembershipRequest, {"accepted": True}, "people_request_has_an_answer"),
        (
            MembershipRequest,
            {"accepted": False, "decided_at": LATER, "decided_by": "person"},
            "people_refusal_has_a_reason",
        ),
    ],
)
def test_database_refuses_nonsense(model: type[Model], changes: dict[str, Any], constraint: str) -> None:
    row: Any = MembershipFactory() if model is Membership else MembershipRequestFactory()
    filled = {name: row.person if value == "person" else value for name, value in changes.items()}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(**filled)


@pytest.mark.parametrize("make", [MembershipFactory, MembershipRequestFactory])
def test_database_keeps_one_open_row_of_a_person_and_an_organisation(make: Any) -> None:
    row = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        make(person=row.person, organisation=row.organisation)


# Races -------------------------------------------------------------------------------------------

racing = pytest.mark.django_db(transaction=True)


@racing
def test_joining_twelve_times_at_once_is_joining_once(transactional_db: None) -> None:
    ann, organisation = UserFactory(), OrganisationFactory()

    outcome = race(
        lambda: join(person=ann, organisation=organisation, through=JoinedBy.DOMAIN, by=ann, at=AT),
        gap="people_membership",
    )

    assert outcome.raised == []
    assert len({one.pk for one in outcome.returned}) == 1


@racing
def test_joining_without_locks_and_second_looks_fails(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same race must be lost where nothing keeps the racers apart, else it proves nothing."""
    ann, organisation = UserFactory(), OrganisationFactory()
    bare: Any = join.__wrapped__  # type: ignore[attr-defined]  # what functools.wraps leaves

    with without_protection(monkeypatch):
        outcome = race(
            lambda: bare(person=ann, organisation=organisation, through=JoinedBy.DOMAIN, by=ann, at=AT),
            gap='FROM "people_membership"',
        )

    assert {type(error) for error in outcome.raised} == {IntegrityError}
    assert len(outcome.returned) == 1


@racing
def test_asking_twelve_times_at_once_is_asking_once(transactional_db: None) -> None:
    ann, organisation = UserFactory(), OrganisationFactory()

    outcome = race(
        lambda: ask_to_join(person=ann, organisation=organisation, message="", at=AT), gap="people_membershiprequest"
    )

    assert outcome.raised == []
    assert MembershipRequest.objects.count() == 1


@racing
def test_two_administrators_who_disagree_decide_once(transactional_db: None) -> None:
    request = MembershipRequestFactory()
    first, second = (administrator(request.organisation) for _number in range(2))
    answers = iter([(first, True), (second, False)] * 6)

    def decide() -> bool:
        by, accept = next(answers)
        decided = decide_request(request=request, accept=accept, by=by, at=AT, reason="No.")
        return bool(decided.accepted)

    outcome = race(decide, gap="people_membershiprequest")

    assert len(outcome.returned) == len(outcome.raised) == 6
    assert {type(error) for error in outcome.raised} == {MembershipRefused}
    request.refresh_from_db()
    assert set(outcome.returned) == {request.accepted}
    assert Membership.objects.count() == (1 if request.accepted else 0)


@racing
def test_nobody_is_left_in_what_is_closed_at_the_same_time(transactional_db: None) -> None:
    organisation, god = OrganisationFactory(), UserFactory(is_superuser=True)
    people = iter([UserFactory() for _number in range(11)])

    def close() -> Any:
        return close_organisation(organisation=organisation, by=god, at=AT)

    def enter() -> Any:
        return join(person=next(people), organisation=organisation, through=JoinedBy.STAFF, by=None, at=AT)

    acts = iter([enter] * 5 + [close] + [enter] * 6)
    outcome = race(lambda: next(acts)(), gap="people_organisation")  # noqa: PLW0108 -- each takes the next

    organisation.refresh_from_db()
    inside = Membership.objects.current().count()
    assert {type(error) for error in outcome.raised} <= {MembershipRefused, OrganisationRefused}
    # Whoever came first has won.
    assert (organisation.closed_at is None, inside) in {(True, 11), (False, 0)}
