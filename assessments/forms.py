"""Forms of assessments."""

from __future__ import annotations

from django import forms


class AnswerForm(forms.Form):
    """What travels with an answer: its own identity, and how many answers the page knew of."""

    uuid = forms.UUIDField()
    sequence = forms.IntegerField(min_value=1, max_value=1_000_000)
