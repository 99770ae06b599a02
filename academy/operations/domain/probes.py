"""The answers to probes, in JSON."""

from __future__ import annotations

import json

from academy.operations.domain.health import readiness
from academy.operations.domain.port import Answer, Answers

LIVE, READY = "/health/live", "/health/ready"


def liveness_answer() -> Answer:
    """The process runs: that is all there is to it. Asks nothing and nobody."""
    return Answer(status=200, body=b'{"status": "live"}')


def readiness_answer() -> Answer:
    """200 if every check is met, else 503; both say which."""
    states = readiness()
    ready = all(state.ok for state in states)
    told = {
        "status": "ready" if ready else "not ready",
        "checks": {state.name: {"ok": state.ok, "words": state.words} for state in states},
    }
    return Answer(status=200 if ready else 503, body=json.dumps(told).encode())


ANSWERS: Answers = {LIVE: liveness_answer, READY: readiness_answer}
