"""One request on its way: its connections, and the end of its time."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from academy.lib.egress.rules import EgressError


class Hop:
    """Ends every connection of a request when its time is over, in whatever state the other side keeps it."""

    def __init__(self, seconds: float) -> None:
        self.over = False
        # Told here, because the libraries below take every error of a connection for one of the network.
        self.problem: EgressError | None = None
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def watch(self, connection: socket.socket) -> None:
        """End this connection too, when it is time."""
        with self._lock:
            # A second handle: TLS takes the first one over.
            self._sockets.append(connection.dup())
        if self.over:
            self._end()

    def _end(self) -> None:
        with self._lock:
            self.over = True
            for connection in self._sockets:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the other side was faster

    @contextmanager
    def running(self) -> Iterator[Hop]:
        """Count from here to the end of the block."""
        token = _running.set(self)
        self._timer.start()
        try:
            yield self
        finally:
            self._timer.cancel()
            _running.reset(token)
            with self._lock:
                for connection in self._sockets:
                    connection.close()
                self._sockets.clear()


_running: ContextVar[Hop | None] = ContextVar("hop", default=None)


def current() -> Hop | None:
    """Return the hop that is under way, if there is one."""
    return _running.get()
