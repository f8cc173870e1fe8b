"""A worker that comes back to a user whom somebody else has taken over changes nothing, and says nothing."""

import os
import signal
from collections.abc import Iterator
from hashlib import sha1
from importlib.resources import files
from pathlib import Path

import pytest
from redis import Redis

from tests.eventually import eventually
from tests.scenario.delaying_proxy import DelayingProxy
from tests.scenario.person import Person
from tests.scenario.processes import Process, RunningBot, running_bot
from tests.servers import RedisServer

COMMIT = sha1(files("bot.store").joinpath("lua", "commit.lua").read_bytes(), usedforsecurity=False).hexdigest().encode()


@pytest.fixture
def roads(server: RedisServer) -> Iterator[tuple[DelayingProxy, DelayingProxy]]:
    """One for each worker."""
    roads = DelayingProxy(server.port), DelayingProxy(server.port)
    yield roads
    for road in roads:
        road.close()


@pytest.fixture
def bot(server: RedisServer, roads: tuple[DelayingProxy, DelayingProxy], tmp_path: Path) -> Iterator[RunningBot]:
    """Its workers go by their roads, the web process straight to Redis; the second one is not there yet."""
    with running_bot(server.url, tmp_path, workers=0) as bot:
        join(bot, roads[0], tmp_path)
        yield bot


def join(bot: RunningBot, road: DelayingProxy, folder: Path) -> None:
    by_the_road = {**bot.environment, "REDIS_URL": f"redis://127.0.0.1:{road.port}/0"}
    bot.workers.append(Process("worker", by_the_road, folder / f"{road.port}.log"))


def heard(bot: RunningBot, person: Person) -> int:
    """Messages that reached the phone; a token that is tried once more after its use reaches nobody."""
    return sum(1 for entry in bot.emulator.seen(person.id) if entry.by == "bot")


def kept(redis: Redis) -> dict[bytes, object]:
    """The conversation, and what waits."""
    found: dict[bytes, object] = {key: redis.get(key) for key in redis.scan_iter("mado:*:session")}
    for kind in ("inbox", "outbox"):
        found |= {key: redis.lrange(key, 0, -1) for key in redis.scan_iter(f"mado:*:{kind}")}
    return found


def test_late_commit_changes_nothing_while_another_worker_plays_the_same_event(
    bot: RunningBot, roads: tuple[DelayingProxy, DelayingProxy], server: RedisServer, tmp_path: Path
) -> None:
    first, second = roads
    staff = Person(bot)
    staff.says("申込前チェック")
    assert "お持ちですか" in staff.says("箱根町")
    first.holds_from(COMMIT)
    before = heard(bot, staff)
    staff.sends("あります")
    first.until_held()
    second.holds_from(COMMIT)
    join(bot, second, tmp_path)
    second.until_held()  # the lease of the first one is over, and the event is where it was
    with Redis.from_url(server.url) as redis:
        standing = kept(redis)
        first.let_through()
        assert redis.ping()
        assert kept(redis) == standing
    second.let_through()
    assert "すでに使っていますか" in staff.reads()
    assert "お申込みになるのはどなた" in staff.says("使っていません")
    assert heard(bot, staff) == before + 2, "one answer each"


def test_worker_that_was_frozen_while_line_answered_wakes_up_to_nothing(
    bot: RunningBot, roads: tuple[DelayingProxy, DelayingProxy], server: RedisServer, tmp_path: Path
) -> None:
    first = bot.workers[0]
    staff = Person(bot)
    staff.says("申込前チェック")
    bot.emulator.control(slow=3)
    staff.sends("箱根町")
    with Redis.from_url(server.url) as redis:
        eventually(lambda: any(redis.scan_iter("mado:*:outbox")))
        os.kill(first.pid, signal.SIGSTOP)
        try:
            bot.emulator.control(slow=0)
            join(bot, roads[1], tmp_path)
            assert "お持ちですか" in staff.reads()
            assert "すでに使っていますか" in staff.says("あります")
            eventually(lambda: not any(redis.scan_iter("mado:*:outbox")))
            standing = kept(redis)
        finally:
            os.kill(first.pid, signal.SIGCONT)
        eventually(lambda: "lease lost" in first.output, lambda: first.output)
        assert kept(redis) == standing
    assert "お申込みになるのはどなた" in staff.says("使っていません")
