"""Bodies that are still arriving: one budget a process, which small webhooks never feel."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from redis import Redis

from bot.line.signature import sign
from bot.metrics import catalogue
from bot.settings import Settings
from bot.web.app import create_app
from bot.web.body_budget import SMALL, TOTAL, BodyBudget, NoRoom
from bot.web.services import WebServices
from tests.conftest import SECRET
from tests.scenario.processes import Process
from tests.servers import RedisServer, free_port, wait_for_port
from tests.web.test_slow_requests import _environment, head, webhook
from tests.web.test_webhook import post
from tests.web.test_webhook_counts import counted

LARGE = b'{"events":[],"x":"' + b"x" * SMALL + b'"}'
CONNECTIONS, SENT = 260, 990_000
MAY_TAKE_MB = 200  # without a budget it was 400; some 70 are measured


@pytest.fixture
def services(settings: Settings) -> WebServices:
    return WebServices(settings)


@pytest.fixture
def client(services: WebServices) -> FlaskClient:
    return create_app(services).test_client()


def test_room_is_given_until_there_is_none_and_comes_back_whatever_happens() -> None:
    budget = BodyBudget(3 * SMALL)
    with ExitStack() as taken:
        for _ in range(3):
            taken.enter_context(budget.room(SMALL))
        with pytest.raises(NoRoom), budget.room(1):
            pass
    with suppress(ZeroDivisionError), budget.room(3 * SMALL):
        raise ZeroDivisionError
    with budget.room(3 * SMALL):
        pass


def test_large_body_without_the_form_of_a_signature_is_refused_unread(client: FlaskClient) -> None:
    class Unread(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError(size)

    for signature in ("", "x", "A" * 44, "A" * 42 + "=="):
        answer = client.post(
            "/callback",
            input_stream=Unread(b"x" * (SMALL + 1)),
            headers={"X-Line-Signature": signature},
        )
        assert answer.status_code == 400


def test_large_body_is_refused_for_now_where_no_room_is_left_and_small_ones_are_taken(
    client: FlaskClient, services: WebServices, redis: Redis
) -> None:
    with services.body_budget.room(TOTAL):
        assert post(client, LARGE) == 503
        assert post(client, b'{"events":[]}') == 200
    assert post(client, LARGE) == 200
    assert counted(services, redis).by(catalogue.WEBHOOK_REQUESTS, "outcome")[("overloaded",)] == 1


@pytest.fixture
def web(redis_server: RedisServer, redis: Redis, tmp_path: Path) -> Iterator[tuple[Process, int]]:
    """A web process with one child, and its port."""
    del redis  # emptied
    port = free_port()
    process = Process("web", _environment(redis_server.url, port, tmp_path), tmp_path / "web.log")
    wait_for_port(port)
    yield process, port
    process.stop()


def resident_mb(pid: int) -> int:
    """Of the processes that serve."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    status = "".join(Path(f"/proc/{child}/status").read_text() for child in children)
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) // 1024


def test_bodies_that_withhold_their_last_byte_do_not_take_the_memory(web: tuple[Process, int]) -> None:
    process, port = web
    webhook(port)
    before, most = resident_mb(process.pid), 0
    begun = head(f"X-Line-Signature: {sign(SECRET, b'x')}", "Content-Length: 1000000") + b"x" * SENT
    slow: list[socket.socket] = []

    def send() -> None:
        with suppress(OSError):
            connection = socket.create_connection(("127.0.0.1", port), 10)
            slow.append(connection)
            connection.sendall(begun)

    senders = [threading.Thread(target=send, daemon=True) for _ in range(CONNECTIONS)]
    for sender in senders:
        sender.start()
    for _ in range(15):
        time.sleep(0.2)
        webhook(port)
        most = max(most, resident_mb(process.pid))
    for sender in senders:
        sender.join(15)
    for connection in slow:
        connection.close()
    assert most - before < MAY_TAKE_MB
