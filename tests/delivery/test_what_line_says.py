"""What LINE says of a call is kept and shown to people: bounded, and without characters that move others about."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import orjson
import pytest

from bot.line.client import LineClient
from bot.line.outcomes import printable

NASTY = "\u202egnp.exe\x00\x1b[2J\u2066\u200f\r\n"


class Hostile(BaseHTTPRequestHandler):
    """Answers every call with far too much."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = orjson.dumps({"message": NASTY + "理由" * 1000, "details": [{"property": NASTY, "message": NASTY}]})
        self.send_response(403)
        self.send_header("x-line-request-id", "\x7f\x1b[31m" + "a" * 56_000)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def hostile() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hostile)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_reason_and_request_id_are_bounded_and_printable(hostile: str) -> None:
    outcome = LineClient(hostile, "token").reply("R", [])
    assert (outcome.kind, outcome.status) == ("denied", 403)
    assert (len(outcome.reason), len(outcome.request_id)) == (500, 64)
    assert outcome.reason.isprintable()
    assert outcome.request_id.isprintable()
    assert "理由" in outcome.reason
    assert outcome.request_id.endswith("aaaa")


@pytest.mark.parametrize("letter", NASTY.replace("gnp.exe", "").replace("[2J", ""))
def test_no_character_that_steers_is_left(letter: str) -> None:
    assert printable(f"a{letter}b", 9) == "a b"
