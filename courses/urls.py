"""Addresses of what learners do with courses."""

from django.urls import path

from courses.views import assessment, certificate, enrolment, lesson

urlpatterns = [
    path("enrol/<slug:course>/", enrolment.enrol_in_course, name="enrol"),
    path("enrol/<slug:course>/leave/", enrolment.leave_course, name="leave_course"),
    path("learn/<slug:course>/<slug:lesson>/", lesson.open_lesson, name="open_lesson"),
    path("learn/<slug:course>/<slug:lesson>/complete/", lesson.finish_lesson, name="finish_lesson"),
    path("learn/<slug:course>/<slug:lesson>/check/<int:number>/", lesson.knowledge_check, name="knowledge_check"),
    path("assess/start/<slug:course>/<slug:assessment>/", assessment.start_assessment, name="start_assessment"),
    path("my/certificates/for/<slug:course>/", certificate.get_certificate, name="get_certificate"),
]
