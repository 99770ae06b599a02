"""What stands around questions: categories, and the identifier and tags in comments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from academy.standards.text_file import strange_character, without_strange

CATEGORY = "$CATEGORY:"
# Every path begins with a place of Moodle and the root that has no name of its own.
_PLACE = re.compile(r"\$[a-z0-9]+\$", re.IGNORECASE)
_TOP = "top"
_PREFIX = f"$course$/{_TOP}"
_SLASH = re.compile(r"(?<!/)/(?!/)")
_LABEL = re.compile(r"\[(id|tags?):")
_NO_TAG = set("<>`")


def read_category(path: str) -> tuple[str, ...]:
    """Return the names of a path; a slash within a name is doubled."""
    # One bad character of a name must not cost all the questions that follow.
    names = [name.replace("//", "/").strip() for name in _SLASH.split(without_strange(path))]
    if names and _PLACE.fullmatch(names[0]):
        del names[0]
    if names and names[0] == _TOP:
        del names[0]
    return tuple(name for name in names if name)


def write_category(names: Sequence[str]) -> str:
    """Return a path. What it cannot hold shows when it is read again."""
    return "/".join([_PREFIX, *(_escaped_name(" ".join(name.split())) for name in names)])


def _escaped_name(name: str) -> str:
    doubled = name.replace("/", "//")
    return (" " if name.startswith("/") else "") + doubled + (" " if name.endswith("/") else "")


def read_labels(comments: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the identifier and the tags that comments hold: ``[id:…]``, ``[tag:…]``, ``[tags:…,…]``."""
    code, tags = "", []
    for comment in comments:
        for word, value in _labels(comment):
            if word == "id":
                code = code or value
            else:
                tags += [value] if word == "tag" else value.split(",")
    return code, tuple(dict.fromkeys(tag for tag in (tag.strip() for tag in tags) if tag))


def _labels(comment: str) -> list[tuple[str, str]]:
    found, start = [], 0
    while label := _LABEL.search(comment, start):
        end = _end(comment, label.end())
        if end == -1:
            break
        found.append((label.group(1), comment[label.end() : end].replace("\\]", "]").strip()))
        start = end
    return found


def _end(comment: str, start: int) -> int:
    end = comment.find("]", start)
    while end > 0 and comment[end - 1] == "\\":
        end = comment.find("]", end + 1)
    return end


def write_label(word: str, value: str) -> str:
    """Return ``[id:…]`` or ``[tag:…]``, or nothing when it cannot hold the value."""
    label = f"[{word}:" + value.replace("]", "\\]") + "]"
    read = read_labels([label])
    held = read == ((value, ()) if word == "id" else ("", (value,)))
    fits = "\n" not in value and "\r" not in value and not strange_character(value) and not _NO_TAG & set(value)
    return label if held and fits else ""
