"""Addresses of the house, below the language."""

from django.urls import path

from academy.home.views.about import accessibility, cookies, help_page
from academy.home.views.appearance import appearance
from academy.home.views.my import my
from academy.home.views.privacy import account_closed, close_my_account, my_record, privacy

urlpatterns = [
    path("my/", my, name="my"),
    path("my/record/", my_record, name="my_record"),
    path("my/close/", close_my_account, name="close_my_account"),
    path("account/closed/", account_closed, name="account_closed"),
    path("help/", help_page, name="help"),
    path("cookies/", cookies, name="cookies"),
    path("privacy/", privacy, name="privacy"),
    path("accessibility/", accessibility, name="accessibility"),
    path("appearance/", appearance, name="appearance"),
]
