"""Addresses that providers know: one for all languages."""

from django.conf import settings
from django.urls import include, path

from academy.people.views.providers import sign_in_callback

# Whether SAML is switched on is asked by its views: addresses are made once.
urlpatterns = [
    path("<slug:slug>/callback/", sign_in_callback, name="sign_in_callback"),
    *([path("", include("academy.people.saml_urls"))] if settings.SAML_IS_INSTALLED else []),
]
