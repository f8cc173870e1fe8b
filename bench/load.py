"""A load generator on raw sockets: requests are made before the clock starts, so that it costs little while it runs.

That it is not the bottleneck shows in two ways: the bare ceiling, driven by the same code, answers many times more than
anything measured; and every run reports the CPU the generator itself used, which must stay well below one core.
"""

import math
import select
import socket
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles

PATIENCE = 20.0  # seconds that the last answers may take


@dataclass
class Run:
    """What became of one run; latencies in seconds, in a paced run from when the request was due."""

    seconds: float = 0.0  # what `in_time` was counted in: up to the last answer, or to the end of a flood
    answered: int = 0
    in_time: int = 0  # of those: answers that come once no new requests are sent tell nothing of the speed
    refused: int = 0
    unanswered: int = 0
    generator_cpu: float = 0.0
    started: float = 0.0
    until: float = math.inf
    last: float = 0.0  # when the last answer came
    closed: int = 0  # connections that the server closed under way; their requests count as unanswered
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.in_time / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float:
        """In milliseconds."""
        return percentile(self.latencies, percent)


def percentile(seconds: Sequence[float], percent: int) -> float:
    """In milliseconds."""
    if len(seconds) < 2:
        return 1000 * sum(seconds)
    return 1000 * quantiles(seconds, n=100, method="inclusive")[percent - 1]


class _Client:
    """One kept-alive connection with at most one request under way."""

    __slots__ = ("due", "lost", "received", "sock")

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), 5)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.setblocking(False)  # noqa: FBT003 - the socket's own interface
        self.received = b""
        self.due = 0.0
        self.lost = False

    def send(self, request: bytes, due: float) -> None:
        self.due = due
        self.received = b""
        self.sock.send(request)

    def answer(self) -> bytes | None:
        """The whole answer, or None while parts of it are missing."""
        data = self.sock.recv(65536)
        if not data:
            raise ConnectionError("the server has closed the connection")
        self.received += data
        head, end, body = self.received.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return None
        return self.received


def _length(head: bytes) -> int:
    lowered = head.lower()
    at = lowered.find(b"content-length:")
    return int(lowered[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


def post(path: str, body: bytes, signature: str) -> bytes:
    """The bytes of a webhook request."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json; charset=utf-8\r\n"
        f"X-Line-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Generator:
    """Connections to one port; `flood` keeps all of them busy, `pace` sends at fixed times whatever comes back."""

    def __init__(self, port: int, connections: int) -> None:
        self._clients = {client.sock.fileno(): client for client in (_Client(port) for _ in range(connections))}
        self._poll = select.epoll()
        for number in self._clients:
            self._poll.register(number, select.EPOLLIN)

    def close(self) -> None:
        self._poll.close()
        for client in self._clients.values():
            client.sock.close()

    def flood(self, requests: Sequence[bytes], seconds: float) -> Run:
        """Each connection sends its next request as soon as it has its answer, until `seconds` are over."""
        run, left = Run(), iter(requests)
        cpu, start = time.process_time(), time.perf_counter()
        run.started, run.until = start, start + seconds
        busy = 0
        for client in self._clients.values():
            client.send(next(left), time.perf_counter())
            busy += 1
        while busy and time.perf_counter() - start < seconds + PATIENCE:
            for number, _ in self._poll.poll(1):
                client = self._clients[number]
                if not self._took(client, run):
                    continue
                now = time.perf_counter()
                request = next(left, None) if now - start < seconds and not client.lost else None
                if request is None:
                    busy -= 1
                    if client.lost:
                        self._poll.unregister(number)
                else:
                    client.send(request, now)
        return self._ended(run, busy, cpu)

    def pace(self, requests: Sequence[bytes], rate: float) -> Run:
        """One request every 1/rate seconds; one that finds no free connection waits, and its wait counts."""
        run, free = Run(), deque(self._clients.values())
        cpu, start = time.process_time(), time.perf_counter()
        run.started = start
        waiting: deque[tuple[bytes, float]] = deque()
        sent = done = 0
        while done < len(requests) and time.perf_counter() - start < len(requests) / rate + PATIENCE:
            now = time.perf_counter()
            while sent < len(requests) and start + sent / rate <= now:
                waiting.append((requests[sent], start + sent / rate))
                sent += 1
            while waiting and free:
                free.popleft().send(*waiting.popleft())
            pause = max(0.0, start + sent / rate - time.perf_counter()) if sent < len(requests) else 0.05
            for number, _ in self._poll.poll(pause):
                client = self._clients[number]
                if self._took(client, run):
                    done += 1
                    if client.lost:
                        self._poll.unregister(number)
                    else:
                        free.append(client)
        return self._ended(run, len(requests) - done, cpu)

    @staticmethod
    def _took(client: _Client, run: Run) -> bool:
        try:
            answer = client.answer()
        except OSError:
            run.closed += 1
            client.lost = True
            return True
        if answer is None:
            return False
        run.last = time.perf_counter()
        run.latencies.append(run.last - client.due)
        if answer[9:12] == b"200":
            run.answered += 1
            run.in_time += run.last <= run.until
        else:
            run.refused += 1
        return True

    @staticmethod
    def _ended(run: Run, unanswered: int, cpu: float) -> Run:
        run.unanswered = unanswered + run.closed
        run.seconds = min(run.last, run.until) - run.started if run.last else 0.0
        run.generator_cpu = (time.process_time() - cpu) / (time.perf_counter() - run.started)
        return run
