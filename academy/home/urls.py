"""Addresses of the house, below the language."""

from django.urls import path

from academy.home.views.about import accessibility, cookies, help_page
from academy.home.views.appearance import appearance
from academy.home.views.my import my

urlpatterns = [
    path("my/", my, name="my"),
    path("help/", help_page, name="help"),
    path("cookies/", cookies, name="cookies"),
    path("accessibility/", accessibility, name="accessibility"),
    path("appearance/", appearance, name="appearance"),
]
