"""The way to a provider and back in Chromium, which holds a form to ``form-action 'self'`` through every redirect."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, ConsoleMessage, expect
from pytest_django.live_server_helper import LiveServer

from academy.home.models import HomePage
from tests.factories.people import SignInProviderFactory
from tests.support.providers import CLIENT_ID, CLIENT_SECRET, IdentityProvider


@pytest.mark.parametrize("scripts", [True, False])
def test_browser_goes_to_the_provider_and_comes_back(
    browser: Browser, live_server: LiveServer, idp: IdentityProvider, site_tree: HomePage, *, scripts: bool
) -> None:
    provider = SignInProviderFactory(
        name="Ministry of Finance",
        slug="browser",
        issuer=idp.address,
        client_id=f"{CLIENT_ID}-browser",
        secret=CLIENT_SECRET,
        vouches_for_email=True,
    )
    callback = f"{live_server.url}/sign-in/{provider.slug}/callback/"
    idp.tell("client", id=provider.client_id, secret=CLIENT_SECRET, redirect_uris=[callback])
    context = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=scripts)
    faults: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"].startswith(live_server.url):
            faults.append(message.text)

    context.on("console", heard)
    page = context.new_page()
    page.goto(f"{idp.address}/control/enter/ann")

    page.goto("/en/account/login/?next=/en/my/settings/")
    page.get_by_role("button", name="Sign in with Ministry of Finance").click()

    expect(page).to_have_url(f"{live_server.url}/en/my/settings/")
    expect(page.get_by_label("Your name")).to_have_value("Ann Atwater")
    assert faults == []
    context.close()
