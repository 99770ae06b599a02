"""Reports → Questions, as an author sees it: what is listed, sorted, kept back and sent."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from academy.lib.clock import now
from academy.people.enums import GrantKind
from academy.people.models import Organisation, User
from assessments.models import Item
from tests.factories.assessments import ItemBankFactory
from tests.factories.people import OrganisationFactory, StaffFactory
from tests.support.answers import Asked, assessment_of, sat_all
from tests.support.queries import counted_get

pytestmark = pytest.mark.django_db

# Facilities 4/10, 6/10 and 1. Who has the first right has the second wrong, so that all totals are equal.
ROWS = ["aba", "aba", "aba", "aba", "baa", "baa", "baa", "baa", "baa", "baa"]


@pytest.fixture
def place() -> Organisation:
    return OrganisationFactory(code="here")


@pytest.fixture
def cms(place: Organisation) -> Client:
    client = Client()
    client.force_login(StaffFactory(kinds=[GrantKind.AUTHOR], kinds__place=place))
    return client


@pytest.fixture
def asked(place: Organisation) -> Asked:
    return assessment_of(3, bank=ItemBankFactory(organisation=place, code="bids", title="Bids"), title="Final")


def page(cms: Client, asked: Asked, **query: str) -> Any:
    return cms.get(reverse("assessment_statistics", args=[asked.assessment.pk]), query)


def shown(response: Any) -> list[str]:
    return [one.code for one in response.context["object_list"]]


def test_list_names_assessments_with_their_attempts(cms: Client, asked: Asked) -> None:
    sat_all(asked, ROWS[:3])

    html = cms.get(reverse("assessments_statistics")).text

    assert reverse("assessment_statistics", args=[asked.assessment.pk]) in html
    [found] = cms.get(reverse("assessments_statistics")).context["object_list"]
    assert (found.title, found.bank.title, found.learners) == ("Final", "Bids", 3)
    assert [row.title for row in cms.get(reverse("assessments_statistics_results")).context["object_list"]] == ["Final"]


def test_list_is_filtered_and_sorted(cms: Client, asked: Asked, place: Organisation) -> None:
    other = assessment_of(1, bank=ItemBankFactory(organisation=place, title="Contracts"), title="Entry")
    sat_all(other, "a")

    def found(**query: Any) -> list[str]:
        response = cms.get(reverse("assessments_statistics"), query)
        return [row.title for row in response.context["object_list"]]

    assert found() == ["Entry", "Final"]
    assert found(bank=asked.bank.pk) == ["Final"]
    assert found(ordering="learners") == ["Final", "Entry"]
    assert found(ordering="-bank__title") == ["Entry", "Final"]


def test_hardest_question_comes_first(cms: Client, asked: Asked) -> None:
    sat_all(asked, ROWS)

    assert shown(page(cms, asked)) == ["bids-1", "bids-2", "bids-3"]


@pytest.mark.parametrize(
    ("ordering", "codes"),
    [
        ("-facility", ["bids-3", "bids-2", "bids-1"]),
        ("code", ["bids-1", "bids-2", "bids-3"]),
        ("-code", ["bids-3", "bids-2", "bids-1"]),
        # Nobody's marks for the third differ: it has no correlation, and stands at the end.
        ("point_biserial", ["bids-1", "bids-2", "bids-3"]),
        ("-point_biserial", ["bids-1", "bids-2", "bids-3"]),
        ("password", ["bids-1", "bids-2", "bids-3"]),
    ],
)
def test_questions_are_sorted(cms: Client, asked: Asked, ordering: str, codes: list[str]) -> None:
    sat_all(asked, ROWS)

    assert shown(page(cms, asked, ordering=ordering)) == codes


def test_page_says_what_to_look_at(cms: Client, asked: Asked) -> None:
    sat_all(asked, ROWS)

    html = page(cms, asked).text

    # Each other's opposite, and all alike in the third: the totals never differ.
    assert "No reliability: it needs two questions or more, and totals that differ between people." in html
    assert "Who does well in the other questions does badly here: look at the key, then at the wording." in html
    assert "It earned more than 95 % of its mark" in html
    assert "What the figures mean" in html
    assert "4&nbsp;×" in html


def test_strong_who_do_worse_are_told_of(cms: Client, asked: Asked) -> None:
    # The third is right where the others are wrong. Totals: 2, 2 and 1.
    sat_all(asked, ["aab"] * 5 + ["aba"] * 4 + ["bba"] * 5)

    html = page(cms, asked).text

    assert "Fewer got it right among the strong than among the weak: look at the key." in html


def test_page_with_alpha_explains_the_standard_error(cms: Client, asked: Asked) -> None:
    sat_all(asked, ["aaa"] * 5 + ["aab"] * 3 + ["bbb"] * 4)

    html = page(cms, asked).text

    assert "Cronbach’s alpha" in html
    assert "two times out of three, lie no more than" in html


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (0, "Nobody has finished it yet."),
        (1, "1 person has finished it. Figures are shown from 10 on."),
        (9, "9 people have finished it. Figures are shown from 10 on."),
    ],
)
def test_page_of_few_attempts_says_so(cms: Client, asked: Asked, count: int, sentence: str) -> None:
    sat_all(asked, ROWS[:count])

    response = page(cms, asked)

    assert sentence in response.text
    assert "%" not in response.text.partition('id="listing-results"')[2].partition("<h2>")[0]
    assert len(response.context["object_list"]) == (3 if count else 0)


def test_question_has_a_page_with_its_answers(cms: Client, asked: Asked) -> None:
    sat_all(asked, ["aaa"] * 6 + ["baa"] * 6 + ["bba"] * 6)

    response = cms.get(reverse("question_statistics", args=[asked.assessment.pk, asked.versions[0].item_id]))

    [(question, advice)] = response.context["versions"]
    assert (question.number, question.attempts) == (1, 18)
    assert [str(one.name) for one in advice] == ["Idle option"]
    for words in ("Version 1", "Who scores first?", "Everyone, alone", "Of the strong (6)", "No answer", "<svg width"):
        assert words in response.text, words


def test_question_that_nobody_was_asked_says_so(cms: Client, asked: Asked) -> None:
    address = reverse("question_statistics", args=[asked.assessment.pk, asked.versions[0].item_id])

    assert "Nobody who has finished this assessment was asked this question yet." in cms.get(address).text
    sat_all(asked, ["aaa"])
    assert "1 person had this version. Figures are shown from 10 on." in cms.get(address).text


def test_script_in_a_question_is_text(cms: Client, asked: Asked) -> None:
    script = "<script>alert('x')</script>"
    Item.objects.filter(pk=asked.versions[0].item_id).update(label=script)
    sat_all(asked, ROWS)

    for address in (
        reverse("assessment_statistics", args=[asked.assessment.pk]),
        reverse("question_statistics", args=[asked.assessment.pk, asked.versions[0].item_id]),
    ):
        html = cms.get(address).text
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


HEAD = [
    "Code",
    "Question",
    "Version",
    "Kind",
    "Attempts",
    "Facility",
    "Standard deviation",
    "Discrimination",
    "Point-biserial",
    "Effective weight",
    "Share of the marks",
    "Right",
    "Partly right",
    "Wrong",
    "Not answered",
    "Answers",
    "Look at",
]


def table(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode())))


def test_figures_are_sent_as_csv(cms: Client, asked: Asked) -> None:
    Item.objects.filter(pk=asked.versions[0].item_id).update(label="=HYPERLINK(1)")
    sat_all(asked, ROWS)

    response = page(cms, asked, export="csv")

    assert response["Content-Disposition"] == f'attachment; filename="questions-final-{now():%Y-%m-%d}.csv"'
    head, first, second, third = table(response)
    assert head == HEAD
    # A formula is text again; a figure below zero stays a number.
    assert first[:11] == [
        "bids-1", "'=HYPERLINK(1)", "1", "Single choice", "10", "0.4000", "0.5164", "", "-1.0000", "", "0.3333",
    ]  # fmt: skip
    assert first[11:] == [
        "4", "0", "6", "0", "Everyone, alone (right): 4; The chair: 6; Nobody: 0; No answer: 0",
        "Against the rest; Idle option",
    ]  # fmt: skip
    assert (second[0], third[0], third[5], third[8]) == ("bids-2", "bids-3", "1.0000", "")


def test_figures_are_sent_as_a_workbook(cms: Client, asked: Asked) -> None:
    Item.objects.filter(pk=asked.versions[0].item_id).update(label="=HYPERLINK(1)")
    sat_all(asked, ROWS)

    sheet = load_workbook(io.BytesIO(page(cms, asked, export="xlsx").getvalue())).active

    head, first, *_others = sheet.iter_rows()
    assert [cell.value for cell in head] == HEAD
    assert (first[1].value, first[1].data_type) == ("=HYPERLINK(1)", "s")
    assert (first[5].value, first[8].value) == (0.4, -1)


def test_file_of_few_attempts_holds_no_figures(cms: Client, asked: Asked) -> None:
    sat_all(asked, ROWS[:9])

    [_head, first, *_others] = table(page(cms, asked, export="csv"))

    assert first == ["bids-1", "What of 1?", "1", "Single choice", "9", *[""] * 12]


def test_list_is_sent_too(cms: Client, asked: Asked) -> None:
    sat_all(asked, ROWS)

    assert table(cms.get(reverse("assessments_statistics"), {"export": "csv"})) == [
        ["Assessment", "Bank", "Attempts"],
        ["Final", "Bids", "10"],
    ]


def addresses(asked: Asked) -> list[str]:
    return [
        reverse("assessment_statistics", args=[asked.assessment.pk]),
        reverse("question_statistics", args=[asked.assessment.pk, asked.versions[0].item_id]),
    ]


def test_what_is_not_mine_does_not_exist(cms: Client, asked: Asked) -> None:
    other = assessment_of(1, bank=ItemBankFactory(organisation=OrganisationFactory(code="there")), title="Theirs")
    of_the_site = assessment_of(1, title="Everybody’s")
    sat_all(other, "a")
    crossed = reverse("question_statistics", args=[asked.assessment.pk, other.versions[0].item_id])

    for address in (*addresses(other), *addresses(of_the_site), crossed, "/cms/reports/questions/987654321/"):
        assert cms.get(address).status_code == 404, address
    assert [row.title for row in cms.get(reverse("assessments_statistics")).context["object_list"]] == ["Final"]


def test_question_of_another_bank_of_mine_is_no_question_of_this_assessment(
    cms: Client, asked: Asked, place: Organisation
) -> None:
    other = assessment_of(1, bank=ItemBankFactory(organisation=place))

    crossed = reverse("question_statistics", args=[asked.assessment.pk, other.versions[0].item_id])

    assert cms.get(crossed).status_code == 404


def test_report_is_nothing_to_others(asked: Asked, learner: User, place: Organisation) -> None:
    client = Client()
    for person in (learner, StaffFactory(kinds=[GrantKind.PUBLISHER], kinds__place=place)):
        client.force_login(person)
        for address in (reverse("assessments_statistics"), *addresses(asked)):
            assert client.get(address).status_code == 404, address
    assert reverse("assessments_statistics") not in client.get("/cms/").text


def test_menu_leads_there(cms: Client) -> None:
    assert reverse("assessments_statistics") in cms.get("/cms/").text


# The list, an assessment, a question. What signing in, rights and the menu cost is among them.
QUERIES = (26, 25, 26)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_take_the_same_queries_with_one_and_with_three(count: int, cms: Client, place: Organisation) -> None:
    for _number in range(count):
        asked = assessment_of(count, bank=ItemBankFactory(organisation=place))
        sat_all(asked, ["a" * count] * 10)
    cms.get("/cms/")

    counted = [counted_get(cms, address) for address in (reverse("assessments_statistics"), *addresses(asked))]

    assert [response.status_code for response, _queries in counted] == [200, 200, 200]
    assert tuple(len(queries) for _response, queries in counted) == QUERIES
