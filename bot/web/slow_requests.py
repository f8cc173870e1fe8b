"""Closes connections whose request arrives too slowly, because each one occupies a thread of the web process.

The server waits for a body without a time limit and does not show the application which connection it reads from. The
kernel does: a connection that received something after it last sent something has an unanswered request.
"""

import logging
import os
import resource
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

THREADS = 256  # of a web process: one for each body that is still arriving; started on demand, stopped when idle
CONNECTIONS = 2000  # open at the same time, per process; further ones wait to be accepted
OWN_FILES = 100  # file descriptors of a web process that are not clients: about 20, and those to Redis and the broker
CROWDED_SECONDS = 0.5  # the time of the oldest requests while nearly all threads or connections are in use
CROWDED_LOOK_SECONDS = 0.25

Peer = tuple[object, ...]


def connections_at_most() -> int:
    """Return how many connections the limit of open files allows. With more, no file could be opened."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if limit == resource.RLIM_INFINITY else min(CONNECTIONS, max(limit - OWN_FILES, limit // 4))


def _crowd(places: int) -> int:
    """Return the number of used places above which hardly one is free for a client that sends at once."""
    return places * 7 // 8


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """A connection with an unanswered request: the bytes sent to it so far, and when the request began.

    `since` is the latest and `perhaps` the earliest possible time. If `owes` is False, the connection is idle.
    """

    sent: int
    since: float
    perhaps: float
    owes: bool = True

    @property
    def used(self) -> bool:
        """True if it was ever answered. The handshake may count as a byte."""
        return self.sent > 1


class SlowRequestReaper:
    """A thread that looks at every connection to this port once a second. It works on Linux only.

    Elsewhere the reverse proxy alone has to do this. It opens both of its file descriptors at the start, because it is
    needed most when no more can be opened.
    """

    def __init__(self, port: int, *, seconds: float, connections: int = CONNECTIONS) -> None:
        self._port = port
        self._seconds = seconds
        self._threads = _crowd(min(THREADS, connections))
        self._connections = _crowd(connections)
        self._open: dict[Peer, PendingRequest] = {}
        self._crowded = False
        self._nothing = os.open(os.devnull, os.O_RDONLY)
        self._spare = os.dup(self._nothing)  # the descriptor under which each connection is examined

    def watch(self) -> None:
        """Start the thread, which runs as long as the process."""
        if sys.platform == "linux":
            threading.Thread(target=self._run, name="slow clients", daemon=True).start()

    def look(self, now: float) -> int:
        """Close slow connections, and idle ones if there are too many. Return the number of closed connections."""
        self._open = self._found(now)
        owing = sum(one.owes for one in self._open.values())
        self._crowded = owing > self._threads or len(self._open) > self._connections
        late = self._late(now)
        return self._end(late) if late else 0

    def _found(self, now: float) -> dict[Peer, PendingRequest]:
        found = {}
        for connection in self._duplicates():
            with suppress(OSError):
                state = _state(connection, now)
                if state is None:
                    continue
                peer = connection.getpeername()
                known = self._open.get(peer)
                same = known and (known.sent, known.owes) == (state.sent, state.owes)
                found[peer] = known if known and same else state
        return found

    def _late(self, now: float) -> set[Peer]:
        """Return the connections to close: those over the limit and, if threads run out, the oldest ones.

        It stops when enough threads are free, because the newest requests may be good ones.
        """
        oldest = sorted(
            (peer for peer, one in self._open.items() if one.owes), key=lambda peer: self._open[peer].perhaps
        )
        # connections that wait to be accepted are not visible, and may be many
        full = len(self._open) > self._connections
        crowd = oldest if full else oldest[: max(len(oldest) - self._threads, 0)]
        late = {peer for peer in oldest if now - self._open[peer].since >= self._seconds}
        late |= {peer for peer in crowd if now - self._open[peer].perhaps >= CROWDED_SECONDS}
        return late | self._resting(now)

    def _resting(self, now: float) -> set[Peer]:
        """Return idle connections to close if there are too many: all unused ones, then those idle for longest."""
        too_many = len(self._open) - self._connections
        if too_many <= 0:
            return set()
        long_enough = [peer for peer, one in self._open.items() if not one.owes and now - one.since >= CROWDED_SECONDS]
        unused = {peer for peer in long_enough if not self._open[peer].used}
        used = sorted(set(long_enough) - unused, key=lambda peer: self._open[peer].since)
        return unused | set(used[: max(too_many - len(unused), 0)])

    def _end(self, late: set[Peer]) -> int:
        ended = 0
        for connection in self._duplicates():
            with suppress(OSError):
                peer = connection.getpeername()
                known = self._open.get(peer) if peer in late else None
                state = _state(connection, 0) if known else None
                if known and state and (known.sent, known.owes) == (state.sent, state.owes):
                    connection.shutdown(socket.SHUT_RDWR)
                    del self._open[peer]
                    ended += 1
        return ended

    def _run(self) -> None:
        while True:
            time.sleep(CROWDED_LOOK_SECONDS if self._crowded else LOOK_SECONDS)
            try:
                ended = self.look(time.monotonic())
            except OSError as error:
                logger.warning("open connections not read", extra={"error": type(error).__name__})
                continue
            if ended:
                logger.warning("slow connections closed", extra={"count": ended})

    def _duplicates(self) -> Iterator[socket.socket]:
        """Yield a duplicate of each socket, so that it cannot become another connection meanwhile.

        Each one is valid until the next is taken.
        """
        try:
            for number in _descriptors():
                with suppress(OSError):
                    if number == self._spare or not os.readlink(f"{DESCRIPTORS}/{number}").startswith("socket:"):  # noqa: PTH115 - twice as fast as a Path for each
                        continue
                    os.dup2(number, self._spare, inheritable=False)
                    found = socket.socket(fileno=self._spare)
                    try:
                        if found.family in (socket.AF_INET, socket.AF_INET6) and found.getsockname()[1] == self._port:
                            yield found
                    finally:
                        found.detach()
        finally:
            os.dup2(self._nothing, self._spare, inheritable=False)


def _descriptors() -> list[int]:
    """Return the numbers of the open files of this process."""
    try:
        return [int(name) for name in os.listdir(DESCRIPTORS)]  # noqa: PTH208 - twice as fast as a Path for each
    except OSError:  # no descriptor is left to read the directory: every number below the limit is in use
        return list(range(resource.getrlimit(resource.RLIMIT_NOFILE)[0]))


def _state(connection: socket.socket, now: float) -> PendingRequest | None:
    """Return the state of a connection, or None if it is not open.

    It has an unanswered request if it received something after it last sent something.
    """
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO.size)
    if info[0] != _ESTABLISHED:
        return None
    fields = _INFO.unpack(info)
    ms_since_sent, ms_since_received, sent, received = fields[9], fields[11], fields[-2], fields[-1]
    nothing_sent = sent <= 1  # the handshake may count
    opened_or_sent = now - ms_since_sent / 1000
    if not received or not (nothing_sent or ms_since_received < ms_since_sent):
        return PendingRequest(sent, opened_or_sent, opened_or_sent, owes=False)
    since = now - ms_since_received / 1000
    # Count from the opening if nothing was sent yet: a client that trickles bytes was received from a moment ago.
    return PendingRequest(sent, since, opened_or_sent if nothing_sent else since)
