"""Forms of assessments."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict


class AnswerForm(forms.Form):
    """What travels with an answer: its own identity, and how many answers the page knew of."""

    uuid = forms.UUIDField()
    sequence = forms.IntegerField(min_value=1, max_value=1_000_000)


def sent_of(data: QueryDict) -> dict[str, list[str]]:
    """Return what a form sent: the values of each field."""
    return {name: [str(value) for value in values] for name, values in data.lists()}


def files_of(request: HttpRequest) -> list[UploadedFile]:
    """Return the files that a form sent, whatever field they were in."""
    return [file for _name, files in request.FILES.lists() for file in files]
