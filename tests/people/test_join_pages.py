"""The pages on which somebody joins by an invitation."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from academy.home.models import HomePage
from academy.people.domain.invitation_codes import code_of
from academy.people.enums import InvitationKind
from academy.people.models import Invitation, InvitationUse, Membership, Organisation, User
from tests.factories.people import (
    PASSWORD,
    InvitationFactory,
    InvitationUseFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.support.moment import AT
from tests.support.queries import counted_get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def today() -> object:
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def ministry() -> Organisation:
    return OrganisationFactory(name="Ministry of Health")


@pytest.fixture
def link(ministry: Organisation) -> Invitation:
    inviter = UserFactory(display_name="Olga Ruiz")
    return InvitationFactory(
        organisation=ministry, kind=InvitationKind.OPEN, seats=2, message="For the spring course.", invited_by=inviter
    )


def place(invitation: Invitation) -> str:
    return reverse("join", args=[code_of(invitation)])


def words(response: object) -> str:
    """The text of the page's main part."""
    match = re.search(r"<main.*?>(.*)</main>", response.text, re.DOTALL)  # type: ignore[attr-defined]  # Django's
    assert match
    return " ".join(re.sub(r"<[^>]+>", " ", match[1]).split())


def test_page_says_who_invites_until_when_and_what_joining_means(
    client: Client, learner: User, link: Invitation
) -> None:
    client.force_login(learner)

    response = client.get(place(link))

    assert response.status_code == 200
    assert "Olga Ruiz invites you to join “Ministry of Health”." in words(response)
    assert "The invitation holds until 1 April 2026" in words(response)
    assert "For the spring course." in words(response)
    assert "see your name, your e-mail address" in words(response)
    assert "You are signed in as learner@example.org." in words(response)
    assert not Membership.objects.exists()


def test_pressing_join_joins(client: Client, learner: User, link: Invitation, site_tree: HomePage) -> None:
    client.force_login(learner)

    response = client.post(place(link), follow=True)

    assert response.redirect_chain == [(reverse("my"), 302)]
    assert "You belong to “Ministry of Health” now." in response.text
    assert Membership.objects.get().person == learner
    again = client.post(place(link), follow=True)
    assert "You belong to “Ministry of Health” already." in words(again)
    assert InvitationUse.objects.count() == 1


def test_joining_needs_the_token_of_the_page(learner: User, link: Invitation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)

    assert client.post(place(link)).status_code == 403
    assert not Membership.objects.exists()


def test_visitor_is_led_to_an_account_and_back(client: Client, link: Invitation) -> None:
    response = client.get(place(link))

    assert f'href="/en/account/signup/?next={place(link)}"' in response.text
    assert f'href="/en/account/login/?next={place(link)}"' in response.text
    assert client.post(place(link)).status_code == 200
    assert not Membership.objects.exists()


def test_new_person_comes_back_after_confirming_their_address(
    client: Client, ministry: Organisation, site_tree: HomePage
) -> None:
    invitation = InvitationFactory(organisation=ministry, email="ana@example.org")
    page = client.get(place(invitation)).text
    sign_up = re.search(r'href="(/en/account/signup/[^"]+)"', page)
    assert sign_up
    form = client.get(sign_up[1])
    assert f'value="{place(invitation)}"' in form.text

    client.post(
        reverse("account_signup"),
        {"display_name": "Ana", "email": "Ana@example.org", "password1": PASSWORD, "next": place(invitation)},
    )
    confirm = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert confirm
    response = client.post(confirm[1])

    assert response["Location"] == place(invitation)
    assert client.post(place(invitation))["Location"] == reverse("my")
    assert Membership.objects.get().person.email == "ana@example.org"


def test_person_signs_in_and_comes_back(client: Client, learner: User, link: Invitation) -> None:
    response = client.post(
        reverse("account_login"), {"login": learner.email, "password": PASSWORD, "next": place(link)}
    )

    assert response["Location"] == place(link)


def test_invitation_of_another_address_is_refused_with_words_and_without_the_address(
    client: Client, learner: User, ministry: Organisation
) -> None:
    invitation = InvitationFactory(organisation=ministry, email="secret-canary@example.org")
    client.force_login(learner)

    for response in (client.get(place(invitation)), client.post(place(invitation), follow=True)):
        assert "sent to another address than yours (learner@example.org)." in words(response)
        assert "secret-canary" not in response.text
        assert f'action="/en/account/logout/?next={place(invitation)}"' in response.text
    assert not Membership.objects.exists()
    left = client.post(f"{reverse('account_logout')}?next={place(invitation)}")
    assert left["Location"] == place(invitation)


def test_unknown_and_forged_codes_answer_alike(client: Client, link: Invitation) -> None:
    code = code_of(link)
    assert code
    forged = code[:-1] + ("0" if code[-1] != "0" else "1")

    answers = {client.get(reverse("join", args=[typed])).status_code for typed in (forged, "0" * 26, "x", "<b>")}
    pages = {words(client.get(reverse("join", args=[typed]))) for typed in (forged, "0" * 26, "x", "<b>")}

    assert answers == {404}
    assert len(pages) == 1
    assert "This is not the code of an invitation." in pages.pop()


def test_what_is_over_says_so(client: Client, link: Invitation, ministry: Organisation) -> None:
    full = InvitationFactory(organisation=ministry, kind=InvitationKind.OPEN, seats=1)
    InvitationUseFactory(invitation=full)
    ended = InvitationFactory(organisation=ministry, expires_at=AT + timedelta(minutes=1))
    withdrawn = InvitationFactory(organisation=ministry, withdrawn_at=AT, withdrawn_by=UserFactory())

    told = {}
    for name, invitation in {"full": full, "ended": ended, "withdrawn": withdrawn}.items():
        response = client.get(place(invitation))
        assert response.status_code == 410
        assert "Ask whoever invited you for a new one." in words(response)
        told[name] = words(response).partition("This invitation cannot be used ")[2].partition(".")[0]

    assert told == {
        "full": "All places of this invitation are taken",
        "ended": "This invitation has expired",
        "withdrawn": "This invitation was withdrawn",
    }


def test_member_sees_that_they_belong_even_when_the_link_is_over(
    client: Client, learner: User, link: Invitation
) -> None:
    MembershipFactory(person=learner, organisation=link.organisation)

    with time_machine.travel(AT + timedelta(days=60)):
        client.force_login(learner)
        assert "You belong to “Ministry of Health” already." in words(client.get(place(link)))


def test_code_typed_from_paper_leads_to_the_invitation(client: Client, link: Invitation) -> None:
    code = code_of(link)
    assert code
    typed = f" {code[:5].lower()}-{code[5:]} "

    assert client.get(reverse("join_form")).status_code == 200
    assert client.get(reverse("join_form"), {"code": typed})["Location"] == place(link)
    for wrong, told in [
        ("", "Enter the code of your invitation."),
        ("abc", "A code has 26 letters and digits."),
        ("x" * 200, "A code has 26 letters and digits."),
    ]:
        response = client.get(reverse("join_form"), {"code": wrong})
        assert response.status_code == 422
        assert told in response.text


@override_settings(RATE_LIMITS=True)
def test_codes_cannot_be_tried_for_ever(client: Client, link: Invitation) -> None:
    assert {client.get(place(link)).status_code for _look in range(40)} == {200}

    statuses = [client.get(reverse("join", args=["0" * 26])).status_code for _try in range(31)]

    assert statuses == [404] * 30 + [429]
    assert client.get(place(link)).status_code == 429


def test_pages_are_kept_by_no_cache_and_no_search_engine(client: Client, link: Invitation) -> None:
    response = client.get(place(link))

    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.text


def test_page_asks_a_fixed_number_of_queries(client: Client, learner: User, link: Invitation) -> None:
    client.force_login(learner)
    _response, few = counted_get(client, place(link))
    MembershipFactory.create_batch(3, organisation=link.organisation)
    InvitationFactory.create_batch(3, organisation=link.organisation)

    _response, many = counted_get(client, place(link))

    assert len(many) == len(few)
