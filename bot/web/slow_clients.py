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
from dataclasses import dataclass

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1.0
DESCRIPTORS = "/proc/self/fd"
_INFO = struct.Struct("=8x 24I 4Q")  # linux/tcp.h: struct tcp_info up to tcpi_bytes_received
_ESTABLISHED = 1

THREADS = 256  # of a web process: one for each body that is still arriving; made when needed, ended when idle
CROWD = THREADS * 7 // 8  # so many that owe an answer leave hardly a thread for who sends at once
CROWDED_SECONDS = 0.5  # then the oldest of them get no more than this
CROWDED_LOOK_SECONDS = 0.25

Peer = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Owing:
    """A connection that owes an answer: how much it was ever sent, since when it surely owes, and perhaps has owed."""

    sent: int
    since: float
    perhaps: float


class SlowClients:
    """Looks once a second at every connection to this port; Linux only, elsewhere the reverse proxy is alone."""

    def __init__(self, port: int, *, seconds: float) -> None:
        self._port = port
        self._seconds = seconds
        self._owing: dict[Peer, Owing] = {}

    def watch(self) -> None:
        """From now on, for as long as the process lives."""
        if sys.platform == "linux":
            threading.Thread(target=self._run, name="slow clients", daemon=True).start()

    def look(self, now: float) -> int:
        """End what has owed an answer for too long; how many connections that were."""
        self._owing = self._found(now)
        late = self._late(now)
        return self._end(late) if late else 0

    def _found(self, now: float) -> dict[Peer, Owing]:
        found = {}
        for connection in _connections(self._port):
            with connection, suppress(OSError):
                state = _state(connection, now)
                if state is None:
                    continue
                peer = connection.getpeername()
                known = self._owing.get(peer)
                found[peer] = known if known and known.sent == state.sent else state
        return found

    def _late(self, now: float) -> set[Peer]:
        """Whose time is over; in a crowd also the oldest, down to where threads are free: who came last may be good."""
        oldest = sorted(self._owing, key=lambda peer: self._owing[peer].perhaps)
        crowd = oldest[: max(len(oldest) - CROWD, 0)]
        late = {peer for peer in oldest if now - self._owing[peer].since >= self._seconds}
        return late | {peer for peer in crowd if now - self._owing[peer].perhaps >= CROWDED_SECONDS}

    def _end(self, late: set[Peer]) -> int:
        ended = 0
        for connection in _connections(self._port):
            with connection, suppress(OSError):
                peer = connection.getpeername()
                known = self._owing.get(peer) if peer in late else None
                state = _state(connection, 0) if known else None
                if known and state and known.sent == state.sent:
                    connection.shutdown(socket.SHUT_RDWR)
                    del self._owing[peer]
                    ended += 1
        return ended

    def _run(self) -> None:
        while True:
            time.sleep(CROWDED_LOOK_SECONDS if len(self._owing) > CROWD else LOOK_SECONDS)
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


def _state(connection: socket.socket, now: float) -> Owing | None:
    """None where nothing came in after the last that went out."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size)
    if info[0] != _ESTABLISHED:
        return None
    fields = _INFO.unpack(info)
    ms_since_sent, ms_since_received, sent, received = fields[9], fields[11], fields[-2], fields[-1]
    nothing_sent = sent <= 1  # the handshake may count
    if not received or not (nothing_sent or ms_since_received < ms_since_sent):
        return None
    since = now - ms_since_received / 1000
    # what never was sent anything counts from its opening: who trickles was heard of a moment ago
    return Owing(sent, since, now - ms_since_sent / 1000 if nothing_sent else since)
