"""A road to Redis on which things may come late."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from tests.eventually import PATIENCE


class DelayingProxy:
    """Carries everything at once until `holds_from`; then nothing reaches the server before `let_through`.

    What has set out arrives, though its sender may long have given up and gone.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._mark = b""
        self._held = threading.Event()
        self._clear = threading.Event()
        self._clear.set()
        self._on_the_road: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def holds_from(self, mark: bytes) -> None:
        """From the first request on that has this in it."""
        self._mark = mark

    def until_held(self) -> None:
        assert self._held.wait(PATIENCE)

    def let_through(self) -> None:
        """Returns when all that was held has been given to the server."""
        self._mark = b""
        waiting = tuple(self._on_the_road)
        self._clear.set()
        for one in waiting:
            one.join(PATIENCE)

    def close(self) -> None:
        self._clear.set()
        for one in (self._server, *self._open):
            with suppress(OSError):  # not connected any more
                one.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        for one in (self._server, *self._open):
            one.close()

    def _start(self, work: Callable[..., None], *given: object) -> threading.Thread:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _accept(self) -> None:
        while True:
            try:
                here, _ = self._server.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._to))
            except OSError:  # the server has gone: so has the road to it
                here.close()
                continue
            self._open += [here, there]
            self._start(self._to_server, here, there)
            self._start(self._from_server, there, here)

    def _to_server(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                if self._mark and self._mark in data:
                    self._clear.clear()
                    self._held.set()
                if not self._clear.is_set():
                    self._hold_up(data, target)
                else:
                    target.sendall(data)
        except OSError:
            return

    def _hold_up(self, data: bytes, target: socket.socket) -> None:
        def arrive() -> None:
            self._clear.wait()
            with suppress(OSError):
                target.sendall(data)

        late = self._start(arrive)
        self._on_the_road.append(late)
        late.join()

    @staticmethod
    def _from_server(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                with suppress(OSError):  # nobody waits for it any more; the server must not be held up
                    target.sendall(data)
            target.shutdown(socket.SHUT_WR)  # the server hung up
