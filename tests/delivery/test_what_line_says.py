"""What LINE says of a call is kept and shown to people: bounded, and without characters that move others about."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import orjson
import pytest

from bot.line.client import LineClient
from bot.line.outcomes import printable, request_id_of, without_personal_data

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
    assert len(outcome.reason) <= 500
    assert outcome.reason.isprintable()
    assert "理由" not in outcome.reason
    assert outcome.request_id == ""


@pytest.mark.parametrize("letter", NASTY.replace("gnp.exe", "").replace("[2J", ""))
def test_no_character_that_steers_is_left(letter: str) -> None:
    assert printable(f"a{letter}b", 9) == "a b"


PERSON = "U" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    "repeated",
    [
        PERSON,
        "taro@city.example.lg.jp",
        "090-1234-5678",
        "山田太郎",
        "abcDEF123+/=token-of-the-channel==",
        "料金はいくら",
    ],
)
def test_reason_repeats_nothing_of_the_request(repeated: str) -> None:
    cleaned = without_personal_data(f"bad request to {repeated}: must not be empty")
    assert repeated not in cleaned
    assert cleaned.startswith("bad request to ")
    assert cleaned.endswith("must not be empty")


def test_wording_of_line_stays_readable() -> None:
    for said in ("Invalid reply token", "The request body has 2 error(s); messages[0].text: May not be empty"):
        assert without_personal_data(said) == said


@pytest.mark.parametrize(
    ("header", "kept"),
    [("6f1c1e3a-3c0b-4c55-9f3e-0a1b2c3d4e5f", True), (f"req {PERSON}", False), ("a" * 65, False), ("x\u202ey", False)],
)
def test_request_id_of_another_form_is_not_kept(header: str, kept: bool) -> None:
    assert request_id_of(header) == (header if kept else "")
