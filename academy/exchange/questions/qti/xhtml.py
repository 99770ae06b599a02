"""Our texts as the XHTML that QTI allows: fewer elements than HTML has, and stricter about what stands in what."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from academy.exchange.questions.qti.markup import BLOCKS, VOID
from academy.standards.qti.tree import Content, Element, make
from assessments.item_types.rich import Rich, TextFormat, to_html

# What QTI 2.1 lacks, by what it is written as.
INSTEAD = {"del": "span", "ins": "span", "s": "span", "u": "span", "figure": "div", "figcaption": "div"}
BOXES = BLOCKS | {"caption", "figcaption", "tbody", "td", "tfoot", "th", "thead", "tr"}
FLOW = {"dd", "div", "li", "td", "th"}
ROWS = ("thead", "tfoot", "tbody")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_LENGTH = re.compile(r"\d{1,5}%?", re.ASCII)
_COUNT = re.compile(r"\d{1,3}", re.ASCII)
_KEPT: dict[str, dict[str, re.Pattern[str] | None]] = {
    "a": {"href": None},
    "img": {"src": None, "alt": None, "width": _LENGTH, "height": _LENGTH},
    "td": {"colspan": _COUNT, "rowspan": _COUNT},
    "th": {"colspan": _COUNT, "rowspan": _COUNT},
}


class _Tree(HTMLParser):
    """Cleaned HTML, as it is nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, list[tuple[str, str]], list[Element | str]]] = [("", [], [])]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = [(key, value or "") for key, value in attrs]
        if tag in VOID:
            self.open[-1][2].append(Element(tag, tuple(attributes)))
        else:
            self.open.append((tag, attributes, []))

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1][0] == tag:
            name, attributes, content = self.open.pop()
            self.open[-1][2].append(Element(name, tuple(attributes), tuple(content)))

    def handle_data(self, data: str) -> None:
        self.open[-1][2].append(data)


def content_of(rich: Rich) -> Content:
    """Return a text as flow content: plain words where it is one plain line, else elements."""
    if rich.format == TextFormat.PLAIN and "\n" not in rich.text.strip():
        return (rich.text.strip(),) if rich else ()
    tree = _Tree()
    tree.feed(to_html(rich))
    tree.close()
    return _flow(tuple(tree.open[0][2]))


def is_inline(content: Content) -> bool:
    """Whether it may stand within a line."""
    return not any(isinstance(one, Element) and any(part.name in BOXES for part in one.walk()) for one in content)


def within_line(content: Content) -> Content | None:
    """Return content that may stand within a line, out of its one paragraph if it has one; None when it can't."""
    shown = [one for one in content if not isinstance(one, str) or one.strip()]
    if len(shown) == 1 and isinstance(shown[0], Element) and shown[0].name == "p":
        content = shown[0].content
    return content if is_inline(content) else None


def box(content: Content) -> Element:
    """Return one block of it all."""
    return make("div", *content)


def _flow(content: Content) -> Content:
    return tuple(one if isinstance(one, str) else _in_flow(one) for one in content)


def _in_flow(element: Element) -> Element:
    if element.name == "table":
        return _table(element)
    if element.name in {"ol", "ul"}:
        return _listed(element, {"li"}, "li")
    if element.name == "dl":
        return _listed(element, {"dt", "dd"}, "dd")
    if element.name in BOXES:
        return _box(element)
    if not is_inline((element,)):
        return Element("div", (), _flow(element.content))
    return _in_line(element)


def _box(element: Element) -> Element:
    name = INSTEAD.get(element.name, element.name)
    if name == "blockquote":
        return _named(name, element, (box(_flow(element.content)),))
    if name in FLOW:
        return _named(name, element, _flow(element.content))
    return _named(name, element, _line(element.content))


def _listed(element: Element, names: set[str], other: str) -> Element:
    parts = []
    for one in element.content:
        if isinstance(one, Element) and one.name in names:
            parts.append(_box(one))
        elif not isinstance(one, str) or one.strip():
            parts.append(Element(other, (), _flow((one,))))
    return _named(element.name, element, tuple(parts)) if parts else Element("div")


def _table(element: Element) -> Element:
    caption = [_box(one) for one in element.all("caption")[:1]]
    groups = [
        _rows(one) for name in ROWS for one in element.all(name)[: None if name == "tbody" else 1] if one.all("tr")
    ]
    if not any(one.name == "tbody" for one in groups):
        return Element("div", (), _line(element.content))
    return _named("table", element, (*caption, *groups))


def _rows(group: Element) -> Element:
    rows = [
        _named("tr", row, tuple(_box(cell) for cell in row.children if cell.name in {"td", "th"}))
        for row in group.all("tr")
        if row.children
    ]
    return _named(group.name, group, tuple(rows))


def _line(content: Content) -> Content:
    return tuple(one if isinstance(one, str) else _in_line(one) for one in content)


def _in_line(element: Element) -> Element:
    name = "span" if element.name in BOXES else INSTEAD.get(element.name, element.name)
    if name == "a" and not element.get("href"):
        name = "span"
    return _named(name, element, _line(element.content))


def _named(name: str, element: Element, content: Content) -> Element:
    kept = _KEPT.get(name, {})
    attributes = [
        (key, value)
        for key, value in element.attributes
        if key in kept and ((rule := kept[key]) is None or rule.fullmatch(value))
    ]
    if name == "img" and not element.get("alt"):
        attributes = [one for one in attributes if one[0] != "alt"] + [("alt", "")]
    if (language := element.get("lang")) and _LANGUAGE.fullmatch(language):
        attributes.append(("xml:lang", language))
    return Element(name, tuple(attributes), content)


def split_at(content: Content, marker: re.Pattern[str], gaps: dict[int, Element], seen: list[int]) -> Content:
    """Return content with an interaction at each marker; ``seen`` gathers their numbers."""
    found: list[Element | str] = []
    for one in content:
        if isinstance(one, Element):
            found.append(Element(one.name, one.attributes, split_at(one.content, marker, gaps, seen)))
            continue
        text, *rest = marker.split(one)
        found.append(text)
        for number, after in zip(rest[::2], rest[1::2], strict=True):
            place = len(seen) + 1
            seen.append(int(number))
            found += [gaps[place], after] if place in gaps else [after]
    return tuple(found)
