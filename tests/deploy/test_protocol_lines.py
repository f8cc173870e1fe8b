"""No client can write a line of the protocol: neither into an answer of the proxy nor into what the bot is sent."""

import re
import socket
import ssl
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bot.web.headers import EVERYWHERE
from tests.deploy import test_nginx
from tests.deploy.test_nginx import CONF, Proxy

DEPLOY = Path(__file__).parents[2] / "deploy"
bot, proxy, seen = test_nginx.bot, test_nginx.proxy, test_nginx.seen

# What the proxy knows for itself, or passes on exactly as it was sent: never decoded, so never with a line break.
SAFE = {"$server_name", "$request_uri", "$remote_addr", "$scheme"}
CADDY_SAFE = {"{remote_host}"}
# These are no protocol: they choose and they log (escaped by nginx).
NOT_SENT = ("log_format", "access_log", "limit_conn_zone")

FOREIGN = "evil.example.com"
BREAKS = [
    "%0d%0aX-Evil:%201",
    "%0aX-Evil:%201",
    "%0dX-Evil:%201",
    "%00X-Evil:%201",
    "%0d%0a%0d%0a<script>",
    "%E5%98%8D%E5%98%8AX-Evil:1",
]
ADDED = ["{}", "x{}", "x?{}", "../x{}", "?a={}", "#{}"]
LINES = [f"Host: {FOREIGN}", "X-Forwarded-Host: " + FOREIGN, "X-Forwarded-For: 6.6.6.6"]


TRUSTING = ssl.create_default_context()
TRUSTING.check_hostname, TRUSTING.verify_mode = False, ssl.CERT_NONE


def directives(text: str) -> list[list[str]]:
    """The words of each directive of an nginx file; a map chooses among its lines and sends none of them."""
    bare = re.sub(r"\nmap [^}]*\}", "", re.sub(r"#[^\n]*", "", text))
    return [words for part in re.split(r"[;{}]\s", bare) if (words := part.split())]


def locations() -> list[str]:
    """Where each `location` of the file begins."""
    return [words[-1] for words in directives(CONF.read_text()) if words[0] == "location"]


def test_every_file_of_a_proxy_is_looked_at() -> None:
    found = {
        path.relative_to(DEPLOY).as_posix() for path in DEPLOY.rglob("*") if path.parent.name in ("nginx", "caddy")
    }
    assert found == {"nginx/madoguchi.conf", "caddy/Caddyfile"}
    rest = [path for path in DEPLOY.rglob("*") if path.is_file() and path.parent.name not in ("nginx", "caddy")]
    assert [path for path in rest if re.search(r"proxy_pass|reverse_proxy|return 30\d", path.read_text())] == []


def test_what_nginx_sends_holds_no_value_that_is_decoded_or_the_clients() -> None:
    sent = [words for words in directives(CONF.read_text()) if words[0] not in NOT_SENT]
    variables = {name for words in sent for name in re.findall(r"\$\{?\w+", " ".join(words[1:]))}
    assert "$server_name" in variables
    assert variables <= SAFE


def test_nothing_in_nginx_is_rewritten_or_captured() -> None:
    words = {words[0] for words in directives(CONF.read_text())}
    assert not words & {"rewrite", "set", "if", "proxy_redirect", "add_header", "sub_filter"}
    assert "~" not in "".join(
        " ".join(one) for one in directives(CONF.read_text()) if one[0] in ("location", "server_name")
    )


def test_what_caddy_sends_holds_no_value_of_the_client_but_its_address() -> None:
    text = re.sub(r"#[^\n]*", "", (DEPLOY / "caddy" / "Caddyfile").read_text())
    assert set(re.findall(r"\{[\w.$]+\}", text)) <= CADDY_SAFE
    assert "header_up -*_*\n" in text, "names that the bot cannot tell from others"
    assert not re.search(r"^\s*(redir|rewrite|uri|header|respond .*\{)\b", text, re.MULTILINE)


def raw(port: int, request: str, *, tls: bool) -> bytes:
    """The whole answer, as it is on the line."""
    with socket.create_connection(("127.0.0.1", port), 20) as plain:
        if not tls:
            return _all(plain, request)
        with TRUSTING.wrap_socket(plain) as connection:
            return _all(connection, request)


def _all(connection: socket.socket, request: str) -> bytes:
    connection.sendall(request.encode("latin-1"))
    return b"".join(iter(lambda: connection.recv(65536), b""))


def names_of(answer: bytes) -> Counter[str]:
    """The status line and the names of the header lines."""
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    status, *lines = re.split(r"\r\n|\r|\n", head)
    assert re.fullmatch(r"HTTP/1\.1 \d{3} [\w -]+", status)
    return Counter(line.partition(":")[0].lower() for line in lines)


def asked(path: str, host: str, *lines: str, method: str = "GET") -> str:
    return "\r\n".join([f"{method} {path} HTTP/1.1", f"Host: {host}", *lines, "Connection: close", "", ""])


KNOWN = {
    "server",
    "date",
    "content-type",
    "content-length",
    "connection",
    "location",
    "etag",
    "last-modified",
    "accept-ranges",
    "allow",
}
KNOWN_OF_THE_BOT = {"retry-after", "set-cookie", "strict-transport-security", "vary"}


@pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])
def test_no_address_adds_a_line_to_an_answer_or_to_what_the_bot_is_sent(
    proxy: Proxy, seen: list[dict[str, Any]], *, tls: bool
) -> None:
    known = KNOWN | KNOWN_OF_THE_BOT | {name.lower() for name, _ in EVERYWHERE}
    port = proxy.tls if tls else proxy.plain
    paths = [place + added.format(text) for place in {*locations(), "/"} for added in ADDED for text in BREAKS]
    assert len(paths) > 200
    for path in paths:
        answer = raw(port, asked(path, FOREIGN, "X-Forwarded-Host: " + FOREIGN, "X-Forwarded-For: 6.6.6.6"), tls=tls)
        names = names_of(answer)
        assert max(names.values()) == 1, (path, names)
        assert set(names) <= known, (path, names)
        assert FOREIGN.encode() not in answer, path
    for environ in seen:
        assert not [name for name in environ if "EVIL" in name]
        assert environ["HTTP_HOST"] == "madoguchi.example.jp"
        assert environ["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"


@pytest.mark.parametrize(
    "host", [FOREIGN, "evil.example.com:80", "localhost\x00evil", "a b", "", "[::1]", "%0d%0aX-Evil:1"]
)
def test_redirect_leads_to_our_own_name_whatever_host_is_asked_for(proxy: Proxy, host: str) -> None:
    for path in ("/sheet/x?y=1", "/.well-known/acme-challenge", f"http://{FOREIGN}/sheet/x?y=1"):
        answer = raw(proxy.plain, asked(path, host), tls=False)
        status = answer.split(b" ", 2)[1]
        assert status in (b"301", b"400"), answer
        if status == b"301":
            assert b"\r\nLocation: https://madoguchi.example.jp/" in answer


def test_redirects_that_nginx_makes_itself_name_no_host(proxy: Proxy) -> None:
    answer = raw(proxy.tls, asked("/sheet", FOREIGN), tls=True)
    assert FOREIGN.encode() not in answer
    assert b"\r\nLocation: /sheet/\r\n" in answer or b" 404 " in answer.partition(b"\r\n")[0]
