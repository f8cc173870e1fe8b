"""A LINE that sends byte by byte, or without end, keeps nobody for longer than it was given."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import BinaryIO

import pytest

from bot.line.client import LineClient
from bot.line.http_pool import ANSWER_LIMIT
from bot.runtime.limits import Limits
from tests.eventually import quickest

PATIENCE = 0.5
HEAD = b"HTTP/1.1 200 OK\r\nx-line-request-id: R1\r\nContent-Type: application/json\r\n"
WHOLE = HEAD + b"Content-Length: 2\r\n\r\n{}"
Answer = Callable[[socket.socket], None]


def drips_its_headers(client: socket.socket) -> None:
    _drip(client, HEAD)


def drips_its_body(client: socket.socket) -> None:
    client.sendall(HEAD + b"Content-Length: 100\r\n\r\n")
    _drip(client, b"x" * 100)


def drips_chunks(client: socket.socket) -> None:
    client.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    _drip(client, b"1\r\nx\r\n" * 20)


def says_too_much(client: socket.socket) -> None:
    client.sendall(HEAD + b"Connection: close\r\n\r\n")
    for _ in range(ANSWER_LIMIT * 20 // 65536):
        client.sendall(b"x" * 65536)
    client.shutdown(socket.SHUT_WR)


def breaks_off(client: socket.socket) -> None:
    client.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
    client.shutdown(socket.SHUT_RDWR)


def answers_promptly(client: socket.socket) -> None:
    client.sendall(WHOLE)


def just_in_time(patience: float) -> Answer:
    def answers(client: socket.socket) -> None:
        time.sleep(patience * 0.6)
        client.sendall(WHOLE)

    return answers


def _drip(client: socket.socket, data: bytes) -> None:
    for place in range(len(data)):
        client.sendall(data[place : place + 1])
        time.sleep(PATIENCE / 5)  # well within what one read may take


def _read(requests: BinaryIO) -> bool:
    """One request, whole; whether there was one."""
    length = 0
    while line := requests.readline().strip().lower():
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return bool(requests.read(length))


class Dripper:
    """A server that answers every request on every connection alike."""

    def __init__(self) -> None:
        self.answer: Answer = answers_promptly
        self.connections = 0
        self.hung_up = threading.Semaphore(0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with client:
            try:
                with client.makefile("rb") as requests:
                    while _read(requests):
                        self.answer(client)
            except OSError:
                return  # the bot has hung up

    def closes_after_its_answer(self, client: socket.socket) -> None:
        client.sendall(WHOLE)
        client.shutdown(socket.SHUT_RDWR)
        self.hung_up.release()

    def stop(self) -> None:
        with suppress(OSError):  # it was stopped before
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@pytest.fixture
def line() -> Iterator[Dripper]:
    line = Dripper()
    yield line
    line.stop()


@pytest.mark.parametrize("answer", [drips_its_headers, drips_its_body, drips_chunks])
def test_dripping_answer_is_given_up_in_time_and_its_outcome_is_unknown(line: Dripper, answer: Answer) -> None:
    line.answer = answer

    def given_up() -> float:
        started = time.monotonic()
        assert LineClient(line.url, "t").push("U1", [], "k", patience=PATIENCE).kind == "unknown"
        return time.monotonic() - started

    assert quickest(given_up, PATIENCE * 2) < PATIENCE * 2


def test_answer_of_twenty_megabytes_is_not_read_to_its_end(line: Dripper) -> None:
    line.answer = says_too_much
    assert LineClient(line.url, "t").push("U1", [], "k").kind == "unknown"


def test_answer_in_time_leaves_the_connection_good_for_the_next_call(line: Dripper) -> None:
    found = []
    for patience in (PATIENCE, PATIENCE * 4, PATIENCE * 20):  # a machine that stalls gets more
        client, line.connections = LineClient(line.url, "t"), 0
        outcomes = []
        for answer in (just_in_time(patience), answers_promptly, just_in_time(patience)):
            line.answer = answer
            outcome = client.push("U1", [], "k", patience=patience)
            outcomes.append((outcome.kind, outcome.request_id))
        found.append((line.connections, outcomes))
        if found[-1] == (1, [("done", "R1")] * 3):
            return
    raise AssertionError(found)


def test_connection_that_was_closed_while_nobody_called_costs_no_call(line: Dripper) -> None:
    line.answer = line.closes_after_its_answer
    client = LineClient(line.url, "t", limits=Limits(line_fresh_seconds=0.0))
    for _ in range(3):
        assert client.push("U1", [], "k").kind == "done"
        assert line.hung_up.acquire(timeout=60)
    assert line.connections == 3


def test_answer_that_breaks_off_is_an_unknown_outcome_and_ends_its_connection(line: Dripper) -> None:
    client = LineClient(line.url, "t")
    line.answer = breaks_off
    assert (client.push("U1", [], "k").kind, client.push("U1", [], "k").reason) == ("unknown", "IncompleteRead")
    line.answer = answers_promptly
    assert client.push("U1", [], "k").kind == "done"
    assert line.connections == 3


def test_nobody_at_the_address_means_that_nothing_was_sent(line: Dripper) -> None:
    line.stop()
    outcome = LineClient(line.url, "t").push("U1", [], "k")
    assert (outcome.kind, outcome.reason) == ("not_sent", "ConnectionRefusedError")
