"""LINE is spoken to in private, with nobody but LINE: the certificate counts, and its name."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.line.client import LineClient
from tests.certificates import certificate


class Line(BaseHTTPRequestHandler):
    """Answers every call, and counts the connections it comes over."""

    protocol_version = "HTTP/1.1"
    bodies: list[bytes] = []  # noqa: RUF012 - each test has a class of its own
    connections: list[object] = []  # noqa: RUF012 - one list for the whole server

    def setup(self) -> None:
        super().setup()
        self.connections.append(self.client_address)

    def do_POST(self) -> None:
        self.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("x-line-request-id", "R1")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *args: object) -> None:
        """The tests look at what came, not at the terminal."""


@contextmanager
def line(file: Path) -> Iterator[tuple[str, type[Line]]]:
    kind = type("OneLine", (Line,), {"bodies": [], "connections": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"https://localhost:{server.server_address[1]}", kind
    finally:
        server.shutdown()
        server.server_close()


def test_calls_go_over_one_connection_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path, days=300)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with line(file) as (url, asked):
        client = LineClient(url, "t")
        outcomes = [client.reply(f"{number}", [{"type": "text", "text": "窓口" * 2000}]) for number in range(3)]
    assert [(outcome.kind, outcome.request_id) for outcome in outcomes] == [("done", "R1")] * 3
    assert [len(body) for body in asked.bodies] == [len(asked.bodies[0])] * 3
    assert b"\xe7\xaa\x93" in asked.bodies[0]
    assert len(asked.connections) == 1


def test_nothing_is_said_to_someone_nobody_vouches_for(tmp_path: Path) -> None:
    with line(certificate(tmp_path, days=300)) as (url, asked):
        outcome = LineClient(url, "t").reply("r", [])
    assert (outcome.kind, outcome.reason, asked.bodies) == ("not_sent", "SSLCertVerificationError", [])


def test_nothing_is_said_to_someone_of_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = certificate(tmp_path, days=300, name="line.example.jp")
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with line(file) as (url, asked):
        outcome = LineClient(url, "t").reply("r", [])
    assert (outcome.kind, outcome.reason, asked.bodies) == ("not_sent", "SSLCertVerificationError", [])


def test_line_that_does_not_speak_tls_is_not_reached() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Line)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        outcome = LineClient(f"https://localhost:{server.server_address[1]}", "t").reply("r", [])
    finally:
        server.shutdown()
        server.server_close()
    assert outcome.kind == "not_sent"
