"""A word to stop that a signal can give."""

from __future__ import annotations

import os
import select


class Stop:
    """Like ``threading.Event``, which a signal handler must not set: it may meet its own lock, held. A pipe has none."""

    def __init__(self) -> None:
        self._heard, self._told = os.pipe()

    def set(self) -> None:
        """Say it, from any thread or signal handler; once is enough."""
        os.write(self._told, b"x")

    def is_set(self) -> bool:
        """Say whether it was said."""
        return self.wait(0)

    def wait(self, seconds: float) -> bool:
        """Wait until it is said, at most so long, and say whether it was."""
        return bool(select.select([self._heard], [], [], seconds)[0])

    def __del__(self) -> None:
        os.close(self._heard)
        os.close(self._told)
