"""A real OpenID provider beside the tests, a browser that uses it, and a forger who stands in front of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.test import Client
from django.urls import reverse

CLIENT_ID = "academy"
CLIENT_SECRET = "a secret that only the provider and we know"
CALLBACK = "http://testserver/sign-in/{}/callback/"


@dataclass(frozen=True, kw_only=True)
class IdentityProvider:
    """The provider's process, seen from outside."""

    address: str

    def tell(self, what: str, **about: Any) -> str:
        """Look after its people and clients."""
        answer = requests.post(f"{self.address}/control/{what}", json=about, timeout=10)
        assert answer.ok, answer.text
        return answer.text

    def person(self, username: str = "ann", **about: Any) -> str:
        """Make it know a person, and return the subject."""
        person = {"email": f"{username}@ministry.example", "verified": True, "name": "Ann Atwater", "claims": {}}
        return self.tell("person", username=username, **{**person, **about})

    def answer(self, question: str, *, username: str = "ann") -> str:
        """Sign somebody in there, put the question, and return the address that they are sent back to."""
        with requests.Session() as browser:
            browser.get(f"{self.address}/control/enter/{username}", timeout=10)
            leaving = browser.get(question, allow_redirects=False, timeout=10)
        assert leaving.status_code == 302, leaving.text
        return leaving.headers["Location"]


@contextmanager
def identity_provider(folder: Path) -> Iterator[IdentityProvider]:
    """Run the provider as a process of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.support.identity_provider.settings",
        "IDENTITY_PROVIDER_DATABASE": str(folder / "provider.sqlite3"),
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    command = [sys.executable, "-m", "tests.support.identity_provider"]
    with subprocess.Popen(  # noqa: S603 -- our own module
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port, "The provider did not start."
        try:
            yield IdentityProvider(address=f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def ask(client: Client, slug: str = "ministry", **sent: str) -> str:
    """Press “Sign in with …”, and return the question that the browser takes to the provider."""
    response = client.post(reverse("sign_in_with", args=[slug]), sent)
    assert response.status_code == 200, response
    question: str = response["Refresh"].removeprefix("0; url=")
    return question


def come_back(client: Client, address: str) -> Any:
    """Follow the provider's redirect to the academy."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def said(address: str) -> dict[str, str]:
    """Return what an address says in its query."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


# A forger ----------------------------------------------------------------------------------------


def new_key() -> rsa.RSAPrivateKey:
    """Return a key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    """Return the public half as text: what a forger may take for the secret of HS256."""
    return key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


Forge = Callable[[dict[str, Any]], str]


@dataclass(kw_only=True)
class Forger:
    """A server in front of the provider: it passes all on, and signs tokens anew, as ``forge`` likes."""

    behind: str
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    address: str = ""
    forge: Forge | None = None
    # Changes of the discovery document and of what userinfo says.
    document: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)

    def sign(self, claims: dict[str, Any], *, key: Any = None, algorithm: str = "RS256", **header: Any) -> str:
        """Return a token as this provider signs it when nothing is forged."""
        return jwt.encode(claims, key or self.key, algorithm=algorithm, headers={"kid": "front", **header})

    def keys(self) -> dict[str, Any]:
        """Return its key set."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**key, "kid": "front", "use": "sig", "alg": "RS256"}]}

    def discovery(self) -> dict[str, Any]:
        """Return the document of the provider behind, with our addresses for what we change."""
        there = requests.get(f"{self.behind}/.well-known/openid-configuration", timeout=10).json()
        return {
            **there,
            "issuer": self.address,
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            **self.document,
        }

    def token(self, form: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Pass a code on, and change the token that comes back."""
        answer = requests.post(f"{self.behind}/identity/o/api/token", data=form, headers=headers, timeout=10)
        told = answer.json()
        if "id_token" in told:
            claims = jwt.decode(told["id_token"], options={"verify_signature": False})
            claims["iss"] = self.address
            told["id_token"] = self.forge(claims) if self.forge else self.sign(claims)
        return answer.status_code, told

    def user(self, authorization: str) -> dict[str, Any]:
        """Return what the provider behind says of a person, with our changes."""
        headers = {"Authorization": authorization}
        there = requests.get(f"{self.behind}/identity/o/api/userinfo", headers=headers, timeout=10).json()
        return {**there, **self.userinfo}


@contextmanager
def forger(behind: str) -> Iterator[Forger]:
    """Run a forger on a port of its own."""
    front = Forger(behind=behind)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            documents = {
                "/.well-known/openid-configuration": front.discovery,
                "/keys": front.keys,
                "/userinfo": lambda: front.user(self.headers["Authorization"]),
            }
            self.reply(200, documents[self.path]())

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"]))
            passed = {name: self.headers[name] for name in ("Authorization", "Content-Type") if name in self.headers}
            self.reply(*front.token(form, passed))

        def reply(self, status: int, document: dict[str, Any]) -> None:
            body = json.dumps(document).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    front.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    try:
        yield front
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
