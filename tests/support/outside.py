"""Another server, as a request that leaves the site meets it: honest, slow, endless or false."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Outside(ThreadingHTTPServer):
    """A server on this machine that notes what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []  # host, path
        self.stopped = threading.Event()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The client hangs up: that is what these tests are about."""


class Handler(BaseHTTPRequestHandler):
    server: Outside

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base's name
        """Say nothing."""

    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Host"], self.path))
        name, _slash, rest = self.path[1:].partition("/")
        with suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"get_{name}", self.get_text)(rest)

    def answer(self, content: bytes, *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def get_text(self, rest: str) -> None:
        self.answer(b"a word", Set_Cookie="a=b")

    def get_redirect(self, rest: str) -> None:
        self.answer(b"", status=302, Location=rest)

    def get_round(self, rest: str) -> None:
        self.answer(b"", status=302, Location="/round/")

    def get_large(self, rest: str) -> None:
        self.answer(b"x" * 3_000_000)

    def get_packed(self, rest: str) -> None:
        self.answer(gzip.compress(b"a word, packed"), Content_Encoding="gzip")

    def get_bomb(self, rest: str) -> None:
        self.answer(gzip.compress(bytes(300_000_000), compresslevel=1), Content_Encoding="gzip")

    def get_twice(self, rest: str) -> None:
        self.answer(gzip.compress(gzip.compress(b"x")), Content_Encoding="gzip, gzip")

    def get_spoilt(self, rest: str) -> None:
        self.answer(b"\x1f\x8b no gzip at all", Content_Encoding="gzip")

    def get_endless(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        while not self.server.stopped.is_set():
            self.wfile.write(b"x" * 65536)

    def get_drip(self, rest: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self._drip()

    def get_header(self, rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._drip()

    def _drip(self) -> None:
        while not self.server.stopped.is_set():
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)


@contextmanager
def outside(tls: Path | None = None) -> Iterator[Outside]:
    """Serve; with ``tls``, by the certificate in that file."""
    server = Outside()
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def certificate(folder: Path, host: str) -> Path:
    """Write a certificate for ``host``, with its key, that is signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
