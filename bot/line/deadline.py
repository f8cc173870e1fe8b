"""An answer that must be there, whole, within its call's patience: urllib3's own timeout begins anew with each byte."""

import io
import socket
import time
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ANSWER_LIMIT = 1_000_000  # bytes with headers: the longest answer, the list of menus, has some ten thousand


class _Limited(io.RawIOBase):
    """Reads on for as long as the socket's timeout says, all reads together."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        super().__init__()
        self._raw, self._sock = raw, sock
        self._patience = sock.gettimeout() or 0.0
        self._until = time.monotonic() + self._patience
        self._room = ANSWER_LIMIT

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        if self._room <= 0:
            raise ConnectionAbortedError("the answer is too long")
        self._sock.settimeout(left)
        count = self._raw.readinto(buffer)
        self._sock.settimeout(self._patience)  # the next request on this connection is written with it
        self._room -= count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        raw = self.fp.detach()
        self.fp = io.BufferedReader(_Limited(raw, sock))


class _Plain(HTTPConnection):
    response_class = _Answer


class _Secure(HTTPSConnection):
    response_class = _Answer


def pool(url: str, *, connections: int) -> urllib3.HTTPConnectionPool:
    """Kept-alive connections to one host, on which a call's read timeout bounds the whole answer, and so its size."""
    made = urllib3.connection_from_url(url, maxsize=connections, block=False)
    made.ConnectionCls = _Secure if made.scheme == "https" else _Plain
    return made
