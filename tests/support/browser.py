"""People with browsers: what a journey does, and what it may never meet on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

from academy.people.models import User

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@dataclass(kw_only=True)
class Watch:
    """Notes what must not happen in a browser: faults of scripts, refusals of the policy, requests to other hosts."""

    host: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Look at everything that happens in ``context``."""
        context.on("console", self.heard)
        context.on("weberror", self.broke)
        context.on("request", self.left)
        context.on("response", self.answered)

    def heard(self, message: ConsoleMessage) -> None:
        """A page that was refused is told by its status: the browser says it in the console once more."""
        refused_page = message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]
        if message.type in ("error", "warning") and not refused_page:
            self.faults.append(f"console {message.type}: {message.text}")

    def broke(self, error: WebError) -> None:
        self.faults.append(f"script: {error.error}")

    def left(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme != "data" and parts.netloc != self.host:
            self.faults.append(f"request to {request.url}")

    def answered(self, response: Response) -> None:
        broken = response.status >= 500 or (response.status >= 400 and not response.request.is_navigation_request())
        if broken:
            self.faults.append(f"{response.status} {response.url}")


def sign_in(context: BrowserContext, user: User, *, url: str) -> None:
    """Sign ``user`` in without the form, which has a journey of its own."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def heading(page: Page) -> str:
    """The words of the page's one h1."""
    return page.locator("h1").inner_text()


def choose(page: Page, keys: list[str]) -> None:
    """Choose the options with these keys, and no other."""
    for box in page.locator("main input[name=option][type=checkbox]").all():
        box.set_checked(box.get_attribute("value") in keys)
    for radio in page.locator("main input[name=option][type=radio]").all():
        if radio.get_attribute("value") in keys:
            radio.check()


def one_heading(page: Page) -> list[str]:
    """The words of all headings of the first level: there should be one."""
    return page.locator("h1").all_inner_texts()


def overflow(page: Page) -> list[str]:
    """What reaches beyond the window sideways, when the page does."""
    found: list[str] = page.evaluate(
        """() => {
            const root = document.documentElement
            if (root.scrollWidth <= root.clientWidth) return []
            return [...document.body.querySelectorAll('*')].filter(one => {
                const box = one.getBoundingClientRect()
                return box.right > root.clientWidth + 1 || box.left < -1
            }).map(one => one.outerHTML.slice(0, 100)).slice(0, 5)
        }"""
    )
    return found


def turn(page: Page, direction: str) -> None:
    """Show the page from left to right or from right to left, by the style sheet of that direction."""
    page.evaluate(
        """direction => new Promise((done, broken) => {
            const link = document.querySelector('link[rel=stylesheet]')
            const wanted = link.href.replace(/academy(\\.rtl)?\\.css/, direction === 'rtl' ? 'academy.rtl.css' : 'academy.css')
            document.documentElement.dir = direction
            if (link.href === wanted) return done()
            link.onload = done
            link.onerror = broken
            link.href = wanted
        })""",
        direction,
    )
