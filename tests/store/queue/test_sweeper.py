"""Nobody is forgotten: not by a bell that was lost, not by a worker that died."""

import time

import pytest
from redis import Redis

from bot.runtime.limits import Limits
from bot.store.keys import BUCKETS, UserKeys, clock, due, set_back, sweeper_lock, waiting_since
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.sweeper import AT_MOST, LONGEST_MS, Sweeper
from bot.store.redis.cluster_nodes import ClusterNodes
from bot.store.redis.direct_scripts import DirectScriptRedis
from tests.servers import RedisServer

USER, OTHER = "ef" + "2" * 30, "ef" + "3" * 30


# A sweep's seconds are minutes, so that none is over before the test has looked.
SLOW = Limits(sweep_every_ms=60_000, sweep_again_ms=60_000)


def late(redis: Redis) -> None:
    redis.zadd(UserKeys(USER).due, {USER: time.time() * 1000 - 1})


def test_user_whose_bell_was_lost_is_found_when_the_grace_is_over(redis: Redis) -> None:
    Inbox(redis, grace_ms=60_000).put(IncomingEvent(OTHER, "e1", b"mail", limited=True))
    Inbox(redis, grace_ms=50).put(IncomingEvent(USER, "e1", b"mail", limited=True))
    time.sleep(0.06)
    assert Sweeper(redis, limits=SLOW).users() == [USER], "the other's is not over"


def test_user_found_is_not_found_again_at_once(redis: Redis) -> None:
    late(redis)
    assert Sweeper(redis, limits=SLOW).users() == [USER]
    redis.delete(sweeper_lock("00"))
    assert Sweeper(redis, limits=SLOW).users() == []


def test_one_process_a_second_looks(redis: Redis) -> None:
    late(redis)
    assert Sweeper(redis, limits=SLOW).users() == [USER]
    late(redis)
    assert Sweeper(redis, limits=SLOW).users() == []


def test_sweep_goes_on_where_the_clock_of_redis_was_set_back(redis: Redis) -> None:
    late(redis)
    redis.set(sweeper_lock("00"), "1", px=3_600_000)  # what was to last a second now lasts an hour
    assert Sweeper(redis, limits=SLOW).users() == [USER]


def test_everyone_who_waits_is_found_once_where_the_clock_of_redis_was_set_back(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = Sweeper(redis, limits=SLOW)
    redis.zadd(UserKeys(USER).due, {USER: time.time() * 1000 + 200_000})
    with monkeypatch.context() as before:
        before.setattr(Redis, "time", lambda _: (int(time.time()) + 3600, 0))
        assert sweep.users() == []
    redis.delete(sweeper_lock("00"))
    assert sweep.users() == [USER]
    redis.delete(sweeper_lock("00"))
    assert sweep.users() == []


def test_process_that_was_started_after_the_clock_of_redis_was_set_back_finds_everyone(redis: Redis) -> None:
    redis.set(clock("00"), int(time.time() * 1000) + 90_000)
    redis.zadd(UserKeys(USER).due, {USER: time.time() * 1000 + 90_000})
    redis.zadd(waiting_since("ef"), {USER: time.time() * 1000 + 90_000})
    assert Sweeper(redis, limits=SLOW).users() == [USER]
    assert redis.get(set_back("ef")), "whoever tells the age of an answer must know"
    score = redis.zscore(waiting_since("ef"), USER)
    assert isinstance(score, float)
    assert score < time.time() * 1000 + 1000


def test_worker_that_starts_looks_once_at_everyone_who_waits(redis: Redis) -> None:
    redis.zadd(due("ef"), {USER: time.time() * 1000 + 90_000})
    sweep = Sweeper(redis, limits=SLOW)
    assert sweep.users() == []
    redis.delete(sweeper_lock("00"))
    sweep.make_everyone_due()
    assert sweep.users() == [USER]
    redis.delete(sweeper_lock("00"))
    assert sweep.users() == []


def test_time_further_off_than_any_pause_is_not_believed_whoever_wrote_it(redis: Redis) -> None:
    redis.zadd(due("ef"), {USER: time.time() * 1000 + LONGEST_MS + 60_000, OTHER: time.time() * 1000 + 290_000})
    assert Sweeper(redis, limits=SLOW).users() == [USER]


def test_crowd_that_waits_is_found_little_by_little_longest_wait_first_and_in_every_bucket(redis: Redis) -> None:
    """Were all rung for at once, and again each second, the rings would bury the workers."""
    crowd = {bucket: [f"{bucket}{number:030x}" for number in range(30)] for bucket in BUCKETS}
    with redis.pipeline(transaction=False) as pipe:
        for bucket, users in crowd.items():
            pipe.zadd(due(bucket), {user: 1000 + number for number, user in enumerate(users)})
        pipe.execute()
    places = ClusterNodes(redis).all()
    first = Sweeper(redis, limits=SLOW).users()
    for place in places:
        redis.delete(sweeper_lock(place.buckets[0]))
    second = Sweeper(redis, limits=SLOW).users()
    for place in places:
        once, again = ([user for user in found if user[:2] in place.buckets] for found in (first, second))
        assert AT_MOST - len(place.buckets) < len(once) <= AT_MOST
        each = len(once + again) // len(place.buckets)
        assert sorted(once + again) == sorted(user for bucket in place.buckets for user in crowd[bucket][:each])


def test_server_that_stays_away_is_one_warning_an_outage(server: RedisServer, caplog: pytest.LogCaptureFixture) -> None:
    with DirectScriptRedis.from_url(server.url, protocol=2) as client:
        sweep = Sweeper(client, limits=SLOW)
        sweep.users()
        for _ in range(2):
            server.kill()
            for _ in range(3):
                assert sweep.users() == []
            server.start()
            sweep.users()
    said = [record.message for record in caplog.records if record.name == "bot.store.queue.sweeper"]
    assert said == ["sweep skipped", "sweep skipped"]
