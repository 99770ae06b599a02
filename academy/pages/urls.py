"""Addresses of files."""

from django.urls import path, re_path
from wagtail.documents.views.serve import authenticate_with_password

from academy.pages import views

urlpatterns = [
    # Under the names that Wagtail looks for.
    re_path(r"^documents/(\d+)/([^/]+)$", views.document, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("media/images/<str:name>", views.rendition, name="rendition"),
]
