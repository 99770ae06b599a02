"""Addresses of the framework, below ``/{lang}/framework/``."""

from django.urls import path

from academy.framework import views

app_name = "framework"

urlpatterns = [
    path("", views.index, name="index"),
    path("roles/", views.roles, name="roles"),
    path("roles/<slug:role>/", views.role, name="role"),
    path("skills/", views.skills, name="skills"),
    path("skills/<slug:skill>/", views.skill, name="skill"),
]
