"""Tiny servers whose greatest speed is known: so many requests at a time, each after so long."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Stub:
    """`at_once` requests are worked on, each for `seconds`; the first of all is not answered where `loses_first`."""

    at_once: int
    seconds: float
    loses_first: bool = False
    port: int = 0
    _turns: threading.Semaphore = field(init=False)
    _first: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._turns = threading.Semaphore(self.at_once)

    @property
    def most(self) -> float:
        """Answers a second, at best."""
        return self.at_once / self.seconds

    def answers(self) -> bool:
        if self.loses_first and self._first.acquire(blocking=False):
            return False
        with self._turns:
            time.sleep(self.seconds)
        return True


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def running(stub: Stub) -> Iterator[Stub]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            while self.request.recv(65536) and stub.answers():
                self.request.sendall(ANSWER)

    with _Server(("127.0.0.1", 0), Handler) as server:
        stub.port = server.server_address[1]
        serving = threading.Thread(target=server.serve_forever, args=(0.02,))
        serving.start()
        yield stub
        server.shutdown()
        serving.join()
