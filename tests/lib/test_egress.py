"""The one way out: against a real server that redirects, drips, floods and lies."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from academy.lib.egress import EgressError, EgressRefused, Rules, TooMuch, TooSlow, fetch, session
from academy.lib.egress.rules import is_public
from tests.support.outside import Outside, certificate, outside


@pytest.fixture
def server(settings: Any) -> Iterator[Outside]:
    """A server of our own network, known as good.test."""
    with outside() as server:
        settings.EGRESS_PRIVATE_HOSTS = [f"good.test:{server.port}"]
        yield server


def here(host: str, port: int) -> Collection[str]:
    """Every name is this machine's."""
    return ["127.0.0.1"]


def get(server: Outside, path: str, **options: Any) -> Any:
    return fetch(f"http://good.test:{server.port}/{path}", **{"resolve": here, "timeout": 5.0, **options})


def test_document_is_fetched(server: Outside) -> None:
    fetched = get(server, "text")

    assert (fetched.status, fetched.content, fetched.url) == (200, b"a word", f"http://good.test:{server.port}/text")
    assert fetched.headers["content-length"] == "6"
    assert server.asked == [(f"good.test:{server.port}", "/text")]


def test_packed_document_is_unpacked(server: Outside) -> None:
    assert get(server, "packed").content == b"a word, packed"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 -- nothing binds to it
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:0:0:0:0:80ff:fffe",
        "localhost",
        "",
    ],
)
def test_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(EgressRefused, match=r"^evil\.test is not in the public network\.$"):
        fetch("http://evil.test/", resolve=lambda host, port: [address])


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_address_that_is_public_is_not_refused(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(EgressRefused):
        fetch("http://evil.test/", resolve=lambda host, port: ["93.184.216.34", "127.0.0.1"])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:7f00:1]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
    ],
)
def test_this_machine_is_refused_however_it_is_written(url: str) -> None:
    with pytest.raises(EgressRefused, match="is not in the public network"):
        fetch(url)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://good.test/", "The address is none that can be asked."),
        ("file:///etc/passwd", "The address is none that can be asked."),
        ("gopher://good.test/", "The address is none that can be asked."),
        ("http://user:password@good.test/", "An address must not hold a name or a password."),
        ("http://user@good.test/", "An address must not hold a name or a password."),
        ("http://good.test:22/", "Port 22 is not asked."),
        ("http://good.test:99999/", "The address is none that can be asked."),
        ("http:///path", "The address is none that can be asked."),
        ("http://", "The address is none that can be asked."),
        ("good.test", "The address is none that can be asked."),
        ("", "The address is none that can be asked."),
        ("http://[::1/", "The address is none that can be asked."),
    ],
)
def test_address_that_may_not_be_asked_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(EgressRefused) as refused:
        fetch(url, resolve=here)
    assert refused.value.permanent
    assert str(refused.value) == sentence


def test_only_hosts_of_the_list_are_asked(server: Outside, settings: Any) -> None:
    assert get(server, "text", allow=["GOOD.test"]).status == 200
    with pytest.raises(EgressRefused, match=r"^good\.test is not among the hosts that may be asked\.$"):
        get(server, "text", allow=["other.test"])

    settings.EGRESS_ALLOWED_HOSTS = ["other.test"]
    # A host that an operator named is meant; another is not.
    assert get(server, "text").status == 200
    with pytest.raises(EgressRefused, match="is not among the hosts"):
        fetch("http://good.test/", resolve=here)


def test_known_host_is_known_with_its_port_alone(server: Outside) -> None:
    with pytest.raises(EgressRefused, match="is not in the public network"):
        fetch("http://good.test/", resolve=here)


# Redirects ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("http://127.0.0.1/", "is not in the public network"),
        ("http://evil.test/", "is not in the public network"),
        ("http://169.254.169.254/latest/meta-data/", "is not in the public network"),
        ("http://127.0.0.1:{port}/text", "is not asked"),
        ("//evil.test/", "is not in the public network"),
        ("http://user:password@good.test:{port}/text", "must not hold a name"),
        ("file:///etc/passwd", "none that can be asked"),
    ],
)
def test_redirect_is_checked_as_the_first_address_was(server: Outside, target: str, sentence: str) -> None:
    def resolve(host: str, port: int) -> Collection[str]:
        return [host] if host[0].isdigit() else ["127.0.0.1"]

    with pytest.raises(EgressRefused, match=sentence):
        get(server, f"redirect/{target.format(port=server.port)}", resolve=resolve)
    assert len(server.asked) == 1


def test_redirect_within_the_host_is_followed_and_a_circle_is_not(server: Outside) -> None:
    assert get(server, "redirect//text").content == b"a word"
    with pytest.raises(EgressRefused, match="more than 3 times"):
        get(server, "round/")
    assert len(server.asked) == 2 + 4


def test_second_answer_of_the_name_server_changes_nothing(server: Outside) -> None:
    """Each hop asks once, and connects to the address that it checked."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]

    def resolve(host: str, port: int) -> Collection[str]:
        return answers.pop(0)

    assert get(server, "text", resolve=resolve).content == b"a word"
    assert answers == [["10.0.0.1"]]


def test_name_that_turns_private_between_two_hops_is_refused(server: Outside) -> None:
    hosts = []

    def resolve(host: str, port: int) -> Collection[str]:
        hosts.append(host)
        return ["127.0.0.1"]

    with pytest.raises(EgressRefused):
        get(server, "redirect/http://good.test/", resolve=resolve)
    assert hosts == ["good.test", "good.test"]


# Time and size -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["drip", "header"])
def test_slow_answer_ends_at_the_deadline(server: Outside, path: str) -> None:
    began = time.monotonic()

    with pytest.raises(TooSlow):
        get(server, path, timeout=0.5)

    assert time.monotonic() - began < 3


@pytest.mark.parametrize("path", ["large", "endless", "bomb"])
def test_large_answer_ends_at_the_cap(server: Outside, path: str) -> None:
    with pytest.raises(TooMuch, match=r"^The answer has more than 100000 bytes\.$"):
        get(server, path, max_bytes=100_000)


@pytest.mark.parametrize("path", ["twice", "spoilt"])
def test_answer_that_is_packed_strangely_is_refused(server: Outside, path: str) -> None:
    with pytest.raises(TooMuch):
        get(server, path)


def test_host_that_does_not_answer_is_an_error_that_may_pass(settings: Any) -> None:
    with outside() as server:
        port = server.port
    settings.EGRESS_PRIVATE_HOSTS = [f"good.test:{port}"]

    with pytest.raises(EgressError) as failed:
        fetch(f"http://good.test:{port}/", resolve=here)
    assert not failed.value.permanent
    with pytest.raises(EgressError, match=r"^gone\.invalid has no address\.$"):
        fetch("http://gone.invalid/")


# Certificates ------------------------------------------------------------------------------------


def test_certificate_is_that_of_the_name_not_of_the_address(tmp_path: Path, settings: Any) -> None:
    pem = certificate(tmp_path, "idp.test")
    settings.EGRESS_CA_FILE = str(pem)
    with outside(tls=pem) as server:
        settings.EGRESS_PRIVATE_HOSTS = [f"idp.test:{server.port}", f"other.test:{server.port}"]

        assert fetch(f"https://idp.test:{server.port}/text", resolve=here).content == b"a word"
        with pytest.raises(EgressError, match="certificate"):
            fetch(f"https://other.test:{server.port}/text", resolve=here)
        settings.EGRESS_CA_FILE = ""
        with pytest.raises(EgressError, match="certificate"):
            fetch(f"https://idp.test:{server.port}/text", resolve=here)


# A session for libraries -------------------------------------------------------------------------


def test_session_goes_only_where_it_may(server: Outside) -> None:
    with session(rules=Rules(resolve=here, max_bytes=100_000)) as client:
        answer = client.get(f"http://good.test:{server.port}/text")
        assert (answer.text, client.cookies.get_dict()) == ("a word", {"a": "b"})
        for url in ("http://evil.test/", f"http://good.test:{server.port}/redirect/http://evil.test/"):
            # What such libraries expect to go wrong.
            with pytest.raises(requests.RequestException):
                client.get(url)
        with pytest.raises(TooMuch):
            client.get(f"http://good.test:{server.port}/large", stream=True)


def test_proxies_of_the_environment_are_not_asked(server: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{server.port}")

    with pytest.raises(EgressRefused):
        fetch("http://evil.test/", resolve=here)
    assert server.asked == []
