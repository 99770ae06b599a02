"""A real provider for the tests of signing in with one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.support.providers import CALLBACK, CLIENT_ID, CLIENT_SECRET, IdentityProvider, identity_provider

# SAML is an extra: its tests run where its library is.
collect_ignore = [] if settings.SAML_ENABLED else ["test_sign_in_with_saml.py"]


@pytest.fixture(scope="session")
def provider_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IdentityProvider]:
    """The provider, started once, that knows the academy."""
    with identity_provider(tmp_path_factory.mktemp("provider")) as running:
        callbacks = [CALLBACK.format(slug) for slug in ("ministry", "front")]
        running.tell("client", id=CLIENT_ID, secret=CLIENT_SECRET, redirect_uris=callbacks)
        yield running


@pytest.fixture
def idp(provider_process: IdentityProvider) -> IdentityProvider:
    """The provider, which knows Ann as on the first day."""
    provider_process.person("ann")
    return provider_process
