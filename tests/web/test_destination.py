"""A webhook for another bot is refused clearly and changes nothing, although its signature is good."""

import socket
import threading
import time
from dataclasses import replace
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from redis import Redis

from bot.errors import StoreUnavailableError
from bot.line.signature import sign
from bot.settings import Settings
from bot.store.bot_identity import BotIdentityStore
from bot.web.app import create_app
from bot.web.destination import Destination
from bot.web.services import WebServices
from tests.conftest import PATIENT, SECRET
from tests.eventually import quickest
from tests.servers import RedisServer

OURS, OTHER = "U" + "a" * 32, "U" + "b" * 32


def posted(client: FlaskClient, to: Any, *, events: bool = True) -> int:
    event = {"type": "follow", "source": {"userId": "U" + "1" * 32}, "webhookEventId": str(time.monotonic_ns())}
    content = {"events": [event] if events else [], **({"destination": to} if to is not ... else {})}
    body = orjson.dumps(content)
    return client.post("/callback", data=body, headers={"X-Line-Signature": sign(SECRET, body)}).status_code


def client_of(settings: Settings, **changes: object) -> FlaskClient:
    return create_app(WebServices(Settings(**{**settings.model_dump(), **changes}))).test_client()


def test_event_for_another_bot_is_refused_and_nothing_is_stored(settings: Settings, redis: Redis) -> None:
    BotIdentityStore(redis).claim(OURS)
    before = redis.dbsize()
    assert posted(client_of(settings), OTHER) == 403
    assert redis.dbsize() == before
    assert posted(client_of(settings), OURS) == 200
    assert redis.dbsize() > before


def test_verification_request_for_another_bot_is_refused_so_that_the_console_says_so(
    settings: Settings, redis: Redis
) -> None:
    BotIdentityStore(redis).claim(OURS)
    client = client_of(settings)
    assert (posted(client, OTHER, events=False), posted(client, OURS, events=False)) == (403, 200)


def test_refusal_is_logged_without_naming_either_bot(
    settings: Settings, redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    BotIdentityStore(redis).claim(OURS)
    posted(client_of(settings), OTHER)
    record = next(record for record in caplog.records if record.getMessage() == "webhook refused")
    assert (vars(record)["status"], vars(record)["count"]) == (403, 1)
    assert not any(name in str(vars(record)) for name in (OURS, OTHER))


def test_setting_goes_before_what_redis_says(settings: Settings, redis: Redis) -> None:
    BotIdentityStore(redis).claim(OTHER)
    client = client_of(settings, line_bot_user_id=OURS)
    assert (posted(client, OURS), posted(client, OTHER)) == (200, 403)


@pytest.mark.parametrize("to", [..., None, 7, ["x"]])
def test_destination_that_is_missing_or_no_text_costs_no_event(settings: Settings, redis: Redis, to: Any) -> None:
    BotIdentityStore(redis).claim(OURS)
    assert posted(client_of(settings), to) == 200


@pytest.mark.parametrize("to", ["", "x", OURS.upper(), OURS + "\n", "ひ"])
def test_every_other_text_is_another_bot(settings: Settings, redis: Redis, to: str) -> None:
    BotIdentityStore(redis).claim(OURS)
    assert posted(client_of(settings), to) == 403


def test_wrong_signature_learns_nothing_about_the_destination(settings: Settings, redis: Redis) -> None:
    BotIdentityStore(redis).claim(OURS)
    body = orjson.dumps({"destination": OTHER, "events": []})
    answer = client_of(settings).post("/callback", data=body, headers={"X-Line-Signature": sign("guess", body)})
    assert answer.status_code == 400


def test_bot_that_is_not_known_yet_takes_all_until_it_is(settings: Settings, redis: Redis) -> None:
    client = client_of(settings)
    assert posted(client, OTHER) == 200
    BotIdentityStore(redis).claim(OURS)
    deadline = time.monotonic() + 60
    while posted(client, OTHER) == 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert posted(client, OURS) == 200


def test_emptied_redis_does_not_let_another_bot_in(redis: Redis) -> None:
    BotIdentityStore(redis).claim(OURS)
    destination = Destination(BotIdentityStore(redis), None, replace(PATIENT, destination_refresh_seconds=0.01))
    assert destination.is_other(OTHER)
    redis.flushall()
    before = redis.info("stats")["total_commands_processed"]
    while redis.info("stats")["total_commands_processed"] < before + 20:  # it has looked again and again
        assert destination.is_other(OTHER)
        time.sleep(0.01)
    BotIdentityStore(redis).claim(OTHER)
    deadline = time.monotonic() + 60
    while destination.is_other(OTHER):  # a worker has said so
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_comparison_costs_no_round_trip_to_redis(redis: Redis) -> None:
    BotIdentityStore(redis).claim(OURS)
    reads = []

    class Counted(BotIdentityStore):
        def get(self) -> str:
            reads.append(threading.current_thread().name)
            return super().get()

    destination = Destination(Counted(redis), None)
    assert {destination.is_other(OTHER) for _ in range(1000)} == {True}
    assert set(reads) == {"destination"}  # the thread's, never the request's
    assert len(reads) < 10


@pytest.mark.usefixtures("own_limits")
def test_redis_that_was_never_reached_is_503_in_time_and_recovers_by_itself(
    settings: Settings, redis_server: RedisServer
) -> None:
    BotIdentityStore(WebServices(settings).redis).claim(OURS)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"

        def refused() -> float:
            client = client_of(settings, redis_url=url)
            started = time.monotonic()
            assert posted(client, OURS) == 503
            return time.monotonic() - started

        assert quickest(refused, 2.0) < 2.0
    services = WebServices(settings)
    away = Destination(BotIdentityStore(services.redis), None)
    redis_server.kill()
    try:
        with pytest.raises(StoreUnavailableError):
            away.is_other(OTHER)
    finally:
        redis_server.start()
    deadline = time.monotonic() + 60
    while True:
        try:
            assert away.is_other(OTHER)
            break
        except StoreUnavailableError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
