"""Addresses for SAML: what a provider asks of us, and where it answers. Only where SAML is switched on."""

from allauth.socialaccount.providers.saml import urls

urlpatterns = urls.urlpatterns
