"""OpenID Connect: what a provider says about itself, and the signed token by which it says who somebody is.

``read_discovery`` reads a provider's discovery document, ``verify_token`` an ID token. Both believe nothing that
was not checked; what was wrong has a name, and whoever calls finds the words.
"""

from academy.standards.openid_connect.discovery import (
    Discovery,
    Fault,
    Finding,
    NotAProvider,
    discovery_address,
    is_safe,
    read_discovery,
)
from academy.standards.openid_connect.tokens import ALGORITHMS, Reason, TokenRefused, usable_keys, verify_token

__all__ = [
    "ALGORITHMS",
    "Discovery",
    "Fault",
    "Finding",
    "NotAProvider",
    "Reason",
    "TokenRefused",
    "discovery_address",
    "is_safe",
    "read_discovery",
    "usable_keys",
    "verify_token",
]
