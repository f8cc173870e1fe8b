"""Connections stay open between calls, whatever the calls were, and end with the emulator."""

import socket
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import SECRET, TOKEN

LIMIT = 32_000_000


@pytest.fixture(scope="module")
def platform() -> Iterator[Emulator]:
    with Emulator("http://127.0.0.1:9/callback", SECRET, token=TOKEN) as emulator:
        yield emulator


@pytest.fixture
def connection(platform: Emulator) -> Iterator[HTTPConnection]:
    with closing(HTTPConnection(platform.url.removeprefix("http://"), timeout=60)) as opened:
        opened.connect()
        yield opened


def ask(connection: HTTPConnection, method: str, path: str, body: bytes | None = None, **headers: str) -> HTTPResponse:
    headers |= {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    return answer


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/v2/bot/info", None, 200),
        ("HEAD", "/v2/bot/info", None, 200),
        ("GET", "/v2/bot/nothing", None, 501),
        ("POST", "/v2/bot/message/push", b"x" * 2_000_001, 413),
        ("POST", "/v2/bot/message/push", b"{", 400),
        ("GET", "/static/js/app.js", None, 200),
        ("GET", "/", None, 200),
    ],
)
def test_connection_is_kept_after(
    connection: HTTPConnection, method: str, path: str, body: bytes | None, status: int
) -> None:
    first = connection.sock
    assert ask(connection, method, path, body).status == status
    assert ask(connection, "GET", "/v2/bot/info").status == 200
    assert connection.sock is first


def test_connection_is_kept_after_a_body_in_chunks(connection: HTTPConnection) -> None:
    first = connection.sock
    connection.request("POST", "/v2/bot/message/push", iter([b"{", b"}"]), {"Authorization": f"Bearer {TOKEN}"})
    answer = connection.getresponse()
    assert (answer.status, answer.read() != b"") == (415, True)
    assert ask(connection, "GET", "/v2/bot/info").status == 200
    assert connection.sock is first


def test_caller_that_wants_no_more_gets_no_more(connection: HTTPConnection) -> None:
    answer = ask(connection, "GET", "/v2/bot/info", Connection="close")
    assert (answer.status, answer.headers["Connection"]) == (200, "close")


def test_body_beyond_all_limits_ends_the_connection(connection: HTTPConnection) -> None:
    answer = ask(connection, "POST", "/v2/bot/message/push", b"", **{"Content-Length": str(LIMIT + 1)})
    assert (answer.status, answer.headers["Connection"]) == (413, "close")


def test_stopped_emulator_answers_on_no_connection_that_is_left() -> None:
    with Emulator("http://127.0.0.1:9/callback", SECRET, token=TOKEN) as emulator:
        host, port = emulator.url.removeprefix("http://").split(":")
        kept = socket.create_connection((host, int(port)), timeout=60)
        kept.sendall(b"GET /v2/bot/info HTTP/1.1\r\nHost: x\r\n\r\n")
        assert kept.recv(12) == b"HTTP/1.1 401"
        while b"Authentication failed" not in kept.recv(4096):
            pass
    with closing(kept):
        rest = b"".join(iter(lambda: kept.recv(4096), b""))  # ends, because the other side has hung up
        assert b"HTTP/1.1" not in rest
