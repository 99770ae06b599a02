"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from academy.home.views.root import root_redirect

urlpatterns = [
    path("", root_redirect, name="root"),
    path("", include("academy.operations.urls")),
    path("cms/", include("academy.people.cms_urls")),
    path("cms/", include("academy.home.cms_urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("sign-in/", include("academy.people.callback_urls")),
    path("", include("academy.pages.urls")),
    *i18n_patterns(
        path("", include("academy.people.urls")),
        path("", include("academy.jobs.urls")),
        path("account/", include("allauth.account.urls")),
        path("account/second-factor/", include("allauth.mfa.urls")),
        path("account/connected/", include("allauth.socialaccount.urls")),
        path("", include("academy.home.urls")),
        path("", include("academy.records.urls")),
        path("", include("assessments.urls")),
        path("", include("courses.urls")),
        path("framework/", include("academy.framework.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=True,
    ),
]

handler400 = "academy.home.errors.bad_request"
handler403 = "academy.home.errors.permission_denied"
handler404 = "academy.home.errors.page_not_found"
handler500 = "academy.home.errors.server_error"
