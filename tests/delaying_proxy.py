"""A way to a server on which every packet takes some time, in both directions."""

import queue
import socket
import threading
import time
from contextlib import suppress


class DelayingProxy:
    """Carries everything in order, `seconds` later; nothing waits for what came before it."""

    def __init__(self, port: int, seconds: float) -> None:
        self._to, self.seconds = port, seconds
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._open: list[socket.socket] = [self._server]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._server.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
                self._open += [here, there]
                for source, target in ((here, there), (there, here)):
                    under_way: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
                    threading.Thread(target=self._read, args=(source, under_way), daemon=True).start()
                    threading.Thread(target=self._write, args=(under_way, target), daemon=True).start()

    def _read(self, source: socket.socket, under_way: "queue.SimpleQueue[tuple[float, bytes]]") -> None:
        data = b"-"
        while data:
            data = b""
            with suppress(OSError):
                data = source.recv(65536)
            under_way.put((time.monotonic() + self.seconds, data))

    def _write(self, under_way: "queue.SimpleQueue[tuple[float, bytes]]", target: socket.socket) -> None:
        with suppress(OSError):
            while True:
                due, data = under_way.get()
                time.sleep(max(0.0, due - time.monotonic()))
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)
