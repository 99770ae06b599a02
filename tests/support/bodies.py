"""Comparing what two addresses answer."""

from __future__ import annotations

import re
from typing import Any

# What differs from answer to answer and tells nothing.
CHANCE = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|data-request-id="[^"]*"')


def told(response: Any) -> tuple[int, str]:
    """Return the status and the text of an answer, without what is chance in it and without its own address."""
    text = response.content.decode(errors="replace") if not response.streaming else ""
    address = response.request["PATH_INFO"]
    return response.status_code, CHANCE.sub("", text).replace(address, "…").replace(address.replace("/", "%2F"), "…")
