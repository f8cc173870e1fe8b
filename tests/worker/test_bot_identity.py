"""A worker answers only with the token of the bot whose events it takes."""

from collections.abc import Iterator

import pytest
from redis import Redis

from bot.delivery.channel_access import ChannelAccess
from bot.errors import SettingsError
from bot.line.client import LineClient
from bot.line.outcomes import Outcome
from bot.store.bot_identity import BotIdentityStore
from bot.worker.bot_identity import BotIdentity
from line_emulator import Emulator

RIGHT = "right"
OURS, OTHER = "U" + "a" * 32, "U" + "b" * 32


@pytest.fixture
def line() -> Iterator[Emulator]:
    with Emulator("http://127.0.0.1:9/callback", "secret", token=RIGHT, bot_id=OURS, strict=True) as line:
        yield line


def own(line: Emulator, redis: Redis, *, token: str = RIGHT, configured: str | None = None) -> BotIdentity:
    return BotIdentity(LineClient(line.url, token), BotIdentityStore(redis), configured)


def test_first_worker_says_whose_the_redis_is_and_the_next_ones_agree(line: Emulator, redis: Redis) -> None:
    assert own(line, redis).verify()
    assert BotIdentityStore(redis).get() == OURS
    assert own(line, redis, configured=OURS).verify()


def test_redis_with_the_events_of_another_bot_is_left_alone(line: Emulator, redis: Redis) -> None:
    BotIdentityStore(redis).claim(OTHER)
    with pytest.raises(SettingsError, match=r"^REDIS_URL: .*madoguchi channel --adopt") as refused:
        own(line, redis).verify()
    assert BotIdentityStore(redis).get() == OTHER
    assert OTHER not in str(refused.value)
    assert OURS not in str(refused.value)


def test_token_of_another_bot_than_the_setting_is_refused_and_claims_nothing(line: Emulator, redis: Redis) -> None:
    with pytest.raises(SettingsError, match=r"^LINE_CHANNEL_ACCESS_TOKEN: "):
        own(line, redis, configured=OTHER).verify()
    assert BotIdentityStore(redis).get() == ""


def test_line_that_does_not_say_proves_nothing_and_claims_nothing(line: Emulator, redis: Redis) -> None:
    assert not own(line, redis, token="wrong").verify()
    line.control(failing=500, failing_count=1)
    assert not own(line, redis).verify()
    assert BotIdentityStore(redis).get() == ""


def test_emptied_redis_is_claimed_again_while_line_refuses_the_token(line: Emulator, redis: Redis) -> None:
    """Otherwise web would take in the events of any other bot for as long as that lasts."""
    access = ChannelAccess()
    running = BotIdentity(LineClient(line.url, RIGHT), BotIdentityStore(redis), None, access)
    assert running.verify()
    access.observe(Outcome("denied", 401))
    redis.flushall()
    line.control(failing=401)
    assert not running.verify()
    assert BotIdentityStore(redis).get() == OURS


def test_emptied_redis_is_claimed_again_without_asking_line(line: Emulator, redis: Redis) -> None:
    running = own(line, redis)
    running.verify()
    redis.flushall()
    line.control(failing=500, failing_count=9)
    assert running.verify()
    assert BotIdentityStore(redis).get() == OURS


def test_emptied_redis_that_another_bot_has_claimed_is_left(line: Emulator, redis: Redis) -> None:
    running = own(line, redis)
    running.verify()
    redis.flushall()
    BotIdentityStore(redis).claim(OTHER)
    with pytest.raises(SettingsError, match=r"^REDIS_URL: "):
        running.verify()


def test_operator_can_hand_the_redis_over(line: Emulator, redis: Redis) -> None:
    BotIdentityStore(redis).claim(OTHER)
    BotIdentityStore(redis).reassign(OURS)
    assert own(line, redis).verify()
