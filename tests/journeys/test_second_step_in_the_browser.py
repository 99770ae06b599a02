"""The second step of signing in, as people meet it: an app without scripts, a passkey with them."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from academy.lib.clock import now
from academy.people.api import disable_account
from academy.people.models import User
from tests.factories.people import PASSWORD, UserFactory
from tests.journeys.conftest import Visitors
from tests.journeys.test_accessibility import violations
from tests.journeys.test_keyboard import tab_to
from tests.support.browser import PHONE, overflow
from tests.support.factors import app_code

CODE = re.compile(r"\d{4} \d{4}")


@pytest.fixture
def ana(transactional_db: None) -> User:
    """A learner with a password and nothing more."""
    user: User = UserFactory(email="ana@example.org", display_name="Ana")
    return user


def enter_password(page: Page) -> None:
    """Answer “Is it you?”."""
    expect(page.locator("h1")).to_have_text("Is it you?")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def sign_in(page: Page) -> None:
    """Give the address and the password."""
    page.goto("/en/account/login/")
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def faults(page: Page) -> list[str]:
    """What is wrong with how a page looks on a phone and for those who cannot see it."""
    page.set_viewport_size(PHONE)
    page.evaluate(AXE_SCRIPT)
    return [*overflow(page), *violations(page)]


def test_app_is_set_up_and_used_without_javascript(visitors: Visitors, ana: User) -> None:
    page = visitors(ana, java_script_enabled=False, viewport=PHONE).new_page()
    page.goto("/en/my/settings/")
    page.get_by_role("link", name="Add the second step of signing in").click()
    page.get_by_role("link", name="Set up an authenticator app").click()
    enter_password(page)

    expect(page.locator("main svg.ac-qr")).to_be_visible()
    secret = page.locator("strong[translate=no]").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(app_code(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    codes = CODE.findall(page.locator("main ul[translate=no]").inner_text())
    assert len(codes) == 10

    elsewhere = visitors(java_script_enabled=False).new_page()
    sign_in(elsewhere)
    expect(elsewhere.locator("h1")).to_have_text("Second step")
    expect(elsewhere.get_by_role("button", name="Use a passkey")).to_be_hidden()
    elsewhere.get_by_label("Code").fill(codes[0])
    elsewhere.get_by_role("button", name="Sign in").click()
    expect(elsewhere.locator("h1")).to_have_text("My learning")


def test_pages_of_the_app_are_accessible(visitors: Visitors, ana: User) -> None:
    page = visitors(ana).new_page()
    page.goto("/en/account/second-factor/totp/activate/")
    enter_password(page)
    expect(page.locator("h1")).to_have_text("Set up an authenticator app")
    assert faults(page) == []

    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Set up the app").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert faults(page) == []

    secret = page.locator("strong[translate=no]").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(app_code(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    assert faults(page) == []

    stranger = visitors().new_page()
    sign_in(stranger)
    expect(stranger.locator("h1")).to_have_text("Second step")
    assert faults(stranger) == []


# The virtual authenticator of Chromium, as a phone that knows its owner's finger.
PHONE_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in(page: Page, **changes: bool) -> None:
    """Give the page's browser an authenticator."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {**PHONE_KEY, **changes}})


def test_passkey_is_made_with_the_keyboard_and_signs_in_alone(visitors: Visitors, ana: User) -> None:
    page = visitors(ana).new_page()
    plug_in(page)
    page.goto("/en/account/second-factor/webauthn/add/")
    enter_password(page)
    expect(page.locator("h1")).to_have_text("Add a passkey")
    name = page.get_by_label("Name of the passkey")
    assert tab_to(page, name) == []
    page.keyboard.press("Control+A")
    page.keyboard.type("Work phone")
    assert tab_to(page, page.get_by_role("button", name="Add the passkey")) == []
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    assert str(Authenticator.objects.get(type="webauthn")) == "Work phone"

    page.get_by_role("button", name="Sign out").click()
    page.goto("/en/account/login/?next=/en/my/settings/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("h1")).to_have_text("Your settings")
    expect(page.get_by_text("1 passkey")).to_be_visible()

    # The passkey of a closed account opens nothing.
    disable_account(person=ana, by=None, at=now())
    page.goto("/en/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("h1")).to_have_text("This account is closed")


def test_passkey_is_the_second_step_and_the_answer_to_is_it_you(visitors: Visitors, ana: User) -> None:
    page = visitors(ana).new_page()
    plug_in(page)
    page.goto("/en/account/second-factor/webauthn/add/")
    enter_password(page)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator("h1")).to_have_text("Your recovery codes")
    page.get_by_role("button", name="Sign out").click()

    sign_in(page)
    expect(page.locator("h1")).to_have_text("Second step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("h1")).to_have_text("My learning")

    page.goto("/en/account/second-factor/webauthn/")
    page.get_by_role("link", name="Remove Passkey 1").click()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("You have no passkeys.")).to_be_visible()
    assert not Authenticator.objects.filter(user=ana).exists()


def test_device_without_a_passkey_is_told_and_the_password_still_works(visitors: Visitors, ana: User) -> None:
    page = visitors().new_page()
    plug_in(page, isUserVerified=False)
    page.goto("/en/account/login/")
    problem = page.get_by_text("The passkey was not used. Try again, or use another way.")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_visible()
    expect(problem).to_be_hidden()
    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(problem).to_be_visible()
    sign_in(page)
    expect(page.locator("h1")).to_have_text("My learning")


def test_sign_in_hides_passkeys_without_javascript(visitors: Visitors) -> None:
    page = visitors(java_script_enabled=False).new_page()
    page.goto("/en/account/login/")

    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
