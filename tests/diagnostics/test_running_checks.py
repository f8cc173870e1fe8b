"""The public address: the certificate that is there, and who answers behind it."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.certificates import certificate
from tests.diagnostics.answering import Answer, answering
from tests.diagnostics.conftest import Deployment


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes one that this machine trusts."""

    def make(**options: Any) -> Path:
        file = certificate(tmp_path, **options)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        return file

    return make


@contextmanager
def tls(file: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Ready", (Answer,), {"status": 200, "body": b"ready\n"}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"https://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def test_certificate_that_nobody_vouches_for(deployment: Deployment, tmp_path: Path) -> None:
    with tls(certificate(tmp_path, days=300)) as url:
        result = deployment.only("public-url", public_url=url)
    assert result.state == "failed"
    assert "not trusted (self-signed certificate)" in result.message.en
    assert result.next_step
    assert "public authority" in result.next_step.en


@pytest.mark.parametrize(
    ("days", "state", "said"),
    [(300, "ok", "(300 days)"), (5, "warning", "ends in 5 days"), (-1, "failed", "certificate has expired")],
)
def test_days_that_are_left(
    trusted: Callable[..., Path], deployment: Deployment, days: int, state: str, said: str
) -> None:
    file = trusted(days=days)
    with tls(file) as url:
        found = [result for _, result in deployment.found("public-url", public_url=url)]
    assert said in found[0].message.en
    assert found[0].state == state
    assert [result.state for result in found[1:]] == ([] if state == "failed" else ["ok"])


def test_certificate_of_another_name(trusted: Callable[..., Path], deployment: Deployment) -> None:
    file = trusted(days=300, name="madoguchi.example.jp")
    with tls(file) as url:
        result = deployment.only("public-url", public_url=url)
    assert result.state == "failed"
    assert "Hostname mismatch" in result.message.en


def test_no_tls_at_the_address(deployment: Deployment) -> None:
    with answering(200) as url:
        result = deployment.only("public-url", public_url=url.replace("http://127.0.0.1", "https://localhost"))
    assert result.state == "failed"
    assert "no TLS connection" in result.message.en


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (503, b"redis not answering\n", "web is not ready: redis not answering"),
        (
            503,
            b"redis refuses writes and broker not answering\n",
            "not ready: redis refuses writes and broker not answ",
        ),
        (503, b"Service Unavailable", "not the bot's (503)"),
        (200, b"<html>It works!</html>", "not the bot's (200)"),
        (301, b"", "not the bot's (301)"),
    ],
)
def test_something_else_answers(deployment: Deployment, status: int, body: bytes, said: str) -> None:
    with answering(status, body=body) as url:
        result = deployment.only("public-url", public_url=url)
    assert result.state == "failed"
    assert said in result.message.en
    assert result.next_step


def test_nobody_answers(deployment: Deployment) -> None:
    result = deployment.only("public-url", public_url="http://127.0.0.1:9")
    assert result.state == "failed"
    assert "cannot be reached" in result.message.en
