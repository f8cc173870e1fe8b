"""A keep-alive HTTP pool for the LINE API. A call returns the complete response or fails within its timeout.

urllib3 needs twice the CPU for a call, loads the certificates anew for each connection, and restarts its timeout with
each byte that arrives. What this takes from the inside of http.client is checked in `tests/contract/test_http.py`.
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

from bot.line.outcomes import request_id_of
from bot.runtime.limits import LIMITS

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CONNECT_SECONDS = 2.0
ANSWER_LIMIT = 1_000_000  # bytes with headers; the longest response, the list of menus, has some ten thousand


class UnreachableError(OSError):
    """An error before a connection was made: LINE has not received this call."""


class AmbiguousResultError(OSError):
    """An error without a complete response: LINE may or may not have acted."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """LINE's response; `request_id` is empty if it had none."""

    status: int
    request_id: str
    data: bytes


class HttpPool:
    """A thread-safe pool to the host of one URL. At most `kept` idle connections stay open."""

    def __init__(self, url: str, *, kept: int, fresh_seconds: float = LIMITS.line_fresh_seconds) -> None:
        self._fresh_seconds = fresh_seconds
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port
        self._root = parts.path.rstrip("/")
        # loaded once, because the certificates cost as much time as fifty calls
        self._trusted = ssl.create_default_context() if parts.scheme == "https" else None
        self._kept = kept
        self._free: deque[_Connection] = deque()
        weakref.finalize(self, _close_all, self._free)

    def request(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str], *, timeout: float
    ) -> HttpResponse:
        """Make one call, without retries and redirects. `timeout`: seconds for the complete response.

        Raises UnreachableError or AmbiguousResultError.
        """
        connection = self._connected()
        try:
            if connection.sock.gettimeout() != timeout:
                connection.sock.settimeout(timeout)
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
        request_id = request_id_of(response.headers.get("x-line-request-id", ""))
        return HttpResponse(response.status, request_id, data)

    def _connected(self) -> "_Connection":
        """Return the idle connection that was used last, or a new one. Connections closed by the server are skipped."""
        while True:
            try:
                connection = self._free.pop()
            except IndexError:
                return self._connect()
            if time.monotonic() - connection.last_used < self._fresh_seconds or not _closed(connection.sock):
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
    """Return True if the idle socket is readable: it was closed, or has data that no request asked for."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


class _DeadlineReader(io.RawIOBase):
    """A reader whose reads together take no longer than the socket's timeout."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        super().__init__()
        self._raw, self._sock = raw, sock
        self._until = time.monotonic() + (sock.gettimeout() or 0.0)
        self._bytes_left = ANSWER_LIMIT
        self._first = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        if self._first:
            self._first = False  # the socket's timeout is still the whole time
        else:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError("the answer took too long")
            self._sock.settimeout(left)
        if self._bytes_left <= 0:
            raise ConnectionAbortedError("the answer is too long")
        count = self._raw.readinto(buffer)
        self._bytes_left -= count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _DeadlineResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self.fp = io.BufferedReader(_DeadlineReader(self.fp.detach(), sock))


class _Connection(HTTPConnection):
    """A connection that sends headers and body in one packet; http.client would send two."""

    response_class = _DeadlineResponse
    auto_open = 0  # never reconnect silently: a call uses the connection that was checked, or fails
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
    """A `_Connection` over TLS."""
