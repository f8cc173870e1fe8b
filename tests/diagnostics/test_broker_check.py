"""A broker is asked to let us in, not only whether its port is open."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from redis import Redis

from tests.conftest import PATIENT
from tests.diagnostics.conftest import Deployment
from tests.eventually import quickest


@contextmanager
def saying(words: bytes) -> Iterator[int]:
    """A port where somebody listens, says that, and nothing more."""
    server = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                one, _ = server.accept()
            except OSError:
                return
            held.append(one)
            one.sendall(words)

    threading.Thread(target=serve, daemon=True).start()
    yield server.getsockname()[1]
    server.close()
    for one in held:
        one.close()


def test_redis_itself_is_the_broker(deployment: Deployment) -> None:
    assert deployment.only("broker").message.en == "Redis is the broker, too"


def test_redis_that_is_away_is_no_broker(deployment: Deployment) -> None:
    result = deployment.only("broker", redis_url="redis://127.0.0.1:9")
    assert (result.state, result.message.en) == ("failed", "the broker (Redis) does not answer (ConnectionError)")
    assert result.next_step


def test_nobody_listens(deployment: Deployment) -> None:
    for url in ("amqp://guest:geheim@127.0.0.1:9/", "redis://:geheim@127.0.0.1:9"):
        result = deployment.only("broker", broker_url=url)
        assert result.state == "failed"
        assert "does not answer" in result.message.en
        assert result.next_step
        assert "BROKER_URL" in result.next_step.en
        assert "geheim" not in str(result)


@pytest.mark.parametrize("words", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"], ids=["silent", "http"])
def test_open_port_that_is_no_broker(deployment: Deployment, words: bytes) -> None:
    impatient = replace(PATIENT, broker_check_seconds=0.5)

    def looked() -> float:
        began = time.monotonic()
        result = deployment.only("broker", broker_url=f"amqp://guest:geheim@127.0.0.1:{port}/", limits=impatient)
        assert result.state == "failed"
        assert "geheim" not in str(result)
        return time.monotonic() - began

    with saying(words) as port:
        assert quickest(looked, 4) < 4


def test_another_redis_that_lets_us_in(deployment: Deployment) -> None:
    again = str(deployment.settings.redis_url).replace("/0", "/1")
    assert deployment.only("broker", broker_url=again).message.en == "the broker's Redis answers"
    wrong = again.replace("127.0.0.1", ":falsch@127.0.0.1")
    client = Redis.from_url(again)
    client.config_set("requirepass", "richtig")
    try:
        result = deployment.only("broker", broker_url=wrong)
    finally:
        Redis.from_url(again.replace("127.0.0.1", ":richtig@127.0.0.1")).config_set("requirepass", "")
    assert result.message.en == "the broker's Redis does not let us in"
