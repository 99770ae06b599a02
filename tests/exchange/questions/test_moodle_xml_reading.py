"""What questions of Moodle become here, held against golden documents, element by element."""

from __future__ import annotations

from decimal import Decimal

import pytest

from academy.exchange.questions.moodle_xml import read
from assessments.item_types.bodies import (
    Accepted,
    AcceptedNumber,
    Cloze,
    Description,
    Editor,
    FileUpload,
    Gap,
    GapFill,
    Matching,
    MultipleChoice,
    MultipleRule,
    Numeric,
    OpenText,
    Option,
    Ordering,
    OrderingRule,
    Pair,
    ShortText,
    SingleChoice,
    Step,
    TrueFalse,
    Unit,
    UnitRule,
    Word,
)
from assessments.item_types.questions import Hint, Picture, Question, Verdicts
from assessments.item_types.rich import Rich, TextFormat
from tests.support.moodle_xml import JPEG, PNG, answer, file, golden, lost, one, question, quiz, taken

THIRD = Decimal("0.3333333")


def h(text: str) -> Rich:
    return Rich(text, TextFormat.HTML)


def found_in(name: str) -> list[Question]:
    reading = read(golden(name))
    assert [found.problems for found in reading.found] == [()] * len(reading.found)
    return [found.question for found in reading.found if found.question]


def test_choice_has_texts_marks_tags_hints_and_category() -> None:
    whole = found_in("choices.xml")[0]

    assert whole == Question(
        kind="single_choice",
        stem=h("<p>¿Qué <b>plazo</b> corre?</p>"),
        body=SingleChoice(
            options=(
                Option(key="a", text=h("Treinta días"), correct=True, feedback=h("Así es.")),
                Option(key="b", text=Rich("1 < 2 días"), correct=False),
            ),
        ),
        name="Plazo de la licitación",
        code="PLAZO-1",
        category=("Bases", "Oferta y/o precio", "Términos"),
        tags=("plazos", "ley"),
        explanation=Rich("Vea el *capítulo 3*.", TextFormat.MARKDOWN),
        verdicts=Verdicts(right=h("Bien."), wrong=h("Lea otra vez.")),
        hints=(Hint(text=h("Más de veinte."), show_count=True), Hint(text=h("Menos de cuarenta."), clear_wrong=True)),
        mark=Decimal(2),
    )


def test_choice_with_parts_of_the_mark_says_what_each_option_earns() -> None:
    part = found_in("choices.xml")[1]

    assert part.body == SingleChoice(
        options=(
            Option(key="a", text=Rich("A sixth", TextFormat.MOODLE), correct=False, fraction=Decimal("0.1666667")),
            Option(key="b", text=Rich("All", TextFormat.MOODLE), correct=True, fraction=Decimal(1)),
            Option(key="c", text=Rich("Less", TextFormat.MOODLE), correct=False, fraction=-THIRD),
        ),
        shuffle=False,
    )
    assert (part.penalty, part.category) == (Decimal("0.1"), ("Bases", "Oferta y/o precio", "Términos"))


def test_choice_of_several_weighs_its_options_and_a_third_is_a_third() -> None:
    several = found_in("choices.xml")[2]

    assert several.body == MultipleChoice(
        options=(
            Option(key="a", text=h("Un"), correct=True, fraction=THIRD),
            Option(key="b", text=h("Deux"), correct=True, fraction=THIRD),
            Option(key="c", text=h("Trois"), correct=True, fraction=THIRD),
            Option(key="d", text=h("Quatre <sup>2</sup>"), correct=False, fraction=Decimal(-1)),
            Option(key="e", text=h("Cinq <sub>2</sub>"), correct=False, fraction=Decimal(0)),
        ),
        rule=MultipleRule.WEIGHTS,
        shuffle=False,
    )
    assert (several.category, several.mark) == ((), Decimal(3))


def test_options_that_differ_in_what_is_raised_are_two() -> None:
    body = answer("<![CDATA[m<sup>2</sup>]]>") + answer("<![CDATA[m<sub>2</sub>]]>", "0")
    assert len(taken("multichoice", body).body.options) == 2


def test_true_false_takes_the_answer_by_its_word() -> None:
    assert found_in("choices.xml")[3].body == TrueFalse(answer=False, feedback_true=Rich("Only an offer."))


@pytest.mark.parametrize("first", ["true", "false"])
def test_true_false_may_stand_in_either_order(first: str) -> None:
    other = "false" if first == "true" else "true"
    body = answer(first, "100", "<feedback><text>R</text></feedback>") + answer(other, "0")
    assert taken("truefalse", body).body == (
        TrueFalse(answer=True, feedback_true=h("R"))
        if first == "true"
        else TrueFalse(answer=False, feedback_false=h("R"))
    )


def test_old_true_false_is_read_by_its_order_and_says_so() -> None:
    found = one("truefalse", answer("Verdadero", "0") + answer("Falso"))
    assert found.question is not None
    assert found.question.body == TrueFalse(answer=False)
    assert found.lost == ("Its answers are named “Verdadero” and “Falso”. The first was taken for true.",)


def test_refused_question_without_a_name_is_called_by_what_it_asks() -> None:
    file = quiz(
        question("multichoice", answer("A", "50") + answer("B", "0"), text="&lt;b&gt;Why&lt;/b&gt; so?", name="")
    )
    assert [(found.question, found.name) for found in read(file).found] == [(None, "Why so?")]


def test_long_name_is_cut_and_said() -> None:
    (found,) = read(quiz(question("description", name="N" * 300))).found
    assert found.question is not None
    assert (found.question.name, found.name) == ("N" * 254 + "…", "N" * 300)
    assert found.lost == ("Its name is longer than 255 characters and was cut, as Moodle does.",)


def test_short_answer_keeps_patterns_and_stars() -> None:
    assert found_in("answers.xml")[0].body == ShortText(
        answers=(
            Accepted(text="framework", feedback=h("Yes.")),
            Accepted(text="frame*", fraction=Decimal("0.9"), pattern=True),
            Accepted(text="5 * 3", fraction=Decimal("0.5")),
            Accepted(text="\\*a*", fraction=THIRD, pattern=True),
            Accepted(text="*", fraction=Decimal(0), feedback=h("No."), pattern=True),
        ),
        case_sensitive=True,
    )


def test_numerical_has_tolerances_and_units_the_first_of_which_is_that_of_the_key() -> None:
    length = found_in("answers.xml")[1]

    assert length.body == Numeric(
        answers=(
            AcceptedNumber(value=Decimal("3.5"), tolerance=Decimal("0.05"), feedback=h("Good.")),
            AcceptedNumber(value=Decimal(-1200), fraction=Decimal("0.5")),
            AcceptedNumber(fraction=Decimal(0), feedback=h("Measure again.")),
        ),
        units=(Unit(name="m"), Unit(name="cm", multiplier=Decimal(100))),
        unit_rule=UnitRule.OF_FULL,
        unit_penalty=Decimal("0.25"),
        unit_list=True,
        unit_before=True,
    )
    assert length.penalty == THIRD


def test_numerical_without_units_costs_nothing_for_them() -> None:
    assert found_in("answers.xml")[2].body == Numeric(answers=(AcceptedNumber(value=Decimal(12)),))


@pytest.mark.parametrize(("grading", "rule"), [("1", UnitRule.OF_MARK), ("2", UnitRule.OF_FULL)])
def test_numerical_that_grades_units_takes_off_a_tenth_unless_told(grading: str, rule: UnitRule) -> None:
    units = "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
    body = taken("numerical", answer("1") + units + f"<unitgradingtype>{grading}</unitgradingtype>").body
    assert (body.unit_rule, body.unit_penalty, body.unit_list) == (rule, Decimal("0.1"), False)


def test_matching_takes_an_empty_stem_for_a_distractor() -> None:
    assert found_in("places.xml")[0].body == Matching(
        pairs=(
            Pair(key="a", stem=h("<p>Indonesia</p>"), match="Jakarta"),
            Pair(key="b", stem=Rich("Kolombia"), match="Bogotá"),
        ),
        distractors=("Lima",),
        shuffle=False,
    )


def test_ordering_has_its_steps_in_their_right_order() -> None:
    assert found_in("places.xml")[1].body == Ordering(
        steps=(
            Step(key="a", text=h("Plan")),
            Step(key="b", text=Rich("Tender", TextFormat.MOODLE)),
            Step(key="c", text=h("Award")),
        ),
        rule=OrderingRule.RELATIVE_ALL_PREVIOUS_AND_NEXT,
        horizontal=True,
    )


@pytest.mark.parametrize("rule", OrderingRule)
def test_ordering_knows_each_way_of_grading(rule: OrderingRule) -> None:
    settings = f"<selecttype>ALL</selecttype><gradingtype>{rule.value.upper()}</gradingtype>"
    assert taken("ordering", settings + answer("A", "1") + answer("B", "2")).body.rule is rule


def test_select_missing_words_counts_anew_without_the_empty_word() -> None:
    words = found_in("places.xml")[2]

    assert words.stem == h("<p>The [[2]] goes to the [[3]], never to the [[2]].</p>")
    assert words.body == GapFill(words=(Word(text="law"), Word(text="bid"), Word(text="R&D", group=2)), gaps=(2, 3, 2))


def test_dragged_words_say_which_may_be_used_again() -> None:
    assert found_in("places.xml")[3].body == GapFill(
        words=(Word(text="once", reuse=False), Word(text="ever")), gaps=(1, 2, 2), shuffle=False
    )


def test_essay_is_a_long_answer() -> None:
    reasons = found_in("open.xml")[0]

    assert reasons.body == OpenText(
        marker_notes=h("Look for three."),
        template=h("First, …"),
        editor=Editor.MONOSPACED,
        lines=20,
        least_words=50,
    )
    assert (reasons.mark, reasons.penalty) == (Decimal(10), Decimal(0))


def test_essay_without_a_field_asks_for_files() -> None:
    assert found_in("open.xml")[1].body == FileUpload(least=2, most=3, types=(".pdf", ".odt"), megabytes=5)


def test_description_asks_nothing_and_weighs_nothing() -> None:
    case = found_in("open.xml")[2]
    assert (case.kind, case.body, case.mark) == ("description", Description(), Decimal(1))
    assert case.stem == Rich("# A ministry buys laptops", TextFormat.MARKDOWN)


def test_cloze_has_gaps_of_every_kind() -> None:
    whole = found_in("cloze.xml")[0]

    assert whole.stem == h(
        "<p>Typed {#1}, exact {#2},\nnumber {#3}, list {#4},\ndown {#5}, across {#6},\n"
        "several {#7} and weighed {#8}.</p>"
    )
    assert whole.mark == Decimal(11)
    assert whole.hints == (Hint(text=h("Think."), clear_wrong=True, show_count=True),)
    assert whole.body == Cloze(
        gaps=(
            Gap(
                short_text=ShortText(
                    answers=(
                        Accepted(text="tea"),
                        Accepted(text="wat*", fraction=Decimal("0.5"), feedback=Rich("Nearly } # there"), pattern=True),
                        Accepted(text="*", fraction=Decimal(0)),
                    ),
                )
            ),
            Gap(
                short_text=ShortText(
                    answers=(Accepted(text="Tea"), Accepted(text="x", fraction=Decimal(0))), case_sensitive=True
                ),
                weight=2,
            ),
            Gap(
                numeric=Numeric(
                    answers=(
                        AcceptedNumber(value=Decimal("3.5"), tolerance=Decimal("0.1")),
                        AcceptedNumber(value=Decimal(-4), fraction=Decimal("0.5"), feedback=Rich("Close")),
                    ),
                )
            ),
            Gap(
                single_choice=SingleChoice(
                    options=(
                        Option(key="a", text=Rich("one"), correct=False),
                        Option(key="b", text=h("two & <b>three</b>"), correct=True, feedback=Rich("Yes")),
                    ),
                    shuffle=False,
                )
            ),
            Gap(
                single_choice=SingleChoice(
                    options=(
                        Option(key="a", text=Rich("="), correct=True, fraction=Decimal(1)),
                        Option(key="b", text=Rich("%5%"), correct=False, fraction=THIRD),
                    ),
                ),
                layout="vertical",
            ),
            Gap(
                single_choice=SingleChoice(
                    options=(
                        Option(key="a", text=Rich("a"), correct=True),
                        Option(key="b", text=Rich("b"), correct=False),
                    ),
                    shuffle=False,
                ),
                layout="horizontal",
            ),
            Gap(
                multiple_choice=MultipleChoice(
                    options=tuple(Option(key=key, text=Rich(key), correct=key != "d") for key in ("a", "b", "c", "d")),
                ),
                weight=3,
                layout="horizontal",
            ),
            Gap(
                multiple_choice=MultipleChoice(
                    options=(
                        Option(key="a", text=Rich("a"), correct=True, fraction=Decimal("0.6666667")),
                        Option(key="b", text=Rich("b"), correct=True, fraction=THIRD),
                        Option(key="c", text=Rich("c"), correct=False, fraction=Decimal(-1)),
                    ),
                    rule=MultipleRule.WEIGHTS,
                    shuffle=False,
                ),
                layout="vertical",
            ),
        ),
    )


@pytest.mark.parametrize(
    "text", [b"\xef\xbb\xbf" + golden("choices.xml"), golden("choices.xml").decode().encode("utf-16")]
)
def test_a_byte_order_mark_says_the_encoding(text: bytes) -> None:
    declared = text if text.startswith(b"\xef") else text.decode("utf-16").replace("UTF-8", "UTF-16").encode("utf-16")
    assert read(declared) == read(golden("choices.xml"))


def test_a_declared_encoding_is_believed() -> None:
    latin = golden("choices.xml").decode().replace("UTF-8", "ISO-8859-1").encode("iso-8859-1")
    assert read(latin) == read(golden("choices.xml"))


def test_lines_are_those_of_the_questions() -> None:
    lines = golden("choices.xml").decode().splitlines()
    assert ["<question" in lines[found.line - 1] for found in read(golden("choices.xml")).found] == [True] * 4


def test_pictures_get_our_names_and_the_same_name_with_other_bytes_another() -> None:
    stem = "&lt;img src=&quot;@@PLUGINFILE@@/a%20plan.png&quot;&gt; @@PLUGINFILE@@/sub/b.png</text>"
    first = stem + file("a plan.png", PNG) + file("b.png", PNG, "/sub/") + "<text>"
    second = "@@PLUGINFILE@@/a%20plan.png!" + "</text>" + file("a plan.png", JPEG) + "<text>"
    third = "@@PLUGINFILE@@/a%20plan.png" + "</text>" + file("a plan.png", PNG) + "<text>"
    body = answer(second, "100") + answer(third, "0") + "<single>true</single>"

    whole = taken("multichoice", body, text=first)

    assert whole.stem == h('<img src="picture:a%20plan.png"> picture:sub-b.png')
    assert [option.text.text for option in whole.body.options] == [
        "picture:a%20plan-2.png!",
        "picture:a%20plan.png",
    ]
    assert whole.pictures == (
        Picture(name="a plan-2.png", data=JPEG),
        Picture(name="a plan.png", data=PNG),
        Picture(name="sub-b.png", data=PNG),
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [(PNG, "a.png"), (JPEG, "a.jpg"), (b"GIF89a..", "a.gif"), (b"RIFF1234WEBP", "a.webp")],
    ids=["png", "jpeg", "gif", "webp"],
)
def test_pictures_are_known_by_their_first_bytes(data: bytes, name: str) -> None:
    assert taken("description", text="x</text>" + file(name, data) + "<text>").pictures == (
        Picture(name=name, data=data),
    )


def test_what_is_no_picture_is_left_out_and_its_use_said() -> None:
    text = "@@PLUGINFILE@@/plan.pdf @@PLUGINFILE@@/gone.png</text>" + file("plan.pdf", b"%PDF-1.7") + "<text>"
    assert lost("description", text=text) == (
        "The file “plan.pdf” is left out: it is no picture. PNG, JPEG, GIF and WebP up to 5 MB are taken.",
        "A text still names “plan.pdf”, which was left out. Take the name out of it.",
        "A text names the file “gone.png”, which is not there. Add it in Moodle and export again.",
    )


def test_broken_and_large_files_are_left_out() -> None:
    broken = '<file name="a.png" path="/" encoding="base64">iVBO*</file>'
    large = f'<file name="b.png" path="/" encoding="base64">{"AAAA" * (5 * 1024 * 1024 // 3 + 2)}</file>'
    assert lost("description", text=f"x</text>{broken}{large}<text>") == (
        "The file “a.png” is left out: its bytes cannot be read. PNG, JPEG, GIF and WebP up to 5 MB are taken.",
        "The file “b.png” is left out: it is too large. PNG, JPEG, GIF and WebP up to 5 MB are taken.",
    )


@pytest.mark.parametrize(
    ("kind", "body", "sentence"),
    [
        ("description", "<hidden>1</hidden>", "It is a draft or hidden in Moodle."),
        ("description", "<odd>1</odd>", "<odd> is not known here."),
        ("description", "<odd><text>x</text></odd>", "<odd> is not known here."),
        ("essay", "<attachments>2</attachments>",
         "Files cannot be added to a text here. Ask for them in a question of their own."),
        ("essay", "<responserequired>0</responserequired>",
         "Its answer may be left empty in Moodle. An empty answer earns nothing here."),
        ("numerical", answer("1") + "<instructions><text>In metres.</text></instructions>",
         "Its instructions about the unit are not kept. Put them into the question's text."),
        ("cloze", "<defaultgrade>7</defaultgrade>",
         "The file says that it earns 7; its gaps weigh 2, which counts in Moodle."),
        ("multichoice", answer("A") + answer("B", "0") + "<answernumbering>iii</answernumbering>",
         "Its options are numbered “iii” in Moodle. They are not here."),
        ("ddwtos", "<dragbox><text>&lt;b&gt;a&lt;/b&gt;</text></dragbox>", "The word “a” loses its formatting."),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_cannot_be_had_here_is_said(kind: str, body: str, sentence: str) -> None:
    text = {"cloze": "{2:SA:=a}", "ddwtos": "[[1]]"}.get(kind, "Why?")
    assert lost(kind, body, text=text) == (sentence,)


def test_what_a_category_tells_is_said_with_its_first_question() -> None:
    category = (
        '<question type="category"><category><text>$system$/top/A//B/C</text></category>'
        "<info><text>Hello</text></info></question>"
    )
    first, second = read(quiz(category, question("description"), question("description"))).found
    assert first.lost == ("The description and the number of the category “A/B/C” are not kept.",)
    assert second.lost == ()
    assert second.question is not None
    assert second.question.category == ("A/B", "C")


@pytest.mark.parametrize(
    ("name", "text_format"),
    [
        ("html", TextFormat.HTML),
        ("moodle_auto_format", TextFormat.MOODLE),
        ("plain_text", TextFormat.PLAIN),
        ("markdown", TextFormat.MARKDOWN),
    ],
)
def test_texts_keep_their_format_and_others_follow_the_question(name: str, text_format: TextFormat) -> None:
    data = quiz(question("description", "<generalfeedback><text>b</text></generalfeedback>").replace("html", name))
    (found,) = read(data).found
    assert found.question is not None
    assert (found.question.stem.format, found.question.explanation.format) == (text_format, text_format)


@pytest.mark.parametrize(("name", "text_format"), [("wiki_like", TextFormat.PLAIN), ("bbcode", TextFormat.HTML)])
def test_formats_that_are_not_had_here_are_said(name: str, text_format: TextFormat) -> None:
    (found,) = read(quiz(question("description").replace("html", name))).found
    assert found.question is not None
    assert (found.question.stem.format, len(found.lost)) == (text_format, 1)


def test_sections_and_signs_of_every_plane_survive() -> None:
    text = "<![CDATA[a ]]]]><![CDATA[> b 𠀀 &amp; <i>c</i>]]>"
    assert taken("description", text=text).stem == h("a ]]> b 𠀀 &amp; <i>c</i>")
