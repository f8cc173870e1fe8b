"""Two copies of one event at two web processes in the same millisecond: one of them is stored."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import orjson
import pytest
from redis import Redis

from bot.line.signature import sign
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms, UserKeys
from tests.conftest import SECRET, SECRET_KEY
from tests.scenario.processes import Process
from tests.servers import RedisServer, free_port, wait_for_port

USER = "U" + "5" * 32
EVENTS = 90  # below what one user may have waiting


@pytest.fixture
def two_webs(redis_server: RedisServer, redis: Redis, tmp_path: Path) -> Iterator[list[int]]:
    """The ports of two web processes on one Redis, which is empty; nobody works."""
    del redis
    ports = [free_port(), free_port()]
    webs = [Process("web", _environment(redis_server.url, port, tmp_path), tmp_path / f"{port}.log") for port in ports]
    for port in ports:
        wait_for_port(port)
    yield ports
    for web in webs:
        web.stop()


def _environment(redis_url: str, port: int, folder: Path) -> dict[str, str]:
    return {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "REDIS_URL": redis_url,
        "PORT": str(port),
        "WEB_PROCESSES": "1",
        "VAR_DIR": str(folder / str(port)),
    }


def request(number: int) -> bytes:
    event = {"type": "message", "source": {"type": "user", "userId": USER}, "webhookEventId": f"E{number}"}
    body = json.dumps({"destination": "U", "events": [event]}).encode()
    head = (
        f"POST /callback HTTP/1.1\r\nHost: bot\r\nContent-Length: {len(body)}\r\nX-Line-Signature: {sign(SECRET, body)}"
    )
    return head.encode() + b"\r\n\r\n" + body


def test_two_copies_at_two_processes_are_stored_once_and_in_order(two_webs: list[int], redis: Redis) -> None:
    with ExitStack() as open_:
        webs = [open_.enter_context(socket.create_connection(("127.0.0.1", port), 60)) for port in two_webs]
        for number in range(EVENTS):
            for web in webs:
                web.sendall(request(number))  # both are under way before either has answered
            assert [web.recv(1000)[9:12] for web in webs] == [b"200", b"200"]
    user = Pseudonyms(SECRET_KEY).of(USER)
    raw = redis.lrange(UserKeys(user).inbox, 0, -1)
    seal = Encryptor(SECRET_KEY)
    stored = [
        orjson.loads(seal.decrypt(item, "event", user))["webhookEventId"] for item in raw if isinstance(item, bytes)
    ]
    assert stored == [f"E{number}" for number in range(EVENTS)]
