"""`madoguchi channel`: whether token, setting and Redis belong to one bot, and how an operator changes it."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from redis import Redis

from bot.cli import main
from bot.store.bot_identity import BotIdentityStore
from line_emulator import Emulator
from tests.conftest import SECRET_KEY
from tests.servers import RedisServer

OURS, OTHER = "U" + "a" * 32, "U" + "b" * 32


@pytest.fixture
def environment(redis: Redis, redis_server: RedisServer) -> Iterator[dict[str, str]]:
    del redis  # emptied
    with Emulator("http://127.0.0.1:9/callback", "secret", token="right", bot_id=OURS, strict=True) as line:
        yield {
            "LINE_CHANNEL_SECRET": "secret",
            "LINE_CHANNEL_ACCESS_TOKEN": "right",
            "SECRET_KEY": SECRET_KEY,
            "PUBLIC_URL": "https://bot.example.jp",
            "LINE_API_URL": line.url,
            "REDIS_URL": redis_server.url,
        }


def run(environment: dict[str, str], *words: str) -> tuple[int, dict[str, str]]:
    result = CliRunner().invoke(main, ["channel", "--json", *words], env=environment)
    return result.exit_code, json.loads(result.stdout)


def test_same_bot_everywhere_is_fine(environment: dict[str, str], redis: Redis) -> None:
    assert run(environment) == (0, {"setting": "none", "redis": "none"})
    BotIdentityStore(redis).claim(OURS)
    assert run({**environment, "LINE_BOT_USER_ID": OURS}) == (0, {"setting": "same", "redis": "same"})


def test_other_bot_anywhere_ends_with_status_1(environment: dict[str, str], redis: Redis) -> None:
    BotIdentityStore(redis).claim(OTHER)
    assert run(environment) == (1, {"setting": "none", "redis": "other"})
    assert run({**environment, "LINE_BOT_USER_ID": OTHER})[1]["setting"] == "other"


def test_redis_is_handed_over_at_an_operators_word(environment: dict[str, str], redis: Redis) -> None:
    BotIdentityStore(redis).claim(OTHER)
    assert run(environment, "--adopt") == (0, {"setting": "none", "redis": "same"})
    assert BotIdentityStore(redis).get() == OURS


def test_token_that_line_does_not_know_is_one_line(environment: dict[str, str]) -> None:
    result = CliRunner().invoke(main, ["channel"], env={**environment, "LINE_CHANNEL_ACCESS_TOKEN": "wrong"})
    assert result.exit_code == 1
    assert result.stderr == "madoguchi: LINE did not say whose LINE_CHANNEL_ACCESS_TOKEN is (status 401)\n"
