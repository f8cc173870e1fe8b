"""A web process whose SECRET_KEY is not the workers' takes nothing in, and everything again once it is."""

import time
from dataclasses import replace

import orjson
from flask.testing import FlaskClient
from pydantic import SecretStr
from redis import Redis

from bot.line.signature import sign
from bot.settings import Settings
from bot.store import keys
from bot.store.secret_keys import SecretKeys
from bot.web.app import create_app
from bot.web.services import WebServices
from tests.conftest import PATIENT, SECRET, SECRET_KEY

OTHER = "fedcba9876543210fedcba9876543210"
EVENT = {"type": "follow", "source": {"userId": "U" + "1" * 32}, "webhookEventId": "E1"}


def posted(client: FlaskClient, *events: object) -> int:
    body = orjson.dumps({"events": events})
    return client.post("/callback", data=body, headers={"X-Line-Signature": sign(SECRET, body)}).status_code


def client_of(settings: Settings, secret_key: str) -> FlaskClient:
    return create_app(
        WebServices(Settings(**{**settings.model_dump(), "secret_key": SecretStr(secret_key)}))
    ).test_client()


def test_webhooks_are_refused_and_nothing_is_stored(settings: Settings, redis: Redis) -> None:
    SecretKeys(redis, OTHER).claim()
    client = client_of(settings, SECRET_KEY)
    assert (posted(client, EVENT), posted(client)) == (503, 503)
    assert redis.keys("mado:{*") == []
    assert client.get("/readyz").text == "Redis is in use with another SECRET_KEY\n"
    assert posted(client_of(settings, OTHER), EVENT) == 200


def looking_often(settings: Settings) -> Settings:
    return settings.model_copy(update={"limits": replace(PATIENT, key_refresh_seconds=0.01)})


def test_it_goes_on_by_itself_once_the_key_fits(settings: Settings, redis: Redis) -> None:
    client = client_of(looking_often(settings), SECRET_KEY)
    assert posted(client, EVENT) == 200
    ours = redis.get(keys.secret_keys()) or b""
    for record, status in ((b"of another key", 503), (ours, 200)):
        redis.set(keys.secret_keys(), record)
        deadline = time.monotonic() + 60
        while posted(client) != status:
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_emptied_redis_refuses_nothing(settings: Settings, redis: Redis) -> None:
    client = client_of(looking_often(settings), SECRET_KEY)
    assert posted(client, EVENT) == 200
    redis.flushall()
    time.sleep(0.1)
    assert posted(client, EVENT) == 200


def test_comparison_costs_a_request_no_round_trip(settings: Settings, redis: Redis) -> None:
    services = WebServices(settings)
    services.key_guard.pseudonyms()
    before = redis.info("stats")["total_commands_processed"]
    assert len({services.key_guard.pseudonyms() for _ in range(1000)}) == 1
    assert redis.info("stats")["total_commands_processed"] - before <= 1  # the question itself
