"""What people with bad intentions send, and programs with bugs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.test import Client

MARK = "zq7"
# Any of these in a page, unescaped, is a hole.
REFLECTED = (f"<script>{MARK}", f"<img src={MARK}", f'"{MARK}=', f"'{MARK}=", f"<svg/{MARK}")
TEXTS = [
    f"<script>{MARK}()</script>",
    f'"><script>{MARK}()</script>',
    f"</title><img src={MARK} onerror=alert(1)>",
    f'" {MARK}="1" onfocus=alert(1) autofocus "{MARK}=',
    f"' onmouseover=alert(1) '{MARK}=",
    f"<svg/{MARK} onload=alert(1)>",
    "javascript:alert(1)",
    "//evil.example/",
    "https://evil.example/",
    "' OR '1'='1",
    "1; DROP TABLE people_user; --",
    "%27%20OR%201=1",
    "') UNION SELECT password FROM people_user --",
    "{{ 7*7 }}{% debug %}",
    "${7*7}#{7*7}",
    "%s%n%x%(name)s",
    "{0.__class__}",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "file:///etc/passwd",
    "a\0b",
    "\0",
    "\r\nSet-Cookie: evil=1",
    "\x1b[31m\x07",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe",
    "\N{ZERO WIDTH JOINER}" * 50,
    "Z\N{COMBINING ACUTE ACCENT}" * 200,
    "\ud800",
    "\uffff\U0010ffff",
    "\N{PILE OF POO}" * 300,
    "x" * 20_000,
    "",
    " ",
    "null",
    "undefined",
    "NaN",
    "Infinity",
    "-1",
    "0",
    "1e309",
    "9" * 19,
    "9" * 400,
    "-9223372036854775809",
    "0x41",
    "\u0661\u0662",
    "1.5",
    "true",
    "[]",
    '{"$gt": ""}',
    "0000-00-00",
    "9999-12-31",
    "10000-01-01T00:00:00Z",
    "__proto__",
    "a@b",
    "(" * 300,
]
# Names that views of frameworks look for.
PARAMETERS = ["q", "p", "page", "next", "ordering", "order", "export", "id", "lang", "locale", "collection_id", "tag"]
PARAMETERS += ["per_page", "results_only", "results", "_w_filter_fragment", "mode", "in_preview_panel", "date_from"]


@dataclass(kw_only=True, slots=True)
class Form:
    """A form of a page: where it is sent, and what a browser would send when nothing is typed."""

    address: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class Forms(HTMLParser):
    """Collects the forms of a page that are sent by POST, and the names of those that are sent by GET."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self.at = at
        self.posted: list[Form] = []
        self.asked: set[str] = set()
        self._form: Form | None = None
        self._get = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep forms and their controls."""
        found = dict(attrs)
        if tag == "form":
            self._get = (found.get("method") or "get").lower() != "post"
            self._form = Form(address=found.get("action") or self.at)
            if not self._get:
                self.posted.append(self._form)
        name = found.get("name")
        if self._form and name and tag in {"input", "select", "textarea", "button"}:
            if self._get:
                self.asked.add(name)
            self._form.fields.setdefault(name, []).append(found.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        """Forget the form at its end."""
        if tag == "form":
            self._form = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attack:
    """One hostile request: ``label`` for people, ``send`` for the test."""

    label: str
    send: Callable[[Client], Any]


def encoded(text: str) -> str:
    """Return text for an address, half a character of Unicode included."""
    return quote(text.encode("utf-8", errors="surrogatepass"), safe="")


def query_attack(random: Random, address: str, names: set[str]) -> Attack:
    """Ask for a page with hostile parameters: once, twice, as a list, and in no encoding at all."""
    name = random.choice([*sorted(names), *PARAMETERS])
    text = encoded(random.choice(TEXTS))
    shape = random.choice(
        ["{n}={t}", "{n}={t}&{n}=1", "{n}[]={t}", "{n}__in={t}", "{t}={n}", "{n}=%ff%fe", "{n}=%zz&=&&;"]
    )
    target = f"{address.partition('?')[0]}?{shape.format(n=name, t=text)}"
    return Attack(label=f"GET {target[:150]}", send=lambda client: client.get(target))


def path_attack(random: Random, address: str) -> Attack:
    """Ask for a page with one part of its address replaced."""
    parts = address.partition("?")[0].split("/")
    place = random.randrange(1, max(2, len(parts) - 1))
    parts[place] = encoded(random.choice(TEXTS)[:2000]) or "x"
    target = "/".join(parts)
    return Attack(label=f"GET {target[:150]}", send=lambda client: client.get(target))


def form_attack(random: Random, form: Form) -> Attack:
    """Send a form with a hostile value in one or in every field."""
    data = {name: list(values) for name, values in form.fields.items()}
    names = [name for name in sorted(data) if name != "csrfmiddlewaretoken"] or ["x"]
    chosen = names if random.random() < 0.2 else [random.choice(names)]
    for name in chosen:
        values = [random.choice(TEXTS) for _time in range(random.choice([1, 1, 1, 3]))]
        data[random.choice([name, name, name, name, f"{name}[]", f"{name}-0", f"{name}\0"])] = values
    if random.random() < 0.1:
        del data[random.choice(sorted(data))]
    body = urlencode(
        [(name, text.encode("utf-8", errors="surrogatepass")) for name, values in data.items() for text in values]
    )
    label = f"POST {form.address} {chosen[:3]} {[data.get(name) for name in chosen[:1]]!r:.100}"
    kind = "application/x-www-form-urlencoded"
    return Attack(label=label, send=lambda client: client.post(form.address, body, content_type=kind))


BODIES: list[tuple[str, bytes]] = [
    ("application/json", b'{"a": 1}'),
    ("application/json", b"{" * 2000),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="../\0.png"\r\n\r\nx\r\n--x--',
    ),
    ("multipart/form-data; boundary=\xff", b"--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="a"\r\n\r\n!!!\r\n--x--',
    ),
    ("application/x-www-form-urlencoded; charset=nonsense", b"a=b"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
    ("application/x-www-form-urlencoded", b"%ff%fe=%c0%80&=&&"),
    ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(1500))),
    ("application/x-www-form-urlencoded", b"form-TOTAL_FORMS=99999999&form-INITIAL_FORMS=-1"),
    ("", b"\0\0\0"),
]


def body_attack(random: Random, form: Form) -> Attack:
    """Send a body that is no form."""
    kind, body = random.choice(BODIES)
    return Attack(
        label=f"POST {form.address} {kind} {body[:40]!r}",
        send=lambda client: client.generic("POST", form.address, body, content_type=kind),
    )


def header_attack(random: Random, address: str) -> Attack:
    """Ask for a page with hostile headers and cookies."""
    text = random.choice(TEXTS).encode("utf-8", errors="replace").decode("latin-1")[:2000]
    name = random.choice(["HTTP_ACCEPT_LANGUAGE", "HTTP_REFERER", "HTTP_USER_AGENT", "HTTP_ACCEPT", "HTTP_RANGE"])
    names = ["HTTP_X_FORWARDED_FOR", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_COOKIE", "HTTP_HOST"]
    name = random.choice([name, *names])
    value = (
        f"theme={text}; django_language={text}; messages={text}; sessionid={text}" if name == "HTTP_COOKIE" else text
    )
    return Attack(
        label=f"GET {address} {name}: {value[:60]!r}", send=lambda client: client.get(address, **{name: value})
    )


def attacks(random: Random, pages: list[tuple[str, set[str]]], forms: list[Form]) -> Iterator[Attack]:
    """Yield hostile requests without end: every page and every form in turn, each time with something else."""
    while True:
        for form in forms:
            yield form_attack(random, form)
            yield form_attack(random, form)
            if random.random() < 0.3:
                yield body_attack(random, form)
        for address, names in pages:
            if random.random() < 0.5:
                yield random.choice(
                    [
                        query_attack(random, address, names),
                        query_attack(random, address, names),
                        path_attack(random, address),
                        header_attack(random, address),
                    ]
                )
