"""The bot's own pictures: an https host that stands for a port of this machine, and no other."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import SECRET, TOKEN, LineClient

HOST = "bot.example"
FOUND = {
    "/a.png?v=1": (200, "image/png", b"picture"),
    "/page": (200, "text/html", b"<script>"),
    "/gone": (404, "image/png", b""),
}


class _Bot(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, mime, data = FOUND[self.path]
        self.send_response(status)
        self.send_header("content-type", mime)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        pass


@pytest.fixture(scope="module")
def client() -> Iterator[LineClient]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Bot)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    hosts = {HOST: server.server_port, "silent.example": 9}
    with Emulator("", SECRET, token=TOKEN, picture_hosts=hosts) as emulator:
        opened = LineClient(emulator.url)
        yield opened
        opened.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"https://{HOST}/a.png?v=1", 200),
        (f"https://{HOST}/page", 404),
        (f"https://{HOST}/gone", 404),
        ("https://silent.example/a.png", 404),
        (f"http://{HOST}/a.png?v=1", 400),
        ("https://other.example/a.png", 400),
        (f"https://{HOST}:444/a.png", 400),
        (f"https://user@{HOST}/a.png", 400),
        ("", 400),
    ],
)
def test_only_pictures_of_the_named_hosts_are_shown(client: LineClient, url: str, status: int) -> None:
    answer = client.get(f"/_/picture?url={quote(url, safe='')}")
    assert answer.status == status
    if status == 200:
        assert (answer.data, answer.headers["Content-Type"]) == (b"picture", "image/png")


def test_page_is_told_the_hosts(client: LineClient) -> None:
    assert client.get("/").headers["X-Picture-Hosts"] == f"{HOST} silent.example"
