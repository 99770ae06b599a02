"""The small questions within the text of a cloze: ``{1:SHORTANSWER:=tea~%50%water#Nearly}``.

A backslash keeps ``~``, ``#`` and ``}`` from ending an answer; answers and feedback are written as HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TYPES = {
    "NUMERICAL": "NUMERICAL", "NM": "NUMERICAL",
    "SHORTANSWER": "SHORTANSWER", "SA": "SHORTANSWER", "MW": "SHORTANSWER",
    "SHORTANSWER_C": "SHORTANSWER_C", "SAC": "SHORTANSWER_C", "MWC": "SHORTANSWER_C",
    "MULTICHOICE": "MULTICHOICE", "MC": "MULTICHOICE",
    "MULTICHOICE_V": "MULTICHOICE_V", "MCV": "MULTICHOICE_V",
    "MULTICHOICE_H": "MULTICHOICE_H", "MCH": "MULTICHOICE_H",
    "MULTICHOICE_S": "MULTICHOICE_S", "MCS": "MULTICHOICE_S",
    "MULTICHOICE_VS": "MULTICHOICE_VS", "MCVS": "MULTICHOICE_VS",
    "MULTICHOICE_HS": "MULTICHOICE_HS", "MCHS": "MULTICHOICE_HS",
    "MULTIRESPONSE": "MULTIRESPONSE", "MR": "MULTIRESPONSE",
    "MULTIRESPONSE_H": "MULTIRESPONSE_H", "MRH": "MULTIRESPONSE_H",
    "MULTIRESPONSE_S": "MULTIRESPONSE_S", "MRS": "MULTIRESPONSE_S",
    "MULTIRESPONSE_HS": "MULTIRESPONSE_HS", "MRHS": "MULTIRESPONSE_HS",
}  # fmt: skip
START = re.compile(r"\{([0-9]*):([A-Za-z_]+):")
FRACTION = re.compile(r"=|%(-?[0-9]+(?:[.,][0-9]*)?)%")
# What keeps the sign after it in the answer: a backslash, and the beginning of &#39;. In feedback only the backslash.
KEEPING = ("\\", "&", "&amp;")
ESCAPED = re.compile(r"\\([~#}])")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """An answer of a gap. ``fraction``: in per cent, ``=`` for all of it, empty for nothing said."""

    text: str
    fraction: str = ""
    feedback: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClozeGap:
    """A gap; ``type`` is the long name, or as it is written where nobody knows it."""

    type: str
    alternatives: tuple[Alternative, ...]
    weight: str = ""
    closed: bool = True

    @property
    def known(self) -> bool:
        """Whether Moodle has such a gap."""
        return self.type in TYPES


def split_cloze(text: str) -> tuple[str | ClozeGap, ...]:
    """Return the text cut at its gaps, in order. A gap without an end takes the rest of the text with it."""
    parts: list[str | ClozeGap] = []
    place = 0
    while match := START.search(text, place):
        parts.append(text[place : match.start()])
        fields, place = _fields(text, match.end())
        kind = TYPES.get(match[2], match[2])
        alternatives = tuple(_alternative(*one) for one in fields)
        parts.append(ClozeGap(type=kind, weight=match[1], alternatives=alternatives, closed=place > 0))
        if not place:
            return tuple(parts)
    parts.append(text[place:])
    return tuple(parts)


def _fields(text: str, place: int) -> tuple[list[tuple[str, str]], int]:
    """Return answers with their feedback, and where the text goes on: 0 when the gap has no end."""
    found: list[tuple[str, str]] = []
    start, hash_at = place, -1
    while place < len(text):
        sign = text[place]
        if sign in "~#}" and not text.endswith("\\" if hash_at >= 0 else KEEPING, start, place):
            if sign == "#":
                hash_at = place if hash_at < 0 else hash_at
            else:
                found.append(_halves(text, start, hash_at, place))
                start, hash_at = place + 1, -1
                if sign == "}":
                    return found, place + 1
        place += 1
    return [*found, _halves(text, start, hash_at, len(text))], 0


def _halves(text: str, start: int, hash_at: int, end: int) -> tuple[str, str]:
    return (text[start:end], "") if hash_at < 0 else (text[start:hash_at], text[hash_at + 1 : end])


def _alternative(answer: str, feedback: str) -> Alternative:
    match = FRACTION.match(answer)
    if match is None:
        return Alternative(text=_plain(answer), feedback=_plain(feedback))
    rest = answer[match.end() :]
    return Alternative(text=_plain(rest), fraction=match[1] or "=", feedback=_plain(feedback))


def _plain(text: str) -> str:
    return ESCAPED.sub(r"\1", ENTITY.sub(lambda match: html.unescape(match[0]), text))


def join_cloze(parts: Sequence[str | ClozeGap]) -> str:
    """Return the text with its gaps. What the gaps hold is escaped; a backslash before their signs has no way in."""
    return "".join(part if isinstance(part, str) else _written(part) for part in parts)


def _written(gap: ClozeGap) -> str:
    return f"{{{gap.weight}:{gap.type}:{'~'.join(_written_alternatives(gap))}}}"


def _written_alternatives(gap: ClozeGap) -> Iterator[str]:
    for one in gap.alternatives:
        fraction = one.fraction
        if not fraction and FRACTION.match(one.text.lstrip()):
            fraction = "0"
        sign = fraction if fraction in {"", "="} else f"%{fraction}%"
        feedback = f"#{_kept(one.feedback)}" if one.feedback else ""
        yield f"{sign}{_kept(one.text)}{feedback}"


def _kept(text: str) -> str:
    kept = re.sub(r"([~#}])", r"\\\1", text.replace("&", "&amp;"))
    # At the end, where a sign of the grammar follows, &amp; would keep it.
    return f"{kept.removesuffix('&amp;')}&#38;" if kept.endswith("&amp;") else kept
