"""Addresses for SAML: what a provider asks of us, and where it answers. Only where SAML is switched on."""

from django.urls import path

from academy.people.views import saml

# allauth looks these names up.
urlpatterns = [
    path("<slug:organization_slug>/saml/", saml.acs, name="saml_acs"),
    path("<slug:organization_slug>/saml/finish/", saml.finish_acs, name="saml_finish_acs"),
    path("<slug:organization_slug>/saml/metadata/", saml.metadata, name="saml_metadata"),
    path("<slug:organization_slug>/saml/logout/", saml.sls, name="saml_sls"),
]
