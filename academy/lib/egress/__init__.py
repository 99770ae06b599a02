"""The one way out: nothing else of ours opens a connection to another machine.

An address that somebody typed in, or that another server redirects to, must not lead into our own network. So each
hop is checked: its scheme, its host and its port, and every address that the host's name resolves to. The
connection goes to the address that was checked, so that a second answer of the name server changes nothing, while
TLS still asks for the certificate of the host's name. Time and size are capped, whatever the other side does.

``fetch`` is for a document; ``session`` is for libraries that want a ``requests.Session`` (sign-in by OpenID).
The proxies of the environment are not used: they would resolve names for us.
"""

from __future__ import annotations

from academy.lib.egress.client import Fetched, fetch, session
from academy.lib.egress.rules import EgressError, EgressRefused, Rules, TooMuch, TooSlow

__all__ = ["EgressError", "EgressRefused", "Fetched", "Rules", "TooMuch", "TooSlow", "fetch", "session"]
