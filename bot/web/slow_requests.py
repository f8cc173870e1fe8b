"""Ends connections whose request takes too long to arrive, so that they cannot hold the threads of the web process.

The server waits for a body without a limit, in a thread, and does not tell the application which connection it is.
The kernel knows: a connection that received something after it last sent something owes an answer.
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

THREADS = 256  # of a web process: one for each body that is still arriving; made when needed, ended when idle
CONNECTIONS = 2000  # open at the same time, per process; further ones wait to be accepted
OWN_FILES = 100  # descriptors of a web process that are no client's: some 20 at rest, and Redis's and the broker's
CROWDED_SECONDS = 0.5  # what the oldest get where nearly all threads or connections are taken
CROWDED_LOOK_SECONDS = 0.25

Peer = tuple[object, ...]


def connections_at_most() -> int:
    """Return how many connections the limit of open files allows; beyond that, nothing could be opened or accepted."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return CONNECTIONS if limit == resource.RLIM_INFINITY else min(CONNECTIONS, max(limit - OWN_FILES, limit // 4))


def _crowd(places: int) -> int:
    """So many leave hardly a place for who sends at once."""
    return places * 7 // 8


@dataclass(frozen=True, slots=True)
class PendingRequest:
    """A connection that owes an answer: how much it was ever sent, since when it surely owes, and perhaps has owed.

    Or one that rests (`owes` is False), since its last answer or its opening.
    """

    sent: int
    since: float
    perhaps: float
    owes: bool = True

    @property
    def used(self) -> bool:
        """Whether it was ever answered; the handshake may count as a byte."""
        return self.sent > 1


class SlowRequestReaper:
    """Looks once a second at every connection to this port; Linux only, elsewhere the reverse proxy is alone.

    It needs no descriptor but the two that it keeps from the start: where none is left, it is needed most.
    """

    def __init__(self, port: int, *, seconds: float, connections: int = CONNECTIONS) -> None:
        self._port = port
        self._seconds = seconds
        self._threads = _crowd(min(THREADS, connections))
        self._connections = _crowd(connections)
        self._open: dict[Peer, PendingRequest] = {}
        self._crowded = False
        self._nothing = os.open(os.devnull, os.O_RDONLY)
        self._spare = os.dup(self._nothing)  # each connection is looked at under this number

    def watch(self) -> None:
        """From now on, for as long as the process lives."""
        if sys.platform == "linux":
            threading.Thread(target=self._run, name="slow clients", daemon=True).start()

    def look(self, now: float) -> int:
        """End what has owed an answer for too long, and in a crowd what rests; how many connections that were."""
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
        """Whose time is over; in a crowd also the oldest, down to where threads are free: who came last may be good."""
        oldest = sorted(
            (peer for peer, one in self._open.items() if one.owes), key=lambda peer: self._open[peer].perhaps
        )
        full = len(self._open) > self._connections  # who waits to be accepted is not seen, and may be many
        crowd = oldest if full else oldest[: max(len(oldest) - self._threads, 0)]
        late = {peer for peer in oldest if now - self._open[peer].since >= self._seconds}
        late |= {peer for peer in crowd if now - self._open[peer].perhaps >= CROWDED_SECONDS}
        return late | self._resting(now)

    def _resting(self, now: float) -> set[Peer]:
        """In a crowd of connections, those that never asked, and the longest resting of the others as far as needed."""
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
        """Duplicates, so that none can become another connection while it is looked at; each until the next."""
        try:
            for number in _descriptors():
                with suppress(OSError):
                    if number == self._spare or not os.readlink(f"{DESCRIPTORS}/{number}").startswith("socket:"):  # noqa: PTH115 - half the work of a Path for each
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
    """Return the numbers of what this process has open."""
    try:
        return [int(name) for name in os.listdir(DESCRIPTORS)]  # noqa: PTH208 - half the work of a Path for each
    except OSError:  # none is left for the list: then every number below the limit is in use
        return list(range(resource.getrlimit(resource.RLIMIT_NOFILE)[0]))


def _state(connection: socket.socket, now: float) -> PendingRequest | None:
    """It owes an answer if something came in after the last that went out. None if it is no open connection."""
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
    # what never was sent anything counts from its opening: who trickles was heard of a moment ago
    return PendingRequest(sent, since, opened_or_sent if nothing_sent else since)
