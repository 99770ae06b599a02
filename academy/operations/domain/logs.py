r"""What a log line may hold: no secrets, and nothing that ends the line or rewrites the terminal.

Processors of structlog, each ``(logger, method, event) -> event``. They run last but for the renderer, over our own
events and those of every library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "[hidden]"
# Words in the name of a field whose value nobody reads in a log.
SECRET_WORDS = frozenset(
    {"password", "passwd", "passphrase", "token", "cookie", "cookies", "authorization", "csrf", "csrfmiddlewaretoken"}
    | {"code", "secret", "key", "otp", "signature", "session", "sessionid", "credential", "credentials", "dsn"}
)
# Names with such a word in them that say nothing secret.
HARMLESS = frozenset({"status_code", "exit_code", "language_code"})

# name=value, "name": value and the like in running text. Short words must stand alone and close to the value: a
# "keyword" is no key, and "key = " is a line of code in a traceback. Nothing here may take more than linear time:
# strangers choose what is logged.
_NAME = r"""(?: \b (?= \w* (?:password|passwd|token|cookie|authorization|csrf|secret|sessionid)) \w++ ["']? \s{0,3} [=:] \s{0,3}
    | \b (?:code|key|otp) \b (?: = | ["']? : \s? ) )"""
_VALUE = r"""(?: (?:bearer|basic) \s{1,3} )? (?: "[^"\n]*+" | '[^'\n]*+' | ["']? [^\s"',;&)\]}]++ )"""
_IN_TEXT = re.compile(rf"(?ix) ({_NAME}) {_VALUE}")
_CREDENTIALS = re.compile(r"(?i)\b(bearer|basic)\s{1,3}[\w.~+/=:-]{8,}+")
_QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]++")
# What stands behind these words in a path opens something.
_BEHIND_A_KEY = re.compile(r"(?<=/)(key|confirm-email|token)/[^/\s?\"'<>]++")
_PART = re.compile(r"(?<=/)[^/\s?\"'<>]{5,}+")
_CHUNK = re.compile(r"\w{16,}+")

# C0 and C1 controls, line and paragraph separators, and marks that turn the direction of a line.
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_ESCAPES = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _CONTROLS}
_ESCAPES_BUT_LINES = {code: escape for code, escape in _ESCAPES.items() if code != ord("\n")}
# Their lines are read as lines; the renderer of JSON escapes them once more.
_LINES = frozenset({"exception", "stack"})

Event = dict[str, Any]


def hide_in_path(path: str) -> str:
    """Return a path without the parts that open something: keys of reset links, signed values."""
    return _PART.sub(_unless_made_by_machine, _BEHIND_A_KEY.sub(rf"\1/{HIDDEN}", path))


def _unless_made_by_machine(part: re.Match[str]) -> str:
    """Hide what no person chose: sixteen letters and digits in a row, or signed with colons.

    Identifiers with hyphens (UUIDs) stay, and so do slugs: people look for these.
    """
    made = part[0].count(":") > 1 or any(any(letter.isdigit() for letter in chunk) for chunk in _CHUNK.findall(part[0]))
    return HIDDEN if made else part[0]


def hide_in_text(text: str) -> str:
    """Return a text without what looks like a secret in it."""
    text = _IN_TEXT.sub(rf"\1{HIDDEN}", text)
    text = _CREDENTIALS.sub(rf"\1 {HIDDEN}", text)
    return hide_in_path(_QUERY.sub(f"?{HIDDEN}", text))


def is_secret(name: str) -> bool:
    """Say whether the value of a field of this name stays out of the log."""
    words = re.split(r"[^a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower())
    return name.lower() not in HARMLESS and not SECRET_WORDS.isdisjoint(words)


def hide_secrets(logger: Any, method: str, event: Event) -> Event:
    """Replace the values of secret fields, however deep, and what looks like a secret within texts."""
    return {name: HIDDEN if is_secret(name) else _without_secrets(value) for name, value in event.items()}


def _without_secrets(value: Any) -> Any:
    if isinstance(value, str):
        return hide_in_text(value)
    if isinstance(value, Mapping):
        return {name: HIDDEN if is_secret(str(name)) else _without_secrets(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_without_secrets(one) for one in value]
    return value


def escape_controls(logger: Any, method: str, event: Event) -> Event:
    r"""Write control characters as ``\x0a``, in names too: one event is one line, whatever somebody sent."""
    return {
        _escaped(name, _ESCAPES): _escaped(value, _ESCAPES_BUT_LINES if name in _LINES else _ESCAPES)
        for name, value in event.items()
    }


def _escaped(value: Any, escapes: Mapping[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(escapes)
    if isinstance(value, bool | int | float | None):
        return value
    if isinstance(value, Mapping):
        return {_escaped(str(name), escapes): _escaped(one, escapes) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(one, escapes) for one in value]
    return str(value).translate(escapes)
