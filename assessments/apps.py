from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Questions, assessments, attempts and marks."""

    name = "assessments"
    label = "assessments"
