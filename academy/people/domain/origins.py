"""Where a request came from, as far as the audit keeps it: a network and a device in words, nobody's address."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from structlog.contextvars import get_contextvars

# How much of an address is kept: enough to tell a country and a provider, too little to tell a household.
BITS = {4: 24, 6: 48}
REQUEST_ID_LENGTH = 64

# The first that is found in the user agent wins: Edge and Opera call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = (
    (re.compile(r"\bEdg(?:e|A|iOS)?/"), "Edge"),
    (re.compile(r"\b(?:OPR|Opera)/"), "Opera"),
    (re.compile(r"\bSamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"\b(?:Firefox|FxiOS)/"), "Firefox"),
    (re.compile(r"\b(?:Chrome|HeadlessChrome|CriOS|Chromium)/"), "Chrome"),
    (re.compile(r"\bVersion/.*\bSafari/"), "Safari"),
)
SYSTEMS = (
    (re.compile(r"\biPhone\b"), "iPhone"),
    (re.compile(r"\biPad\b"), "iPad"),
    (re.compile(r"\bAndroid\b"), "Android"),
    (re.compile(r"\bWindows\b"), "Windows"),
    (re.compile(r"\bCrOS\b"), "ChromeOS"),
    (re.compile(r"\bMacintosh\b|\bMac OS X\b"), "Mac"),
    (re.compile(r"\bLinux\b"), "Linux"),
)

_under_way: ContextVar[HttpRequest | None] = ContextVar("request_under_way", default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where an act came from. Each part may be empty: a command has no origin."""

    network: str = ""
    device: str = ""
    request_id: str = ""


@contextmanager
def request_under_way(request: HttpRequest) -> Iterator[None]:
    """Inside, acts that are recorded are known to come from ``request``."""
    token = _under_way.set(request)
    try:
        yield
    finally:
        _under_way.reset(token)


def origin_of(request: HttpRequest | None = None) -> Origin:
    """Return where ``request`` came from, else the request that is under way."""
    request = request or _under_way.get()
    if request is None:
        return Origin()
    return Origin(
        network=network_of(address_of(request)),
        device=device_in_words(request.headers.get("user-agent", "")),
        request_id=str(get_contextvars().get("request_id", ""))[:REQUEST_ID_LENGTH],
    )


def address_of(request: HttpRequest) -> str:
    """Return the address of the client, past the proxies that are trusted; empty when it cannot be told."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""  # allauth's way of saying so


def network_of(address: str) -> str:
    """Return the network of an address: 203.0.113.9 is one of 203.0.113.0/24. Empty for what is no address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    return str(ipaddress.ip_network(f"{parsed}/{BITS[parsed.version]}", strict=False))


def device_in_words(user_agent: str) -> str:
    """Return browser and system as their owner would name them: "Firefox, Windows". Empty when neither is known."""
    found = (next((name for pattern, name in table if pattern.search(user_agent)), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in found if name)
