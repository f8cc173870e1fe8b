"""The real web server on real sockets: whoever sends slowly, strangely or too much holds up nobody."""

import math
import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.line.signature import sign
from bot.web.app import ARRIVES_WITHIN
from bot.web.slow_requests import THREADS
from tests.conftest import SECRET, SECRET_KEY
from tests.eventually import eventually, quickest, seconds_of
from tests.scenario.processes import Process
from tests.servers import RedisServer, free_port, wait_for_port

VERIFICATION = b'{"destination":"U","events":[]}'
LENGTH = f"Content-Length: {len(VERIFICATION)}"
SLOW = 100  # connections of each kind
LINE_WAITS = 2.0


@pytest.fixture(scope="module")
def web(redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A web process with one child; its port."""
    folder = tmp_path_factory.mktemp("web")
    process, port = serving(redis_server, folder)
    yield port
    process.stop()


def serving(redis_server: RedisServer, folder: Path) -> tuple[Process, int]:
    """A web process with one child that has taken its first webhook, on an emptied Redis; and its port."""
    with redis_server.client() as redis:
        redis.flushall()  # no bot of another test owns it
    port = free_port()
    process = Process("web", _environment(redis_server.url, port, folder), folder / "web.log")
    wait_for_port(port)
    eventually(lambda: answer(port, GOOD).startswith(b"HTTP/1.1 200"), lambda: process.output)
    return process, port


def _environment(redis_url: str, port: int, folder: Path) -> dict[str, str]:
    return {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "SECRET_KEY": SECRET_KEY,  # the one that this Redis may be in use with already
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "REDIS_URL": redis_url,
        "PORT": str(port),
        "WEB_PROCESSES": "1",
        "VAR_DIR": str(folder / "var"),
    }


def head(*lines: str, path: str = "/callback") -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: bot", *lines, "", ""]).encode()


def signed(body: bytes = VERIFICATION) -> str:
    return f"X-Line-Signature: {sign(SECRET, body)}"


GOOD = head(signed(), f"Content-Length: {len(VERIFICATION)}") + VERIFICATION


def chunked(body: bytes) -> bytes:
    parts = [body[start : start + 65536] for start in range(0, len(body), 65536)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def opened(port: int, first: bytes, count: int = SLOW) -> list[socket.socket]:
    connections = [socket.create_connection(("127.0.0.1", port), 60) for _ in range(count)]
    for connection in connections:
        connection.sendall(first)
    return connections


def answer(port: int, request: bytes, *, then: bytes = b"") -> bytes:
    """The first bytes of the answer; empty where the connection is ended without one."""
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        try:
            connection.sendall(request)
            found = connection.recv(25)
            if then:
                connection.sendall(then)
                found += connection.recv(1000)
        except ConnectionError:
            return b""
        return found


def webhook(port: int) -> float:
    """How long a good one takes: for ever if it was cut, as in a crowd if the machine stalls for half a second."""
    started = time.monotonic()
    found = answer(port, GOOD)
    if not found:
        return math.inf
    assert found.startswith(b"HTTP/1.1 200")
    return time.monotonic() - started


def is_open(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return bool(connection.recv(1000))
    except BlockingIOError:
        return True
    except OSError:
        return False


def trickle(connections: list[socket.socket], stop: threading.Event) -> None:
    while not stop.wait(0.3):
        for connection in connections:
            try:
                connection.send(b"x")
            except OSError:
                continue


def test_slow_bodies_and_headers_hold_up_no_webhook_and_are_ended(web: int) -> None:
    rounds = []
    for _ in range(4):  # a stall of the machine spoils one or two
        rounds.append(_among_slow_ones(web))
        longest, still_open = rounds[-1]
        if longest < LINE_WAITS and still_open == [0, 0, 0, SLOW]:
            return
    raise AssertionError(rounds)


def _among_slow_ones(web: int) -> tuple[float, list[int]]:
    """The longest wait of a webhook, and how many of each kind of connection are open after some seconds."""
    (kept,) = opened(web, GOOD, 1)
    assert kept.recv(1000).startswith(b"HTTP/1.1 200")
    begun = head("Content-Length: 1000") + b"{"
    stalled, trickling = opened(web, begun), opened(web, begun)
    half, idle = opened(web, begun[:40]), opened(web, b"")
    stop = threading.Event()
    threading.Thread(target=trickle, args=(trickling, stop), daemon=True).start()
    started, took = time.monotonic(), []
    while time.monotonic() - started < ARRIVES_WITHIN + 3:
        took.append(webhook(web))
        time.sleep(0.1)
    stop.set()
    still_open = [sum(map(is_open, group)) for group in (stalled, trickling, half, idle)]
    if still_open[-1] == SLOW:  # else ten seconds had passed, after which who rests is ended, too
        kept.sendall(GOOD)
        assert kept.recv(1000).startswith(b"HTTP/1.1 200"), "who has been answered may rest"
    for connection in (kept, *stalled, *trickling, *half, *idle):
        connection.close()
    return max(took), still_open


@pytest.mark.parametrize("trickles", [False, True])
def test_more_slow_bodies_than_there_are_threads_hold_up_no_webhook_for_as_long_as_line_waits(
    web: int, *, trickles: bool
) -> None:
    def longest() -> float:
        slow = opened(web, head("Content-Length: 1000") + b"{", THREADS + 150)
        stop = threading.Event()
        if trickles:
            threading.Thread(target=trickle, args=(slow, stop), daemon=True).start()
        took = [webhook(web) for _ in range(5)]
        stop.set()
        for connection in slow:
            connection.close()
        return max(took)

    assert quickest(longest, LINE_WAITS) < LINE_WAITS


BIG = b'{"events": [], "padding": "' + b"x" * 1_000_000 + b'"}'


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (head(signed(), "Transfer-Encoding: chunked") + chunked(VERIFICATION), b"200"),
        (head(signed(BIG), "Transfer-Encoding: chunked") + chunked(BIG), b"413"),
        (head(signed(BIG), f"Content-Length: {len(BIG)}") + BIG, b"413"),
        (head(signed(), "Content-Length: 5000000") + VERIFICATION, b"413"),
        (head(signed(), "Content-Length: 5") + VERIFICATION, b"400"),
        (head(signed()), b"400"),
        (head(signed(), "Content-Length: -1") + VERIFICATION, b"400"),
        (head(signed(), "Content-Length: many") + VERIFICATION, b"400"),
        (head(signed(), "Content-Length: 5", "Content-Length: 6") + VERIFICATION, b"400"),
        (head(signed(), "Expect: 100-continue", f"Content-Length: {len(BIG)}"), b"413"),
        (head(signed(), LENGTH, "X-Padding: " + "x" * (64 * 1024 - 300)) + VERIFICATION, b"200"),
        (head(signed(), "X-Padding: " + "x" * 128 * 1024), b"431"),
        (head(signed(), "X-Padding: " + "x" * 200_000), b"431"),
        (head(*["X-Padding: x"] * 500), b"431"),
        (b"\x16\x03\x01\x00\xa5\x01\x00 this is TLS\r\n\r\n", b"400"),
    ],
    ids=lambda value: str(value[:60]),
)
def test_strange_request_gets_its_answer_at_once(web: int, request_: bytes, status: bytes) -> None:
    def answered() -> None:
        assert answer(web, request_)[9:12] == status

    assert quickest(partial(seconds_of, answered), LINE_WAITS) < LINE_WAITS


def test_body_that_is_asked_for_before_it_is_sent_arrives(web: int) -> None:
    asked = head(signed(), "Expect: 100-continue", f"Content-Length: {len(VERIFICATION)}")
    found = answer(web, asked, then=VERIFICATION)
    assert found.startswith(b"HTTP/1.1 100 Continue")
    assert b"HTTP/1.1 200" in found


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(4096)
    except ConnectionResetError:  # with some of the request unread
        return b""


@pytest.mark.parametrize(
    "request_",
    [
        head(*["X-Padding: x"] * 500),
        head(signed(), "Content-Length: 5", "Content-Length: 6") + VERIFICATION,
        b"GET http://[ HTTP/1.1\r\n\r\n",
        b"GET /" + b"a" * 66_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x00\xa5\x01\x00 this is TLS\r\n\r\n",
    ],
    ids=["431", "400", "odd path", "414", "no HTTP"],
)
def test_answer_that_the_server_makes_itself_is_empty_and_names_nobody(web: int, request_: bytes) -> None:
    """The application does not see such a request, so its headers are not on the answer: there is nothing to guard."""
    with socket.create_connection(("127.0.0.1", web), 60) as connection:
        connection.sendall(request_)
        headers, _, body = b"".join(iter(lambda: _received(connection), b"")).partition(b"\r\n\r\n")
    assert headers.startswith(b"HTTP/1.1 4")
    assert body == b""
    assert b"\r\nserver:" not in headers.lower()
