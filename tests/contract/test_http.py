"""The insides of http.client and of LINE's SDK: bot/line/http_pool.py and bot/line/sdk.py."""

import io
import socket
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse, NotConnected

import pytest
from linebot.v3.messaging import MessagingApi

from bot.errors import RetryableError
from bot.line.sdk import api_client, call_api


def test_response_reads_from_a_buffered_reader_that_can_be_replaced() -> None:
    here, there = socket.socketpair()
    with here, there:
        response = HTTPResponse(here)
        assert isinstance(response.fp, io.BufferedReader)
        response.fp = io.BufferedReader(response.fp.detach())
        there.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        response.begin()
        assert response.read() == b"ok"


def test_connection_without_auto_open_never_connects_by_itself() -> None:
    connection = HTTPConnection("127.0.0.1", 1)
    connection.auto_open = 0
    with pytest.raises(NotConnected):
        connection.request("GET", "/")


def test_request_passes_head_and_body_to_send() -> None:
    sent: list[bytes] = []

    class Recorded(HTTPConnection):
        def send(self, data: object) -> None:
            assert isinstance(data, bytes)
            sent.append(data)

    Recorded("127.0.0.1", 1).request("POST", "/path", b"body", {"A": "b"})
    whole = b"".join(sent)
    assert whole.startswith(b"POST /path HTTP/1.1\r\n")
    assert b"\r\nA: b\r\n" in whole
    assert whole.endswith(b"\r\n\r\nbody")


@pytest.fixture
def closing() -> Iterator[tuple[str, list[bytes]]]:
    """A server that reads a request and closes the connection."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(65536))

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
        listener.shutdown(socket.SHUT_RDWR)


def test_sdk_makes_one_request_and_does_not_retry(closing: tuple[str, list[bytes]]) -> None:
    url, asked = closing
    with pytest.raises(RetryableError):
        call_api(MessagingApi(api_client(url, "token")).get_bot_info, timeout=(2.0, 6.0))
    assert len([one for one in asked if one]) == 1


def test_sdk_takes_a_timeout_for_each_call() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        api = MessagingApi(api_client(f"http://127.0.0.1:{silent.getsockname()[1]}", "token"))
        with pytest.raises(RetryableError):
            call_api(api.get_bot_info, timeout=(2.0, 0.1))
