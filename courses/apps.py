from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Courses, modules, lessons, and who has done them."""

    name = "courses"
    label = "courses"
