"""The form of a question: what all kinds have, around the part of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from academy.framework.enums import Proficiency
from academy.framework.models import Edition, Skill
from academy.people.models import User
from assessments.item_types.editor_fields import FORMAT_NAMES, NumberField, PercentField, RichField, TextField
from assessments.item_types.editor_rows import Piece, Row, RowSet
from assessments.item_types.questions import ONE, PENALTY
from assessments.item_types.rich import TextFormat
from assessments.models import Item, ItemBank
from assessments.models.items import COUNTRY

# Which pages can be named where; by string, because this app knows neither plays nor lessons.
PAGES = {"play": "playbook.PlayPage", "lesson": "courses.LessonPage"}
MOST_TAGS, LONGEST_TAG = 30, 60
SHARE = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1), message=_("Give at most 100 %%."))]


class SkillField(forms.ModelChoiceField):
    """A skill with its framework: several frameworks know a skill of the same name."""

    def label_from_instance(self, skill: Skill) -> str:
        """Return its name and where it is from."""
        return f"{skill.name} ({skill.edition.framework.name})"


def skills_of_today(*, with_one: Skill | None = None) -> QuerySet[Skill]:
    """Return the skills of the editions that are in force, and one that was chosen before."""
    known = Q(edition__in=Edition.objects.current()) | Q(pk=with_one.pk if with_one else None)
    return (
        Skill.objects.filter(known)
        .select_related("edition__framework")
        .order_by("edition__framework__position", "name")
    )


def tags_shown(tags: Sequence[str]) -> str:
    """Return tags as the form shows them: a line each, where one has a comma."""
    return ", ".join(tags) if not any("," in tag for tag in tags) else "".join(f"{tag}\n" for tag in tags)


class PageField(forms.ModelChoiceField):
    """A page that its author may know of: one that everybody reads, or one of their own drafts."""

    def __init__(self, *, model: str, **kwargs: Any) -> None:
        self.model = apps.get_model(model)
        super().__init__(Page.objects.none(), required=False, widget=AdminPageChooser([self.model]), **kwargs)

    queryset: QuerySet[Page]

    def offer(self, user: User, stored: Page | None) -> None:
        """Let ``user`` choose; what is stored already stays."""
        own = page_permission_policy.explorable_instances(user).values("pk")
        known = Q(pk__in=own) | Q(pk__in=Page.objects.live().public().values("pk"))
        here = Q(pk=stored.pk) if stored else Q(pk__in=())
        self.queryset = Page.objects.type(self.model).filter(known | here)

    def prepare_value(self, value: Any) -> Any:
        """Show nothing of another page, whatever was sent."""
        number = value if isinstance(value, int) else int(value) if str(value or "").isdecimal() else None
        return number if number and number < 2**31 and self.queryset.filter(pk=number).exists() else None


class QuestionForm(Piece):
    """What all kinds have."""

    bank = forms.ModelChoiceField(label=_("Bank"), queryset=ItemBank.objects.none())
    name = TextField(
        label=_("Name"), required=False, max_length=255, help_text=_("For authors. Learners never see it.")
    )
    code = forms.SlugField(
        label=_("Code"),
        required=False,
        max_length=60,
        help_text=_("The name by which files and records know it, for ever. Empty: it is made from the name."),
    )
    text_format = forms.ChoiceField(
        label=_("How its texts are written"),
        choices=[(one.value, name) for one, name in FORMAT_NAMES.items() if one != TextFormat.MOODLE],
        initial=TextFormat.PLAIN.value,
        help_text=_(
            "Markdown: **bold**, *italic*, lists with -, tables, pictures. HTML: for those who know it. "
            "What could harm a reader is left out when it is shown."
        ),
    )
    stem = TextField(
        label=_("Question"),
        rows=8,
        help_text=_("A blank line starts a new paragraph; the last paragraph is the question itself."),
        error_messages={"required": _("Write the question.")},
    )
    explanation = RichField(label=_("Explanation"), rows=4, help_text=_("Shown to all with the result."))
    right = RichField(label=_("To who got it right"))
    partly = RichField(label=_("To who got it partly right"))
    wrong = RichField(label=_("To who got it wrong"))
    penalty = PercentField(
        label=_("A wrong try costs, in %"),
        required=False,
        initial=PENALTY,
        validators=SHARE,
        help_text=_("Where learners may try again with a hint."),
    )
    mark = NumberField(
        label=_("Marks"),
        required=False,
        initial=ONE,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1000))],
        help_text=_("What it is worth where an assessment says nothing else."),
    )
    skill = SkillField(label=_("Skill"), queryset=Skill.objects.none(), required=False)
    proficiency = forms.TypedChoiceField(
        label=_("Level"),
        choices=[("", "---------"), *Proficiency.choices],
        coerce=int,
        required=False,
        empty_value=None,
    )
    difficulty = forms.TypedChoiceField(
        label=_("Difficulty"),
        choices=[
            (0, _("Nobody has said")),
            (1, _("1: very easy")),
            (2, "2"),
            (3, _("3: middling")),
            (4, "4"),
            (5, _("5: very hard")),
        ],
        coerce=int,
        initial=0,
    )
    category = TextField(
        label=_("Category"), required=False, max_length=500, help_text=_("Where it is filed: “Evaluation/Scoring”.")
    )
    tags = TextField(
        label=_("Tags"),
        required=False,
        rows=2,
        max_length=2000,
        help_text=_("Words with commas between them, or one on each line."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    jurisdiction = forms.RegexField(
        COUNTRY,
        label=_("Jurisdiction"),
        required=False,
        max_length=2,
        help_text=_("The two letters of the country whose law it follows, such as CO. Empty: it is true anywhere."),
        error_messages={"invalid": _("Use the two capital letters of a country, such as CO.")},
    )
    play = PageField(label=_("Play to read again"), model=PAGES["play"])
    lesson = PageField(label=_("Lesson to read again"), model=PAGES["lesson"])

    def __init__(
        self,
        *,
        by: User,
        banks: QuerySet[ItemBank],
        item: Item | None = None,
        skill: Skill | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.fields["bank"].queryset = banks
        self.fields["skill"].queryset = skills_of_today(with_one=skill)
        self.fields["language"].choices = [("", _("That of the bank")), *settings.LANGUAGES]
        for name in PAGES:
            self.fields[name].offer(by, getattr(item, name, None))
        if item is not None:
            del self.fields["code"]
        if self.writing == TextFormat.MOODLE:
            # It came from a file; nobody writes so by hand.
            self.fields["text_format"].choices = [(one.value, name) for one, name in FORMAT_NAMES.items()]

    def clean_category(self) -> str:
        """Return the category without empty levels."""
        return "/".join(part.strip() for part in self.cleaned_data["category"].split("/") if part.strip())

    def clean_tags(self) -> tuple[str, ...]:
        """Return the words, each once."""
        sent = self.cleaned_data["tags"]
        words = [" ".join(word.split()) for word in (sent.split("\n") if "\n" in sent else sent.split(","))]
        tags = tuple(dict.fromkeys(word for word in words if word))
        if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(
                gettext("Give at most %(count)d tags, each of at most %(length)d characters.")
                % {"count": MOST_TAGS, "length": LONGEST_TAG}
            )
        return tags

    def clean(self) -> dict[str, Any]:
        """Refuse a skill without a level, or a level without a skill."""
        said: dict[str, Any] = super().clean() or {}
        if "skill" in said and "proficiency" in said and bool(said["skill"]) != bool(said["proficiency"]):
            missing = "proficiency" if said["skill"] else "skill"
            self.add_error(missing, gettext("Give both a skill and a level, or neither yet."))
        return said


class HintRow(Row):
    """What is said after a wrong try."""

    text = RichField(label=_("Hint"))
    clear_wrong = forms.BooleanField(label=_("Empty what is wrong"), required=False)
    show_count = forms.BooleanField(label=_("Say how many parts are right"), required=False)


HINTS = RowSet(
    name="hints",
    title=_("Hints"),
    one=_("Hint"),
    add=_("Add a hint"),
    varieties={"": HintRow},
    help=_("The first is shown after the first wrong try, the next after the next."),
    blank=0,
)
