"""Where a request may go."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests
from django.conf import settings

PORTS = frozenset({80, 443})
# An IPv4 address inside an IPv6 one: what a gateway would make of it counts.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
COMPATIBLE = ipaddress.ip_network("::/96")
LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Collection[str]]


class EgressError(requests.RequestException):
    """What was asked for did not come. ``permanent``: asking again cannot help."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent


class EgressRefused(EgressError):
    """We do not go there."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class TooMuch(EgressError):
    """The answer is larger than the cap, or packed in a way that we do not unpack."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class TooSlow(EgressError):
    """The whole of it took longer than the deadline."""


def system_addresses(host: str, port: int) -> Collection[str]:
    """Return the addresses of a host, as this machine resolves them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """Where one request may go, and how long and large its answer may be. ``allow`` None means any public host."""

    allow: frozenset[str] | None = None
    private: frozenset[str] = field(default_factory=lambda: frozenset(settings.EGRESS_PRIVATE_HOSTS))
    seconds: float = 10.0
    max_bytes: int = 2 * 1024 * 1024
    resolve: Resolver = system_addresses

    def check_url(self, url: str) -> None:
        """Raise EgressRefused unless scheme, host and port may be asked."""
        try:
            parts = urlsplit(url)
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
        except ValueError:
            raise EgressRefused("The address is damaged.") from None
        if parts.scheme not in {"http", "https"}:
            raise EgressRefused(f"Addresses must start with https:// or http://, not {parts.scheme}:.")
        if "@" in parts.netloc:
            raise EgressRefused("An address must not hold a name or a password.")
        host = (parts.hostname or "").rstrip(".").lower()
        if not host:
            raise EgressRefused("The address names no host.")
        known = f"{host}:{port}" in self.private
        if port not in PORTS and not known:
            raise EgressRefused(f"Port {port} is not asked.")
        allowed = settings.EGRESS_ALLOWED_HOSTS
        if (self.allow is not None and host not in self.allow) or (
            allowed is not None and host not in allowed and not known
        ):
            raise EgressRefused(f"{host} is not among the hosts that may be asked.")

    def checked_address(self, host: str, port: int) -> str:
        """Return the address to connect to. Raises EgressRefused when any address of the host is not public."""
        host = host.strip("[]").rstrip(".").lower()
        try:
            addresses = list(dict.fromkeys(self.resolve(host, port)))
        except (OSError, UnicodeError) as error:
            raise EgressError(f"{host} has no address.") from error
        if not addresses:
            raise EgressError(f"{host} has no address.")
        if f"{host}:{port}" not in self.private:
            for address in addresses:
                if not is_public(address):
                    raise EgressRefused(f"{host} is not in the public network.")
        return addresses[0]


def is_public(text: str) -> bool:
    """Whether an address is one of the public network, in whatever form it is written."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(str(inner))
        if address in LOCAL_NAT64 or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in NAT64 or address in COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
