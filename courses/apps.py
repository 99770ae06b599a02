from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Courses, modules, lessons, and who has done them."""

    name = "courses"
    label = "courses"

    def ready(self) -> None:
        """A passed assessment may be the last thing that a course asked for."""
        from assessments.api import on_finished  # noqa: PLC0415 -- models are not loaded before ready()
        from courses.listeners import complete_course_of  # noqa: PLC0415 -- models are not loaded before ready()

        on_finished(complete_course_of)
