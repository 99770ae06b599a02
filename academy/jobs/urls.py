"""Addresses of jobs that people watch."""

from django.urls import path

from academy.jobs import views

urlpatterns = [
    path("my/jobs/<uuid:job>/", views.job, name="job"),
    path("my/jobs/<uuid:job>/problems.csv", views.job_failures, name="job_failures"),
]
