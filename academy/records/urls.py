"""Addresses of certificates and aims."""

from django.urls import path

from academy.records import views

urlpatterns = [
    path("my/aim/", views.choose_aim, name="choose_aim"),
    path("my/certificates/", views.certificates, name="certificates"),
    path("my/certificates/<slug:code>/", views.certificate, name="certificate"),
    path("verify/", views.verify_form, name="verify_form"),
    path("verify/<str:code>/", views.verify, name="verify"),
]
