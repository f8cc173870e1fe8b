"""Kept-alive connections to LINE, on http.client: whoever asks gets an answer, whole, within the call's patience.

urllib3 does the same with twice the work for each call, reads the certificates anew for each connection, and its
timeout begins again with each byte that drips in.
"""

import io
import select
import socket
import ssl
import time
import weakref
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.line.outcomes import printable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CONNECT_SECONDS = 2.0
FRESH_SECONDS = 1.0  # nobody closes a connection so soon after an answer without having said so in it
REQUEST_ID_AT_MOST = 64  # LINE's have 36
ANSWER_LIMIT = 1_000_000  # bytes with headers: the longest answer, the list of menus, has some ten thousand


class UnreachableError(OSError):
    """No connection came about: LINE has seen nothing of this call."""


class AmbiguousResultError(OSError):
    """No whole answer came: whether LINE has acted is not known."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What LINE said; an empty `request_id` where it named none."""

    status: int
    request_id: str
    data: bytes


class HttpPool:
    """To the host of one address, shared by threads; `kept`: at most so many stay open for the next call."""

    def __init__(self, url: str, *, kept: int) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port
        self._root = parts.path.rstrip("/")
        # read once: a bundle of certificates costs as much time as fifty calls
        self._trusted = ssl.create_default_context() if parts.scheme == "https" else None
        self._kept = kept
        self._free: deque[_Connection] = deque()
        weakref.finalize(self, _close_all, self._free)

    def request(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], *, patience: float
    ) -> HttpResponse:
        """One call, never repeated and never redirected; `patience`: seconds for the answer, from its first byte on.

        Raises UnreachableError or AmbiguousResultError.
        """
        connection = self._connected()
        try:
            if connection.sock.gettimeout() != patience:
                connection.sock.settimeout(patience)
            connection.request(method, self._root + path, body, headers)
            response = connection.getresponse()
            data = response.read()
        except (OSError, HTTPException) as error:
            connection.close()
            raise AmbiguousResultError(type(error).__name__) from error
        except BaseException:
            connection.close()
            raise
        connection.last_used = time.monotonic()
        if connection.sock and len(self._free) < self._kept:
            self._free.append(connection)
        else:
            connection.close()
        request_id = printable(response.headers.get("x-line-request-id", ""), REQUEST_ID_AT_MOST)
        return HttpResponse(response.status, request_id, data)

    def _connected(self) -> "_Connection":
        """The one used last, for it has waited least; what was closed meanwhile is left behind."""
        while True:
            try:
                connection = self._free.pop()
            except IndexError:
                return self._connect()
            if time.monotonic() - connection.last_used < FRESH_SECONDS or not _closed(connection.sock):
                return connection
            connection.close()

    def _connect(self) -> "_Connection":
        made = (
            _TlsConnection(self._host, self._port, timeout=CONNECT_SECONDS, context=self._trusted)
            if self._trusted
            else _Connection(self._host, self._port, timeout=CONNECT_SECONDS)
        )
        try:
            made.connect()
        except OSError as error:
            made.close()
            raise UnreachableError(type(error).__name__) from error
        return made


def _close_all(connections: deque["_Connection"]) -> None:
    while connections:
        connections.pop().close()


def _closed(sock: socket.socket) -> bool:
    """Nobody has been asked: whatever there is to read is the end, or nothing that belongs here."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


class _DeadlineReader(io.RawIOBase):
    """Reads on for as long as the socket's timeout says, all reads together."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        super().__init__()
        self._raw, self._sock = raw, sock
        self._until = time.monotonic() + (sock.gettimeout() or 0.0)
        self._room = ANSWER_LIMIT
        self._first = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        if self._first:
            self._first = False  # the socket's timeout is what is left
        else:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError("the answer took too long")
            self._sock.settimeout(left)
        if self._room <= 0:
            raise ConnectionAbortedError("the answer is too long")
        count = self._raw.readinto(buffer)
        self._room -= count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _DeadlineResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_DeadlineReader(self.fp.detach(), sock))


class _Connection(HTTPConnection):
    """Headers and body go out in one piece; http.client would send two."""

    response_class = _DeadlineResponse
    auto_open = 0  # a call goes over the connection that was looked at, or fails
    last_used = 0.0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._pieces: list[bytes] = []

    def send(self, data: Any) -> None:
        self._pieces.append(data)

    def getresponse(self) -> HTTPResponse:
        pieces, self._pieces = self._pieces, []
        super().send(b"".join(pieces))
        return super().getresponse()


class _TlsConnection(_Connection, HTTPSConnection):
    """The same, encrypted."""
