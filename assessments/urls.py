"""Addresses of an attempt."""

from django.urls import path

from assessments import views

urlpatterns = [
    path("questions/pictures/<uuid:uuid>/", views.picture, name="question_picture"),
    path("questions/files/<uuid:uuid>/", views.answer_file, name="answer_file"),
    path("assess/<uuid:uuid>/", views.open_attempt, name="attempt"),
    path("assess/<uuid:uuid>/q/<int:position>/", views.question, name="attempt_question"),
    path("assess/<uuid:uuid>/review/", views.review, name="attempt_review"),
    path("assess/<uuid:uuid>/submit/", views.submit, name="attempt_submit"),
    path("assess/<uuid:uuid>/result/", views.result, name="attempt_result"),
]
