"""Where I work: a part of one's settings that shows nothing of others."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress, get_emailconfirmation_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from academy.people.domain.memberships import add_member
from academy.people.domain.requests import ask_to_join, decide_request
from academy.people.models import Membership, MembershipRequest, User
from tests.factories.people import (
    PASSWORD,
    MembershipFactory,
    MembershipRequestFactory,
    OrganisationDomainFactory,
    OrganisationFactory,
    OrganisationNameFactory,
    UserFactory,
)
from tests.support.moment import AT
from tests.support.organisations import Places, administrator, places
from tests.support.queries import counted_get

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> Places:
    return places()


@pytest.fixture
def ann(client: Client) -> User:
    person = UserFactory(email="ann@north.example", display_name="Ann")
    client.force_login(person)
    return person


def settings_page(client: Client) -> str:
    text = client.get(reverse("my_settings")).text
    return re.sub(r"\s+", " ", text[text.index('id="work"') : text.index("</main>")])


def current(person: User) -> list[str]:
    return list(Membership.objects.current().of(person).values_list("organisation__code", flat=True))


def test_page_says_that_one_belongs_nowhere_yet(client: Client, ann: User) -> None:
    page = settings_page(client)

    assert "You do not belong to an organisation yet." in page
    assert reverse("find_organisation") in page


def test_page_shows_memberships_requests_and_answers_of_ones_own(client: Client, tree: Places, ann: User) -> None:
    by = administrator(tree.programme)
    MembershipFactory(person=ann, organisation=tree.north, joined_at=AT)
    MembershipFactory(person__display_name="Ben Canary", organisation=tree.north)
    MembershipRequestFactory(person__display_name="Cat Canary", organisation=tree.north)
    ask_to_join(person=ann, organisation=tree.ministry, message="", at=AT)
    refused = ask_to_join(person=ann, organisation=tree.south, message="", at=AT)
    decide_request(request=refused, accept=False, by=by, at=AT, reason="You work in the north.")

    page = settings_page(client)

    for words in (
        "North </dt>",
        "Since 2 March 2026",
        "You asked to join on 2 March 2026. An administrator there decides.",
        "Your request was refused on 2 March 2026: You work in the north.",
    ):
        assert words.replace(" </dt>", "</dt>") in page
    assert "Canary" not in page
    assert page.count("</dt>") == 3


def test_refusal_that_was_overtaken_is_not_shown(client: Client, tree: Places, ann: User) -> None:
    by = administrator(tree.programme)
    for _time in range(2):
        refused = ask_to_join(person=ann, organisation=tree.south, message="", at=AT)
        decide_request(request=refused, accept=False, by=by, at=AT, reason=f"No {refused.pk}.")
    assert (f"No {refused.pk}." in settings_page(client), settings_page(client).count("was refused")) == (True, 1)

    ask_to_join(person=ann, organisation=tree.south, message="", at=AT)

    assert "was refused" not in settings_page(client)


def test_one_leaves_after_a_confirmation(client: Client, tree: Places, ann: User) -> None:
    membership = MembershipFactory(person=ann, organisation=tree.north)
    address = reverse("leave_organisation", args=[membership.pk])

    asked = client.get(address)
    assert current(ann) == ["north"]
    left = client.post(address, follow=True)

    assert "Leave “North”" in asked.text
    assert "You no longer belong to “North”." in left.text
    membership.refresh_from_db()
    assert membership.left_by == ann
    assert client.post(address).status_code == 404


def test_nobody_leaves_for_another(client: Client, tree: Places, ann: User) -> None:
    other = MembershipFactory(organisation=tree.north)

    for pk in (other.pk, 10**30):
        for send in (client.get, client.post):
            assert send(reverse("leave_organisation", args=[pk])).status_code == 404
    other.refresh_from_db()
    assert other.left_at is None


def test_one_joins_by_a_confirmed_address(client: Client, tree: Places, ann: User) -> None:
    OrganisationDomainFactory(organisation=tree.north, domain="north.example")
    address = reverse("join_organisation", args=[tree.north.uuid])

    assert "Your e-mail address belongs to “North”." in settings_page(client)
    assert client.get(address).status_code == 405
    joined = client.post(address, follow=True)

    assert "You now belong to “North”." in joined.text
    assert current(ann) == ["north"]
    refused = client.post(reverse("join_organisation", args=[tree.south.uuid]), follow=True)
    assert "None of your confirmed addresses belongs to this organisation. Ask to join." in refused.text
    assert current(ann) == ["north"]


def test_search_finds_words_in_any_language_and_says_where(client: Client, tree: Places, ann: User) -> None:
    OrganisationNameFactory(organisation=tree.ministry, language="es", name="Ministerio de Salud")
    OrganisationFactory(parent=tree.north, kind="agency", name="Salud, shut", takes_requests=False)

    found = client.get(reverse("find_organisation"), {"q": "SALUD ministerio"})
    nothing = client.get(reverse("find_organisation"), {"q": "nowhere"})
    empty = client.get(reverse("find_organisation"))
    shut = client.get(reverse("find_organisation"), {"q": "shut"})

    assert [(hit.organisation, hit.above) for hit in found.context["hits"]] == [(tree.ministry, "Programme, North")]
    assert "Programme, North" in found.text
    assert "No organisation of this name takes requests." in nothing.text
    assert "No organisation" not in empty.text
    assert shut.context["hits"] == []


def test_search_shows_twenty_at_most_and_none_of_ones_own(client: Client, tree: Places, ann: User) -> None:
    MembershipFactory(person=ann, organisation=tree.north)
    for number in range(21):
        OrganisationFactory(parent=tree.north, kind="agency", name=f"Norther {number}")

    response = client.get(reverse("find_organisation"), {"q": "north"})

    assert len(response.context["hits"]) == 20
    assert tree.north not in [hit.organisation for hit in response.context["hits"]]
    assert "There are more. Type more of the name." in response.text


@pytest.mark.parametrize("words", ["%", "_", "'", "x" * 10_000, " ".join("abcdefghijklmnop"), "<script>"])
def test_search_bears_anything(client: Client, tree: Places, ann: User, words: str) -> None:
    response = client.get(reverse("find_organisation"), {"q": words})

    assert response.status_code == 200
    assert response.context["hits"] == []
    assert "<script>" not in response.text.split("<main")[1]


def test_one_asks_with_a_message(client: Client, tree: Places, ann: User) -> None:
    address = reverse("ask_organisation", args=[tree.ministry.uuid])

    form = client.get(address)
    long = client.post(address, {"message": "x" * 501})
    asked = client.post(address, {"message": "I buy."}, follow=True)

    assert "Ask to join “Ministry”" in form.text
    assert long.context["form"].errors == {"message": ["Write 500 characters or fewer."]}
    assert "You asked to join “Ministry”. An administrator there decides." in asked.text
    assert MembershipRequest.objects.get(person=ann).message == "I buy."
    MembershipFactory(person=ann, organisation=tree.south)
    again = client.post(reverse("ask_organisation", args=[tree.south.uuid]), {"message": ""})
    assert "You belong to “South” already." in again.text


def test_one_answers_an_administrator(client: Client, tree: Places, ann: User) -> None:
    by = administrator(tree.programme)
    first, second, third = (
        add_member(person=person, organisation=place, by=by, at=AT)
        for person, place in ((ann, tree.north), (ann, tree.south), (UserFactory(), tree.north))
    )
    assert "An administrator of “North” asks whether you work there." in settings_page(client)

    def answer(request: Any, word: str) -> Any:
        return client.post(reverse("answer_organisation", args=[request.uuid]), {"answer": word}, follow=True)

    assert "You now belong to “North”." in answer(first, "yes").text
    assert "You do not belong to “South”." in answer(second, "no").text
    assert "and otherwise" in answer(second, "yes").text
    assert answer(third, "yes").status_code == 404
    assert current(ann) == ["north"]
    own = MembershipRequestFactory(person=ann, organisation=tree.office)
    assert answer(own, "yes").status_code == 404
    assert "was refused" not in settings_page(client)


def test_confirming_an_address_joins_its_organisation(client: Client, tree: Places) -> None:
    OrganisationDomainFactory(organisation=tree.ministry, domain="health.north.example")
    data = {"display_name": "Ann", "email": "ann@desk.health.north.example", "password1": PASSWORD}
    client.post(reverse("account_signup"), data)
    ann = User.objects.get(email="ann@desk.health.north.example")
    assert current(ann) == []

    (link,) = re.findall(r"http://testserver(/\S+)", mail.outbox[0].body)
    confirmed = client.post(link, follow=True)

    assert current(ann) == ["ministry"]
    assert "You now belong to “Ministry”." in confirmed.text


def test_changing_an_address_joins_by_the_new_one_once(client: Client, tree: Places, ann: User) -> None:
    OrganisationDomainFactory(organisation=tree.south, domain="south.example")
    new = EmailAddress.objects.create(user=ann, email="ann@south.example", verified=False, primary=False)

    page = client.post(
        reverse("account_confirm_email", args=[get_emailconfirmation_model().create(new).key]), follow=True
    )

    assert current(ann) == ["south"]
    assert page.text.count("You now belong to “South”.") == 1


def test_everything_asks_for_a_sign_in(client: Client, tree: Places) -> None:
    for name, arguments in (
        ("find_organisation", []),
        ("ask_organisation", [tree.north.uuid]),
        ("leave_organisation", [1]),
        ("join_organisation", [tree.north.uuid]),
        ("answer_organisation", [tree.north.uuid]),
    ):
        response = client.post(reverse(name, args=arguments))
        assert response["Location"].startswith(reverse("account_login"))


# Of one's settings, and of a search.
QUERIES = (17, 10)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries_with_one_and_with_three_of_everything(
    client: Client, tree: Places, ann: User, count: int
) -> None:
    by = UserFactory(is_superuser=True)
    for number in range(count):
        below = {"parent": tree.north, "kind": "agency"}
        MembershipFactory(person=ann, organisation=OrganisationFactory(**below, name=f"Mine {number}"))
        OrganisationDomainFactory(organisation=OrganisationFactory(**below), domain=f"{number}.example")
        EmailAddress.objects.create(user=ann, email=f"ann@{number}.example", verified=True)
        ask_to_join(person=ann, organisation=OrganisationFactory(**below), message="", at=AT)
        MembershipRequestFactory(person=ann, organisation=OrganisationFactory(**below), asked_by=by)
        refused = MembershipRequestFactory(person=ann, organisation=OrganisationFactory(**below))
        decide_request(request=refused, accept=False, by=by, at=AT, reason="No.")

    page, for_page = counted_get(client, reverse("my_settings"))
    _search, for_search = counted_get(client, f"{reverse('find_organisation')}?q=organisation")

    assert (page.text.count("Since "), page.text.count("was refused"), page.text.count("asks whether")) == (count,) * 3
    assert (len(for_page), len(for_search)) == QUERIES
