"""Attempts are counted on Redis's clock, which an operator or NTP can set: neither a free run nor a lockout follows."""

from collections.abc import Iterator

import pytest
from redis import Redis

from bot.store.keys import login_attempts
from bot.store.login_attempts import ALL, FROM_ALL_ADDRESSES, FROM_ONE_ADDRESS, WINDOW_SECONDS, LoginAttempts
from bot.store.resume_codes import GUESSES_SECONDS, MAX_GUESSES, ResumeCodeStore
from tests.clock.server import RedisWithClock
from tests.conftest import SECRET_KEY

AHEAD = 7 * 86400
USER = "U" + "0" * 32
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.9"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisWithClock]:
    server = RedisWithClock(tmp_path_factory.mktemp("clock"), ahead=AHEAD)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis(server: RedisWithClock) -> Iterator[Redis]:
    server.set_clock(AHEAD)
    with server.client() as client:
        client.flushall()
        yield client


def guess(store: ResumeCodeStore, number: int) -> str:
    return store.redeem("0" * 26, user=USER, event_id=f"e{number}", look=False).state


def test_clock_set_back_neither_frees_nor_locks_out(server: RedisWithClock, redis: Redis) -> None:
    attempts, store = LoginAttempts(redis, SECRET_KEY), ResumeCodeStore(redis, SECRET_KEY)
    assert [attempts.wait_seconds(HERE) > 0 for _ in range(FROM_ONE_ADDRESS + 1)] == [False] * FROM_ONE_ADDRESS + [True]
    assert {guess(store, number) for number in range(MAX_GUESSES)} == {"unknown"}
    server.set_clock(0)
    assert 0 < attempts.wait_seconds(HERE) <= WINDOW_SECONDS
    assert attempts.wait_seconds(ELSEWHERE) == 0
    assert guess(store, MAX_GUESSES) == "too_often"
    server.set_clock(WINDOW_SECONDS + 5)
    assert attempts.wait_seconds(HERE) == 0
    server.set_clock(GUESSES_SECONDS + 5)
    assert guess(store, MAX_GUESSES + 1) == "unknown"


def test_clock_set_ahead_gives_one_more_window_and_no_endless_run(server: RedisWithClock, redis: Redis) -> None:
    attempts, store = LoginAttempts(redis, SECRET_KEY), ResumeCodeStore(redis, SECRET_KEY)
    for step in range(2):
        server.set_clock(AHEAD + step * 86400)
        allowed = [attempts.wait_seconds(HERE) == 0 for _ in range(2 * FROM_ONE_ADDRESS)]
        assert allowed.count(True) == FROM_ONE_ADDRESS
        states = [guess(store, step * 100 + number) for number in range(2 * MAX_GUESSES)]
        assert states.count("unknown") == MAX_GUESSES


def test_clock_that_swings_does_not_lift_the_limit_of_all_addresses(server: RedisWithClock, redis: Redis) -> None:
    """Set back again and again, each time with new addresses: the counter of all stays and its window does not grow."""
    attempts, allowed = LoginAttempts(redis, SECRET_KEY), 0
    for step in range(4):
        server.set_clock(AHEAD - step * 3600)
        allowed += sum(attempts.wait_seconds(f"10.{step}.0.{number}") == 0 for number in range(FROM_ALL_ADDRESSES // 2))
    assert allowed == FROM_ALL_ADDRESSES
    assert 0 < int(redis.ttl(login_attempts(ALL))) <= WINDOW_SECONDS
