"""Writing a question in the CMS."""

from __future__ import annotations

from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.widgets import AdminPageChooser

from academy.framework.enums import Proficiency
from academy.framework.models import Edition, Skill
from academy.lib.clock import now
from academy.people.api import reach_of
from assessments.domain.items import check_item, latest_version, save_item
from assessments.enums import ItemKind
from assessments.models import Item, ItemBank, ItemVersion

# How many options the form offers at least; empty ones are left out.
OPTIONS = 6
KEYS = "abcdefghijklmnopqrstuvwxyz"
# Which pages can be named where; by string, because this app knows neither plays nor lessons.
PAGES = {"play": "playbook.PlayPage", "lesson": "courses.LessonPage"}


class SkillField(forms.ModelChoiceField):
    """A skill with its framework: several frameworks know a skill of the same name."""

    def label_from_instance(self, skill: Skill) -> str:
        return f"{skill.name} ({skill.edition.framework.name})"


class ItemForm(WagtailAdminModelForm):
    """A choice question. Saving a change of what is asked makes a new version; attempts keep theirs."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices)
    stem = forms.CharField(
        label=_("Question"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=5000,
        help_text=_("Plain text. A blank line starts a new paragraph; the last paragraph is the question itself."),
    )
    explanation = forms.CharField(
        label=_("Explanation"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=3000,
        help_text=_("Shown with the result."),
    )
    skill = SkillField(label=_("Skill"), queryset=Skill.objects.none())
    proficiency = forms.TypedChoiceField(label=_("Level"), choices=Proficiency.choices, coerce=int)

    class Meta:
        model = Item
        fields = ["bank", "code", "play", "lesson"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = (
            Skill.objects.filter(edition__in=Edition.objects.current())
            .select_related("edition__framework")
            .order_by("edition__framework__position", "name")
        )
        self.fields["bank"].queryset = ItemBank.objects.within(reach_of(self.for_user, "assessments.change_item"))
        for name, model in PAGES.items():
            self.fields[name].widget = AdminPageChooser(target_models=[apps.get_model(model)])
        if self.instance.pk:
            # The code is the question's name for ever: files, blocks and records know it by this.
            self.fields["code"].disabled = True
        version = latest_version(self.instance) if self.instance.pk else None
        # A question that came from a file may have more options: none may get lost here.
        self.option_count = max(OPTIONS, len(version.content["options"]) if version else 0)
        for number in range(1, self.option_count + 1):
            self.add_option(number)
        if version:
            self.fill_from(version)

    def add_option(self, number: int) -> None:
        """Add the three fields of one option."""
        self.fields[f"text_{number}"] = forms.CharField(
            label=_("Option %(number)d") % {"number": number}, required=False, max_length=1000
        )
        self.fields[f"correct_{number}"] = forms.BooleanField(
            label=_("Option %(number)d is right") % {"number": number}, required=False
        )
        self.fields[f"feedback_{number}"] = forms.CharField(
            label=_("Feedback on option %(number)d") % {"number": number},
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def fill_from(self, version: ItemVersion) -> None:
        """Show what the question says today."""
        for name in ("kind", "stem", "explanation", "proficiency"):
            self.initial[name] = getattr(version, name)
        self.initial["skill"] = version.skill_id
        for number, option in enumerate(version.content["options"], start=1):
            for name in ("text", "correct", "feedback"):
                self.initial[f"{name}_{number}"] = option[name]

    def content(self) -> dict[str, Any]:
        """Return the options that were filled in, with keys in their order."""
        data = self.cleaned_data
        filled = [number for number in range(1, self.option_count + 1) if data.get(f"text_{number}", "").strip()]
        return {
            "options": [
                {
                    "key": key,
                    "text": data[f"text_{number}"],
                    "correct": data[f"correct_{number}"],
                    "feedback": data[f"feedback_{number}"],
                }
                for key, number in zip(KEYS, filled, strict=False)
            ]
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a question that can't be asked, a sentence for each thing to mend."""
        data: dict[str, Any] = super().clean()
        for name, value in data.items():
            if isinstance(value, str):
                # Browsers send CR LF; with what is stored it must compare equal, else each save made a version.
                data[name] = value.replace("\r\n", "\n").strip()
        if {"kind", "stem", "explanation"} <= data.keys():
            problems = check_item(
                kind=data["kind"], stem=data["stem"], content=self.content(), explanation=data["explanation"]
            )
            if problems:
                raise ValidationError(problems)
        return data

    def save(self, commit: bool = True) -> Item:  # noqa: FBT001, FBT002 -- Django's signature
        """Store through the domain, which decides whether this is a new version."""
        data = self.cleaned_data
        version, _made = save_item(
            bank=data["bank"],
            code=data["code"],
            kind=data["kind"],
            stem=data["stem"],
            content=self.content(),
            explanation=data["explanation"],
            skill=data["skill"],
            proficiency=data["proficiency"],
            play=data["play"],
            lesson=data["lesson"],
            by=self.for_user,
            at=now(),
        )
        self.instance = version.item
        return version.item
