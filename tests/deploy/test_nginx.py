"""The real nginx with the file that is handed to operators, in front of the real web application."""

import os
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import urllib3
from werkzeug.serving import make_server

from bot.line.signature import sign
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.services import WebServices
from tests.certificates import certificate
from tests.conftest import SECRET
from tests.diagnostics.conftest import Quiet
from tests.servers import free_port, wait_for_port

CONF = Path(__file__).parents[2] / "deploy" / "nginx" / "madoguchi.conf"
NGINX = "/usr/sbin/nginx"
AROUND = """
pid {folder}/nginx.pid;
{user}
events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/madoguchi.conf;
}}
"""


@dataclass
class Proxy:
    """Where it listens, and what it has written down."""

    plain: int
    tls: int
    folder: Path
    bot: int

    def call(
        self, method: str, path: str, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> urllib3.BaseHTTPResponse:
        pool = urllib3.PoolManager(ca_certs=str(self.folder / "certificate.pem"), retries=False, timeout=10)
        return pool.request(method, f"https://localhost:{self.tls}{path}", body=body, headers=headers)

    @property
    def log(self) -> str:
        time.sleep(0.1)
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


@pytest.fixture
def seen() -> list[dict[str, Any]]:
    """The environment of each request that reached the bot."""
    return []


@pytest.fixture
def bot(settings: Settings, seen: list[dict[str, Any]]) -> Iterator[int]:
    app, port = create_app(WebServices(settings)), free_port()

    def noting(environ: dict[str, Any], start: Any) -> Any:
        seen.append(environ)
        return app(environ, start)

    server = make_server("127.0.0.1", port, noting, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield port
    server.shutdown()
    server.server_close()


def written(folder: Path, *, bot: int, plain: int, tls: int) -> Path:
    """The file as it is, but for ports, certificate and places that are this test's own."""
    file = certificate(folder, days=30)
    text = CONF.read_text()
    for old, new in {
        "listen [::]:80;": "",
        "listen [::]:443 ssl http2;": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{tls} ssl http2;",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{bot};",
        "/etc/letsencrypt/live/madoguchi.example.jp/fullchain.pem": str(file),
        "/etc/letsencrypt/live/madoguchi.example.jp/privkey.pem": str(file),
        "/var/log/nginx/": f"{folder}/",
        "_timeout   5s;": "_timeout   1s;",
        "_timeout 5s;": "_timeout 1s;",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "madoguchi.conf").write_text(text)
    whole = folder / "nginx.conf"
    whole.write_text(AROUND.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    return whole


@pytest.fixture
def proxy(bot: int, tmp_path: Path) -> Iterator[Proxy]:
    plain, tls = free_port(), free_port()
    whole = written(tmp_path, bot=bot, plain=plain, tls=tls)
    command = [NGINX, "-c", str(whole), "-p", str(tmp_path), "-e", str(tmp_path / "start.log")]
    checked = subprocess.run([*command, "-t"], check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    wait_for_port(tls)
    yield Proxy(plain, tls, tmp_path, bot)
    process.terminate()
    process.wait()


def test_webhook_arrives_byte_for_byte(proxy: Proxy) -> None:
    body = '{"destination":"U", "events" : [] , "x":"é\\u3042"}'.encode()
    headers = {"x-line-signature": sign(SECRET, body), "content-type": "application/json; charset=utf-8"}
    assert proxy.call("POST", "/callback", body=body, headers=headers).status == 200
    assert proxy.call("POST", "/callback", body=body + b" ", headers=headers).status == 400


def test_bot_hears_who_the_client_is_and_not_what_it_claims(proxy: Proxy, seen: list[dict[str, Any]]) -> None:
    proxy.call("GET", "/healthz", headers={"X-Forwarded-For": "198.51.100.7"})
    assert seen[-1]["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert seen[-1]["HTTP_X_FORWARDED_PROTO"] == "https"


@pytest.mark.parametrize("name", ["X_Forwarded_For", "X_Forwarded-For", "X-Forwarded_For", "x_forwarded_for"])
def test_header_that_would_be_taken_for_another_one_does_not_reach_the_bot(
    proxy: Proxy, seen: list[dict[str, Any]], name: str
) -> None:
    proxy.call("GET", "/healthz", headers={name: "198.51.100.7", "X-Padding": "x"})
    assert seen[-1]["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert seen[-1]["HTTP_X_PADDING"] == "x"


def test_only_the_pages_of_the_bot_are_there_and_no_metrics(proxy: Proxy, seen: list[dict[str, Any]]) -> None:
    assert proxy.call("GET", "/healthz").data == b"ok\n"
    assert proxy.call("GET", "/readyz").data == b"ready\n"
    before = len(seen)
    for path in ("/metrics", "/metrics/", "/", "/.env", "/static/x"):
        assert proxy.call("GET", path).status == 404
    assert len(seen) == before


def test_link_of_a_sheet_stands_in_no_log(proxy: Proxy, seen: list[dict[str, Any]]) -> None:
    assert proxy.call("GET", "/sheet/geheim-token?x=geheim").status in (404, 410)
    assert seen[-1]["PATH_INFO"] == "/sheet/geheim-token"
    proxy.call("GET", "/healthz", headers={"Referer": "https://localhost/sheet/geheim-token"})
    assert "GET /sheet/- 404" in proxy.log
    assert "geheim" not in proxy.log


def test_bot_away_is_502_and_the_link_stands_in_no_log_then_either(proxy: Proxy) -> None:
    folder, plain, tls = proxy.folder / "away", free_port(), free_port()
    folder.mkdir()
    whole = written(folder, bot=9, plain=plain, tls=tls)
    process = subprocess.Popen(
        [NGINX, "-c", str(whole), "-p", str(folder), "-e", str(folder / "start.log"), "-g", "daemon off;"]
    )
    try:
        wait_for_port(tls)
        away = Proxy(plain, tls, folder, 9)
        assert away.call("GET", "/sheet/geheim-token").status == 502
        assert "geheim" not in away.log
    finally:
        process.terminate()
        process.wait()


def test_body_that_is_too_large_does_not_reach_the_bot(proxy: Proxy, seen: list[dict[str, Any]]) -> None:
    assert proxy.call("POST", "/callback", body=b"x" * 1_100_000).status == 413
    assert seen == []


def test_slow_client_is_dropped_and_costs_the_bot_nothing(proxy: Proxy, seen: list[dict[str, Any]]) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", proxy.tls)) as plain, context.wrap_socket(plain) as slow:
        slow.sendall(b"POST /callback HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{")
        slow.settimeout(5)
        began = time.monotonic()
        try:
            end = slow.recv(100)
        except ConnectionResetError:
            end = b""
        assert b"200" not in end
        assert time.monotonic() - began < 3
    assert seen == []


def test_plain_http_leads_to_https(proxy: Proxy) -> None:
    answer = urllib3.PoolManager(retries=False).request(
        "GET", f"http://localhost:{proxy.plain}/sheet/x", redirect=False
    )
    assert (answer.status, answer.headers["location"]) == (301, "https://madoguchi.example.jp/sheet/x")
