"""Form fields and their errors, as screen readers get them."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test.html import parse_html

from academy.pages.templatetags.govuk_tags import page_numbers


class ScoreForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(label="Name", help_text="As on a certificate.", error_messages={"required": "Enter a name"})
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    reason = forms.CharField(label="Reason", widget=forms.Textarea)
    country = forms.ChoiceField(label="Country", choices=[("id", "Indonesia")])
    score = forms.ChoiceField(
        label="Score",
        choices=[("1", "One"), ("2", "Two")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a score"},
    )
    checks = forms.MultipleChoiceField(
        label="Checks", choices=[("a", "References")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agree = forms.BooleanField(label="I agree", error_messages={"required": "Agree to go on"})


def render(source: str, **context: Any) -> str:
    return Template("{% load govuk_tags academy_tags %}" + source).render(Context(context))


def assert_same(given: str, wanted: str) -> None:
    assert parse_html(given) == parse_html(wanted)


def test_govuk_field_text_with_hint_is_described_by_it() -> None:
    assert_same(
        render("{% govuk_field form.name %}", form=ScoreForm()),
        """
        <div class="govuk-form-group">
          <label class="govuk-label" for="id_name">Name</label>
          <div id="id_name-hint" class="govuk-hint">As on a certificate.</div>
          <input type="text" name="name" class="govuk-input" aria-describedby="id_name-hint" required id="id_name">
        </div>
        """,
    )


def test_govuk_field_text_with_error_is_described_by_hint_and_error() -> None:
    assert_same(
        render("{% govuk_field form.name %}", form=ScoreForm({"name": ""})),
        """
        <div class="govuk-form-group govuk-form-group--error">
          <label class="govuk-label" for="id_name">Name</label>
          <div id="id_name-hint" class="govuk-hint">As on a certificate.</div>
          <p id="id_name-error" class="govuk-error-message">
            <span class="govuk-visually-hidden">Error:</span> Enter a name</p>
          <input type="text" name="name" class="govuk-input govuk-input--error"
                 aria-describedby="id_name-hint id_name-error" aria-invalid="true" required id="id_name">
        </div>
        """,
    )


def test_govuk_field_radios_group_is_described_and_first_answer_has_the_linked_id() -> None:
    given = render("{% govuk_field form.score hints=hints %}", form=ScoreForm({}), hints={"2": "All of it"})

    assert_same(
        given,
        """
        <div class="govuk-form-group govuk-form-group--error">
          <fieldset class="govuk-fieldset" aria-describedby="id_score-error">
            <legend class="govuk-fieldset__legend">Score</legend>
            <p id="id_score-error" class="govuk-error-message">
              <span class="govuk-visually-hidden">Error:</span> Choose a score</p>
            <div class="govuk-radios" data-module="govuk-radios">
              <div class="govuk-radios__item">
                <input class="govuk-radios__input" id="id_score_0" name="score" type="radio" value="1">
                <label class="govuk-label govuk-radios__label" for="id_score_0">One</label>
              </div>
              <div class="govuk-radios__item">
                <input class="govuk-radios__input" id="id_score_1" name="score" type="radio" value="2"
                       aria-describedby="id_score_1-hint">
                <label class="govuk-label govuk-radios__label" for="id_score_1">Two</label>
                <div id="id_score_1-hint" class="govuk-hint govuk-radios__hint">All of it</div>
              </div>
            </div>
          </fieldset>
        </div>
        """,
    )


def test_govuk_field_heading_makes_the_legend_the_page_heading() -> None:
    given = render("{% govuk_field form.score heading=True %}", form=ScoreForm())

    assert '<h1 class="govuk-fieldset__heading">Score</h1>' in given


def test_govuk_field_chosen_answer_is_checked_in_its_own_box() -> None:
    given = render("{% govuk_field form.score boxed=True %}", form=ScoreForm(initial={"score": "2"}))

    assert given.count('<div class="ac-choice">') == 2
    assert 'value="2" checked' in given
    assert 'value="1" checked' not in given


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("password", "govuk-input govuk-password-input__input govuk-js-password-input-input"),
        ("reason", "govuk-textarea"),
        ("country", "govuk-select"),
        ("agree", "govuk-checkboxes__input"),
    ],
)
def test_govuk_field_other_control_has_its_class(name: str, css: str) -> None:
    given = render("{% govuk_field field %}", field=ScoreForm()[name])

    assert f'class="{css}"' in given
    assert f'for="id_{name}"' in given


def test_govuk_field_script_in_label_and_answer_is_shown_as_text() -> None:
    form = ScoreForm({"name": "<script>alert(1)</script>", "score": "x"})
    form.fields["score"].choices = [("1", "<script>alert(2)</script>")]

    given = render("{% govuk_field form.name %}{% govuk_field form.score %}", form=form)

    assert "<script>" not in given
    assert given.count("&lt;script&gt;") == 2


def test_error_summary_links_to_each_control_and_names_errors_of_the_whole() -> None:
    form = ScoreForm({"password": "x", "reason": "y", "country": "id"})
    form.add_error(None, "Changed elsewhere")

    assert_same(
        render("{% error_summary form %}", form=form),
        """
        <div class="govuk-error-summary" data-module="govuk-error-summary">
          <div role="alert">
            <h2 class="govuk-error-summary__title">There is a problem</h2>
            <div class="govuk-error-summary__body">
              <ul class="govuk-list govuk-error-summary__list">
                <li><a href="#id_name">Enter a name</a></li>
                <li><a href="#id_score_0">Choose a score</a></li>
                <li><a href="#id_agree">Agree to go on</a></li>
                <li>Changed elsewhere</li>
              </ul>
            </div>
          </div>
        </div>
        """,
    )


def test_error_summary_without_errors_is_nothing() -> None:
    assert render("{% error_summary form %}", form=ScoreForm()).strip() == ""


@pytest.mark.parametrize(
    ("colour", "wanted"),
    [("green", '<strong class="govuk-tag govuk-tag--green">Passed</strong>'), ("", "Passed")],
)
def test_status_tag_without_colour_is_plain_words(colour: str, wanted: str) -> None:
    assert render("{% status_tag 'Passed' colour %}", colour=colour).strip() == wanted


def test_page_numbers_long_list_leaves_out_what_is_far() -> None:
    listing = Paginator(range(400), 10).page(7)

    assert page_numbers(listing) == (1, None, 6, 7, 8, None, 40)


def test_pagination_marks_the_present_page_and_keeps_filters() -> None:
    listing = Paginator(range(30), 10).page(2)

    given = render("{% include 'components/pagination.html' %}", listing=listing, query="stage=2&")

    assert 'href="?stage=2&amp;page=1" rel="prev"' in given
    assert 'aria-label="Page 2" aria-current="page"' in given
    assert given.count("aria-current") == 1
    assert 'href="?stage=2&amp;page=3" rel="next"' in given


def test_pagination_single_page_is_nothing() -> None:
    given = render("{% include 'components/pagination.html' %}", listing=Paginator([1], 10).page(1))

    assert given.strip() == ""
