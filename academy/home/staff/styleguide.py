"""The living gallery: every component of the learner site with its states, drawn by the site's own style sheet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from academy.lib.access import STAFF, access
from academy.pages.blocks import StoryBlock
from academy.pages.context_processors import THEMES
from academy.pages.domain.frame import LanguageLink
from academy.pages.domain.headings import Heading
from academy.pages.domain.languages import SourceLanguage
from academy.pages.domain.links import PageLink
from academy.pages.domain.tables import as_table

LONG = (
    "Bundesministerium für wirtschaftliche Zusammenarbeit und Entwicklung, Referat für die Vergabe digitaler "
    "Dienstleistungen, Verpflichtungsermächtigungen und Rahmenvereinbarungen"
)
SECTIONS = (
    ("words", "Words"),
    ("buttons", "Buttons"),
    ("tags", "Tags"),
    ("forms", "Forms"),
    ("errors", "Forms with errors"),
    ("notices", "Notices"),
    ("lists", "Lists"),
    ("tables", "Tables"),
    ("progress", "Progress"),
    ("navigation-samples", "Navigation"),
    ("blocks", "Blocks of authors"),
)
COLOURS = ("green", "blue", "grey", "red", "orange")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label="Name",
        help_text="As it should stand on the certificate.",
        error_messages={"required": "Enter your name"},
    )
    email = forms.EmailField(label="E-mail address", error_messages={"required": "Enter your e-mail address"})
    password = forms.CharField(
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter a password"},
    )
    reason = forms.CharField(
        label="Reason for the score",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=LONG,
        error_messages={"required": "Write a reason"},
    )
    country = forms.ChoiceField(
        label="Country",
        choices=[("", "Choose one"), ("id", "Indonesia"), ("mx", "Mexico")],
        error_messages={"required": "Choose a country"},
    )
    score = forms.ChoiceField(
        label="Score",
        choices=[("1", "1: in part"), ("2", "2: met"), ("3", LONG)],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a score"},
    )
    checks = forms.MultipleChoiceField(
        label="Checks made",
        choices=[("a", "References"), ("b", "Insurance")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick all that were made.",
        error_messages={"required": "Tick at least one check"},
    )
    agree = forms.BooleanField(
        label="I have no interest in any bid",
        error_messages={"required": "Say that you have no interest in any bid, or stop here"},
    )


class WrongForm(SampleForm):
    """The same, sent empty, with an error of the whole form."""

    def clean(self) -> None:
        """Refuse."""
        raise forms.ValidationError("These scores were changed in another window")


def _listing() -> Page[int]:
    return Paginator(range(400), 10).page(7)


def _context() -> dict[str, Any]:
    links = [
        PageLink(title="Evaluate suppliers", url="#1", summary="Score alone, then agree on one score."),
        PageLink(title="Award the contract", url="#2", summary="Decide, tell everybody why, wait, sign."),
        PageLink(title=LONG, url="#3", summary=LONG),
    ]
    rows = [["Criterion", "Weight", "Points"], ["What users need", "20", "13.33"], [LONG, "80", "–"]]
    return {
        "form": SampleForm(auto_id="plain_%s", initial={"score": "2", "checks": ["a"]}),
        "wrong": WrongForm({}, auto_id="wrong_%s"),
        "boxed": SampleForm(auto_id="boxed_%s", initial={"score": "1"}),
        "hints": {"1": "Some of what was asked is missing.", "2": "Everything that was asked is there."},
        "long": LONG,
        "colours": COLOURS,
        "links": links,
        "table": as_table(rows),
        "head": rows[0],
        "rows": rows[1:],
        "numeric": (2, 3),
        "facts": [
            {"key": "Country", "value": "Colombia"},
            {"key": "Organisation", "value": LONG, "href": "#change", "action": "Change"},
        ],
        "tasks": [
            {"title": "Declare your interests", "href": "#a", "status": "Completed", "colour": ""},
            {"title": "Score alone", "href": "#b", "status": "In progress", "colour": "blue", "hint": LONG},
            {"title": "Moderate", "status": "Cannot start yet", "colour": ""},
        ],
        "listing": _listing(),
        "contents": [Heading(id=anchor, text=text) for anchor, text in SECTIONS],
        "sample_languages": [
            LanguageLink(code="en", name="English", direction="ltr", url="#", absolute_url="#", current=True),
            LanguageLink(code="ar", name="العربية", direction="rtl", url="#", absolute_url="#", current=False),
        ],
        "sample_source": SourceLanguage(code="en", name="English", direction="ltr", wanted="Spanish"),
        "crumbs": [{"title": "Home", "url": "#"}, {"title": "Playbook", "url": "#"}, {"title": LONG, "url": "#"}],
    }


@access(STAFF)
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the gallery in the colours and the direction that the address asks for (``?theme=dark&dir=rtl``)."""
    theme = request.GET.get("theme", "")
    story = StoryBlock()
    context = _context() | {
        "blocks": [
            block.render(block.get_preview_value()) for name, block in story.child_blocks.items() if name != "play_link"
        ],
        "theme": theme if theme in THEMES else "auto",
        "LANGUAGE_BIDI": request.GET.get("dir") == "rtl",
        "variants": [
            {"label": _("Light"), "query": "theme=light"},
            {"label": _("Dark"), "query": "theme=dark"},
            {"label": _("Light, right to left"), "query": "theme=light&dir=rtl"},
            {"label": _("Dark, right to left"), "query": "theme=dark&dir=rtl"},
        ],
    }
    return render(request, "home/staff/styleguide.html", context)
