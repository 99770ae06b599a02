"""Addresses about people, in a language."""

from django.urls import path, re_path

from academy.people import views
from academy.people.views import organisations
from academy.people.views.providers import sign_in_with

urlpatterns = [
    path("my/settings/", views.my_settings, name="my_settings"),
    path("my/sessions/", views.my_sessions, name="my_sessions"),
    path("account/with/<slug:slug>/", sign_in_with, name="sign_in_with"),
    path("my/work/find/", organisations.find_organisation, name="find_organisation"),
    path("my/work/ask/<uuid:uuid>/", organisations.ask_organisation, name="ask_organisation"),
    path("my/work/join/<uuid:uuid>/", organisations.join_organisation, name="join_organisation"),
    path("my/work/answer/<uuid:uuid>/", organisations.answer_organisation, name="answer_organisation"),
    path("my/work/leave/<int:pk>/", organisations.leave_organisation, name="leave_organisation"),
    # Before allauth's own of the same name.
    re_path(
        r"^account/confirm-email/(?P<key>[-:\w]+)/$", views.ConfirmEmailView.as_view(), name="account_confirm_email"
    ),
    # Wagtail's sign-in form for private pages.
    path("_util/login/", views.sign_in_here, name="wagtailcore_login"),
]
