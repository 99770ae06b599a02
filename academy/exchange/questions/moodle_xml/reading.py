"""From a file of Moodle to questions, or to sentences that say why not."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from academy.exchange.questions.moodle_xml.categories import names_of
from academy.exchange.questions.moodle_xml.desk import Desk
from academy.exchange.questions.moodle_xml.numbers import number, tidy
from academy.exchange.questions.moodle_xml.read_answers import read_numeric, read_short_text
from academy.exchange.questions.moodle_xml.read_choices import Read, read_choice, read_true_false
from academy.exchange.questions.moodle_xml.read_cloze import read_cloze
from academy.exchange.questions.moodle_xml.read_open import read_description, read_essay
from academy.exchange.questions.moodle_xml.read_places import read_gaps, read_matching, read_ordering
from academy.exchange.questions.moodle_xml.sentences import of_file, of_type
from academy.exchange.questions.names import shortened
from academy.exchange.questions.reading import Found, Note, Reading
from academy.standards.moodle_xml import Category, Item, read_moodle_xml
from assessments.item_types.questions import PENALTY, Hint, Question, Verdicts
from assessments.item_types.rich import Rich, visible

ZERO, ONE = Decimal(0), Decimal(1)
# Moodle mends what old versions rounded.
NEAR_A_THIRD = Decimal("0.005")
CHOICE = {"single", "shuffleanswers", "answernumbering", "showstandardinstruction"}
ORDER = {"layouttype", "selecttype", "selectcount", "logical", "studentsee", "gradingtype"}
ESSAY = {
    "responseformat", "responserequired", "responsefieldlines", "minwordlimit", "maxwordlimit", "attachments",
    "attachmentsrequired", "maxbytes", "filetypeslist",
}  # fmt: skip
READERS: dict[str, tuple[Callable[[Item, Desk], Read], set[str]]] = {
    "multichoice": (read_choice, CHOICE),
    "truefalse": (read_true_false, set()),
    "shortanswer": (read_short_text, {"usecase"}),
    "numerical": (read_numeric, {"unitgradingtype", "unitpenalty", "showunits", "unitsleft"}),
    "matching": (read_matching, {"shuffleanswers"}),
    "match": (read_matching, {"shuffleanswers"}),
    "essay": (read_essay, ESSAY),
    "description": (read_description, set()),
    "cloze": (read_cloze, set()),
    "multianswer": (read_cloze, set()),
    "gapselect": (read_gaps, {"shuffleanswers"}),
    "ddwtos": (read_gaps, {"shuffleanswers"}),
    "ordering": (read_ordering, {*ORDER, "showgrading", "numberingstyle"}),
}
OF_ALL = {"defaultgrade", "penalty", "hidden", "idnumber", "shownumcorrect"}


def read(data: bytes) -> Reading:
    """Read a file. Bad content is said in sentences; nothing is raised."""
    document = read_moodle_xml(data)
    if document.finding:
        return Reading(problems=(Note(line=document.finding.line, message=of_file(document.finding)),))
    found: list[Found] = []
    category: tuple[str, ...] = ()
    of_category: list[str] = []
    for entry in document.entries:
        if isinstance(entry, Category):
            category = names_of(entry.path)
            of_category.extend(_lost_of(entry))
        else:
            found.append(read_item(entry, category=category, lost=of_category))
            of_category = []
    if not found:
        return Reading(problems=(Note(message=_("The file has categories and no question in them.")),))
    return Reading(found=tuple(found))


def _lost_of(entry: Category) -> list[str]:
    if not (entry.info.text or entry.idnumber):
        return []
    path = "/".join(names_of(entry.path))
    return [_("The description and the number of the category “%(path)s” are not kept.") % {"path": path}]


def read_item(item: Item, *, category: tuple[str, ...], lost: list[str]) -> Found:
    """Read one question; ``lost`` is what was left behind on the way to it."""
    if item.type not in READERS:
        return Found(
            line=item.line, name=_called(item), question=None, problems=(of_type(item.type),), lost=tuple(lost)
        )
    desk = Desk(item)
    for sentence in lost:
        desk.lose(sentence)
    reader, settings = READERS[item.type]
    # First, so that the pictures of the question's own text keep their names.
    desk.rich(item.text)
    read_ = reader(item, desk)
    _tell_of_settings(item, settings, desk)
    question = _whole(item, read_, category, desk)
    if desk.problems:
        return Found(
            line=item.line, name=_called(item), question=None, problems=tuple(desk.problems), lost=tuple(desk.lost)
        )
    return Found(line=item.line, name=item.name, question=question, lost=tuple(desk.lost))


def _called(item: Item) -> str:
    """Return the name of a question that is refused; without one, what it asks."""
    return item.name or visible(Desk(item).rich(item.text))


def _whole(item: Item, read_: Read, category: tuple[str, ...], desk: Desk) -> Question | None:
    stem = read_.stem if read_.stem is not None else desk.rich(item.text)
    if not stem:
        desk.refuse(_("It has no text. Write the question."))
    hints = tuple(
        Hint(text=desk.rich(hint.text), clear_wrong=hint.clear_wrong, show_count=hint.show_count)
        for hint in item.hints
        if hint.text.text or hint.clear_wrong or hint.show_count
    )
    name, cut = shortened(item.name)
    for sentence in cut:
        desk.lose(sentence)
    return Question(
        kind=read_.kind,
        stem=stem,
        body=read_.body,
        name=name,
        code=item.setting("idnumber"),
        category=category,
        tags=item.tags,
        explanation=desk.rich(item.general_feedback),
        verdicts=_verdicts(item, desk),
        hints=hints,
        penalty=_penalty(item, desk),
        mark=_mark(item, read_, desk),
        # Last: the texts before it named them.
        pictures=desk.album.pictures(),
    )


def _verdicts(item: Item, desk: Desk) -> Verdicts:
    right, partly, wrong = (desk.rich(text) for text in (item.correct, item.partly, item.incorrect))
    if not (right or partly or wrong):
        return Verdicts(right=Rich(), partly=Rich(), wrong=Rich())
    return Verdicts(right=right, partly=partly, wrong=wrong)


def _penalty(item: Item, desk: Desk) -> Decimal:
    text = item.setting("penalty")
    found = number(text) if text else PENALTY
    if found is None or not ZERO <= found <= ONE:
        desk.refuse(_("The penalty for a wrong try is “%(text)s”. Write a share from 0 to 1.") % {"text": text[:60]})
        return PENALTY
    return PENALTY if abs(found - PENALTY) < NEAR_A_THIRD else tidy(found)


def _mark(item: Item, read_: Read, desk: Desk) -> Decimal:
    """Return the mark. A cloze earns what its gaps weigh, whatever the file says; a description earns nothing."""
    text = item.setting("defaultgrade")
    found = number(text) if text else read_.mark if read_.mark is not None else ONE
    if found is None or not ZERO <= found < Decimal(100_000):
        desk.refuse(_("The mark is “%(text)s”. Write a number from 0.") % {"text": text[:60]})
        return ONE
    if read_.mark is not None:
        if found != read_.mark:
            desk.lose(
                _("The file says that it earns %(told)s; its gaps weigh %(weight)s, which counts in Moodle.")
                % {"told": text[:60], "weight": read_.mark}
            )
        return read_.mark
    return tidy(found) or (ONE if read_.kind == "description" else ZERO)


def _tell_of_settings(item: Item, known: set[str], desk: Desk) -> None:
    if item.setting("hidden", "0") not in {"0", ""}:
        desk.lose(_("It is a draft or hidden in Moodle."))
    if "shownumcorrect" in item.settings and item.setting("shownumcorrect") != "0":
        desk.lose(_("How many parts were right is not told here."))
    for name, value in item.settings.items():
        if name not in known and name not in OF_ALL and value:
            desk.lose(_("<%(name)s> is not known here.") % {"name": name[:60]})
    for name in item.strange:
        desk.lose(_("<%(name)s> is not known here.") % {"name": name[:60]})
