"""Ends connections whose request takes too long to arrive, so that they cannot hold the threads of the web process.

The server waits for a body without a limit, in a thread, and does not tell the application which connection it is.
The kernel knows: a connection that received something after it last sent something owes an answer.
"""

import logging
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
DESCRIPTORS = "/proc/self/fd"
_INFO = struct.Struct("=8x 24I 4Q")  # linux/tcp.h: struct tcp_info up to tcpi_bytes_received
_ESTABLISHED = 1

Peer = tuple[object, ...]


class SlowClients:
    """Looks once a second at every connection to this port; Linux only, elsewhere the reverse proxy is alone."""

    def __init__(self, port: int, *, seconds: float) -> None:
        self._port = port
        self._seconds = seconds
        self._owing: dict[Peer, tuple[int, float]] = {}

    def watch(self) -> None:
        """From now on, for as long as the process lives."""
        if sys.platform == "linux":
            threading.Thread(target=self._run, name="slow clients", daemon=True).start()

    def look(self, now: float) -> int:
        """End what has owed an answer for too long; how many connections that were."""
        ended = 0
        before, self._owing = self._owing, {}
        for connection in _connections(self._port):
            with connection, suppress(OSError):
                sent, owes = _state(connection)
                if not owes:
                    continue
                peer = connection.getpeername()
                known = before.get(peer)
                since = known[1] if known and known[0] == sent else now
                if now - since >= self._seconds:
                    connection.shutdown(socket.SHUT_RDWR)
                    ended += 1
                else:
                    self._owing[peer] = (sent, since)
        return ended

    def _run(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                ended = self.look(time.monotonic())
            except OSError as error:
                logger.warning("connections not looked at", extra={"error": type(error).__name__})
                continue
            if ended:
                logger.warning("slow connections ended", extra={"count": ended})


def _connections(port: int) -> Iterator[socket.socket]:
    """Duplicates, so that none can become another connection while it is looked at."""
    for name in os.listdir(DESCRIPTORS):  # noqa: PTH208 - half the work of a Path for each
        with suppress(OSError):
            if not os.readlink(f"{DESCRIPTORS}/{name}").startswith("socket:"):  # noqa: PTH115 - likewise
                continue
            found = socket.socket(fileno=os.dup(int(name)))
            if found.family in (socket.AF_INET, socket.AF_INET6) and found.getsockname()[1] == port:
                yield found
            else:
                found.close()


def _state(connection: socket.socket) -> tuple[int, bool]:
    """How much was ever sent, and whether something came in after the last that went out."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size)
    if info[0] != _ESTABLISHED:
        return 0, False
    fields = _INFO.unpack(info)
    ms_since_sent, ms_since_received, sent, received = fields[9], fields[11], fields[-2], fields[-1]
    nothing_sent = sent <= 1  # the handshake may count
    return sent, received > 0 and (nothing_sent or ms_since_received < ms_since_sent)
