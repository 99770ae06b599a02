"""Requests that leave the site."""

from __future__ import annotations

import socket
import zlib
from collections.abc import Collection, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.util.connection import create_connection

from academy.lib.egress.hop import Hop, current
from academy.lib.egress.rules import EgressError, EgressRefused, Resolver, Rules, TooMuch, TooSlow, system_addresses

REDIRECTS = 3
CHUNK = 64 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """What came back. ``url`` is where the last redirect led."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes


def _connect(connection: HTTPConnection, rules: Rules) -> socket.socket:
    hop = current()
    assert hop is not None  # the adapter began it
    port = connection.port or connection.default_port
    try:
        address = rules.checked_address(connection.host, port)
    except EgressError as problem:
        hop.problem = problem
        raise
    made = create_connection((address, port), rules.seconds, socket_options=connection.socket_options)
    hop.watch(made)
    return made


def _pools(rules: Rules) -> dict[str, type[HTTPConnectionPool]]:
    """Return pools whose connections go where ``rules`` let them; TLS keeps to the name of the host."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, rules)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _connect(self, rules)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class Adapter(HTTPAdapter):
    """Carries one hop of a request: checked, within its time and its size."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make connections of ours."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self.rules)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send, and read the whole answer. Raises EgressError."""
        self.rules.check_url(request.url or "")
        # A connection that stays open would outlive its time.
        request.headers["Connection"] = "close"
        request.headers["Accept-Encoding"] = "identity"
        with nullcontext(current()) if current() else Hop(self.rules.seconds).running() as hop:
            assert hop is not None
            try:
                response = super().send(
                    request, stream=True, timeout=self.rules.seconds, verify=kwargs.get("verify", True)
                )
                # Read here, within the caps, so that nobody reads it without them.
                with response.raw as raw:
                    response._content = self._read(raw, response.headers.get("Content-Encoding", ""))  # noqa: SLF001
            except EgressError:
                raise
            except (requests.RequestException, HTTPError, OSError) as error:
                if hop.over:
                    raise TooSlow("The answer took too long.") from error
                if hop.problem:
                    raise hop.problem from error
                raise EgressError(f"No answer: {error}") from error
            if hop.over:
                raise TooSlow("The answer took too long.")
        return response

    def _read(self, raw: Any, encoding: str) -> bytes:
        if encoding not in {"", "identity", "gzip", "deflate"}:
            raise TooMuch(f"The answer is packed as {encoding}.")
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if encoding in {"gzip", "deflate"} else None
        content = bytearray()
        for piece in raw.stream(CHUNK, decode_content=False):
            room = self.rules.max_bytes - len(content) + 1
            try:
                content += unpacker.decompress(piece, room) if unpacker else piece[:room]
            except zlib.error:
                raise TooMuch("The answer is packed, and damaged.") from None
            if len(content) > self.rules.max_bytes:
                raise TooMuch(f"The answer has more than {self.rules.max_bytes} bytes.")
        return bytes(content)


def session(*, rules: Rules | None = None) -> requests.Session:
    """Return a session that goes only where it may, for a library that asks for one. Close it after use."""
    made = requests.Session()
    made.trust_env = False
    made.verify = settings.EGRESS_CA_FILE or True
    made.max_redirects = REDIRECTS
    made.adapters.clear()
    adapter = Adapter(rules or Rules())
    made.mount("https://", adapter)
    made.mount("http://", adapter)
    return made


def fetch(
    url: str,
    *,
    allow: Collection[str] | None = None,
    timeout: float = 10.0,
    max_bytes: int = 2 * 1024 * 1024,
    headers: Mapping[str, str] | None = None,
    resolve: Resolver = system_addresses,
) -> Fetched:
    """Return the document at ``url``; redirects are followed, at most three, each checked as the first address was.

    ``allow`` names the only hosts to ask; None leaves it to the setting EGRESS_ALLOWED_HOSTS. All of it may take
    ``timeout`` seconds. Raises EgressRefused, TooMuch, TooSlow, and EgressError for the rest.
    """
    hosts = None if allow is None else frozenset(host.lower() for host in allow)
    rules = Rules(allow=hosts, seconds=timeout, max_bytes=max_bytes, resolve=resolve)
    with session(rules=rules) as client, Hop(timeout).running():
        try:
            response = client.get(url, headers=dict(headers or {}))
        except EgressError:
            raise
        except requests.TooManyRedirects as error:
            raise EgressRefused(f"It redirects more than {REDIRECTS} times.") from error
        except (requests.RequestException, ValueError) as error:
            raise EgressRefused("The address is none that can be asked.") from error
    return Fetched(url=response.url, status=response.status_code, headers=response.headers, content=response.content)
