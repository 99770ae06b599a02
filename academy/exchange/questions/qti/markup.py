"""Texts of an item: XHTML between interactions, as our texts are written."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from academy.exchange.questions.qti.pictures import Pictures
from academy.exchange.questions.qti.refusals import Refused
from academy.standards.qti.tree import Content, Element
from assessments.item_types.rich import Rich, TextFormat

VOID = {"br", "col", "hr", "img"}
FEEDBACKS = {"feedbackInline", "feedbackBlock"}
# What a text may hold that is said elsewhere, or to somebody else.
ASIDE = {*FEEDBACKS, "rubricBlock", "stylesheet"}
CHANGING = {"printedVariable", "templateBlock", "templateInline", "include"}
BLOCKS = {
    "address", "blockquote", "dd", "div", "dl", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "table", "ul",
}  # fmt: skip
UNSHOWN = {"audio", "video", "object", "iframe", "picture", "svg"}

Replace = Callable[[Element, str], str]


def refuse_interaction(element: Element, after: str) -> str:
    """An interaction where only a text can be."""
    raise Refused(_("“%(name)s” stands within a text that has no place for it.") % {"name": element.name[:60]})


@dataclass(frozen=True, slots=True)
class Markup:
    """Turns content into our texts."""

    pictures: Pictures

    def rich(self, content: Content) -> Rich:
        """Return the text of a part in which no interaction stands."""
        shown = tuple(one for one in content if isinstance(one, str) or one.name not in ASIDE)
        if not any(isinstance(one, Element) for one in shown):
            return Rich(" ".join("".join(one for one in shown if isinstance(one, str)).split()))
        return html_text(self.html(shown))

    def html(self, content: Content, replace: Replace = refuse_interaction) -> str:
        """Return HTML; ``replace`` is given each interaction and the text that follows it within its element."""
        parts = []
        for number, one in enumerate(content):
            if isinstance(one, str):
                parts.append(html.escape(one, quote=False))
            elif one.name in ASIDE:
                continue
            elif is_interaction(one):
                parts.append(replace(one, _text_of(content[number + 1 :])))
            else:
                parts.append(self._element(one, replace))
        return "".join(parts)

    def _element(self, element: Element, replace: Replace) -> str:
        name = element.name
        if name in CHANGING or name.startswith(("math:", "{")) or name == "math":
            raise Refused(_refusal(name))
        if name == "img":
            return self._picture(element.get("src"), element.get("alt"), element)
        if name == "object" and element.get("type").strip().startswith("image/"):
            return self._picture(element.get("data"), " ".join(element.text.split()), element)
        if name in UNSHOWN:
            raise Refused(_("It shows a “%(name)s”, which a question here can't. Link to it instead.") % {"name": name})
        if name in VOID:
            return f"<{name}{_attributes(element)}>"
        inner = self.html(element.content, replace)
        if not inner.strip() and any(is_interaction(one) for one in element.walk()):
            return ""
        return f"<{name}{_attributes(element)}>{inner}</{name}>"

    def _picture(self, address: str, words: str, element: Element) -> str:
        source = self.pictures.source(address)
        if not source:
            return html.escape(words, quote=False)
        sizes = "".join(f' {key}="{html.escape(element.get(key))}"' for key in ("width", "height") if element.get(key))
        return f'<img src="{html.escape(source)}" alt="{html.escape(words)}"{sizes}>'


def html_text(markup: str) -> Rich:
    """Return HTML as a text, without the one box around it all."""
    markup = markup.strip()
    while markup.startswith("<div>") and markup.endswith("</div>") and markup.count("<div") == 1:
        markup = markup.removeprefix("<div>").removesuffix("</div>").strip()
    return Rich(markup, TextFormat.HTML) if markup else Rich()


def is_interaction(element: Element) -> bool:
    """Whether a learner does something here."""
    return element.name.endswith("Interaction") or element.name in {
        "gap",
        "hottext",
        "infoControl",
        "positionObjectStage",
    }


def _text_of(content: Content) -> str:
    return "".join(one if isinstance(one, str) else one.text for one in content).strip()


def _refusal(name: str) -> str:
    if name.startswith(("math:", "math")):
        return _("It has a formula in MathML. Write it as text, or put a picture in its place.")
    if name.startswith("{"):
        return _("It has an element of another standard: “%(name)s”. Remove it.") % {"name": name[:80]}
    return _("It changes itself for each learner (“%(name)s”). Make a question of each variant.") % {"name": name}


def _attributes(element: Element) -> str:
    said = [("lang" if key == "xml:lang" else key, value) for key, value in element.attributes]
    return "".join(f' {key}="{html.escape(value)}"' for key, value in said if ":" not in key and "{" not in key)
