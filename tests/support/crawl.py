"""Follow every link of the site, as a reader with patience would."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve

# Files are not pages.
NO_PAGES = ("/static/", "/media/")


class Links(HTMLParser):
    """Collects the addresses that a page leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the href of each link."""
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def links(*, html: str, at: str) -> Iterator[str]:
    """Yield the paths, with their queries, of the links of a page at ``at`` that stay on this site."""
    parser = Links()
    parser.feed(html)
    for href in parser.found:
        parts = urlsplit(urljoin(f"http://testserver{at}", href))
        if parts.scheme in ("http", "https") and parts.netloc == "testserver" and not parts.path.startswith(NO_PAGES):
            yield f"{parts.path}?{parts.query}" if parts.query else parts.path


def kind_of(address: str) -> str:
    """Return what makes two addresses alike: the view, and for pages of the tree their place in it."""
    path = urlsplit(address).path
    try:
        match = resolve(path)
    except Resolver404:
        return path
    if match.view_name == "wagtail_serve":
        section = path.strip("/").split("/")
        return f"page {'/'.join(section[:2])} {len(section)}"
    return match.view_name or match.route


def crawl(
    *, start: Iterable[str], get: Callable[[str], HttpResponse | None], of_a_kind: int
) -> Iterator[tuple[str, HttpResponse]]:
    """Yield each address reached from ``start`` with its answer; at most ``of_a_kind`` that are alike.

    ``get`` asks for an address; None from it ends that way.
    """
    waiting, seen, counted = deque(start), set(start), Counter[str]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        counted[kind] += 1
        if counted[kind] > of_a_kind:
            continue
        response = get(address)
        if response is None:
            continue
        yield address, response
        found: list[str] = []
        if "Location" in response:
            found = list(links(html=f'<a href="{response["Location"]}"></a>', at=address))
        elif response.get("Content-Type", "").startswith("text/html"):
            found = list(links(html=response.text, at=address))
        for link in found:
            if link not in seen:
                seen.add(link)
                waiting.append(link)
