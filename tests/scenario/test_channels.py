"""Two channels mixed up, with the real processes: what waits is left for the right bot, and everybody says why."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.store.keys import Pseudonyms, UserKeys, bot_identity
from line_emulator import Emulator
from tests.conftest import SECRET, SECRET_KEY
from tests.scenario.person import Person
from tests.scenario.processes import TOKEN, Process, RunningBot
from tests.servers import RedisServer

STAGING = "U" + "5" * 32


@pytest.fixture
def staging(breakable_bot: RunningBot) -> Iterator[Emulator]:
    """Another channel whose webhooks reach our bot; its secret and its token were copied, as happens."""
    other = Emulator(f"{breakable_bot.url}/callback", SECRET, token=TOKEN, bot_id=STAGING, strict=True)
    with other:
        yield other


def test_webhook_of_another_channel_is_refused_and_ours_go_on(breakable_bot: RunningBot, staging: Emulator) -> None:
    ours = Person(breakable_bot)
    assert "メニュー" in ours.says("メニュー")
    stranger = staging.new_user()
    deadline = time.monotonic() + 60  # the web process looks now and then whether a worker has said whose Redis it is
    while staging.verify().status != 403:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    staging.says(stranger, "メニュー")
    assert staging.deliveries[-1].status == 403
    assert breakable_bot.emulator.verify().status == 200
    assert "メニュー" in ours.says("メニュー")
    logs = breakable_bot.logs()
    assert "for another bot than this one" in logs
    assert STAGING not in logs
    assert breakable_bot.emulator.platform.world.account.id not in logs


@pytest.mark.parametrize("processes", ["1", "2"])
def test_worker_with_the_token_of_another_channel_takes_nothing_and_says_why(
    breakable_bot: RunningBot, staging: Emulator, tmp_path: Path, processes: str
) -> None:
    """As a worker of the test bot on the Redis of the real one; what waits there is answered by the real one."""
    bot = breakable_bot
    staff = Person(bot)
    assert "メニュー" in staff.says("メニュー")
    bot.workers[0].stop()
    bot.emulator.says(staff.id, "料金はいくらですか")
    theirs = {**bot.environment, "LINE_API_URL": staging.url, "WORKER_PROCESSES": processes}
    wrong = Process("worker", theirs, tmp_path / "wrong.log")
    assert wrong.wait(90) == 2
    assert "madoguchi: REDIS_URL: keeps the events of another bot" in wrong.output
    assert STAGING not in wrong.output
    redis = Redis.from_url(bot.environment["REDIS_URL"])
    assert redis.llen(UserKeys(Pseudonyms(SECRET_KEY).of(staff.id)).inbox) == 1
    assert staging.platform.records.calls[-1].path == "/v2/bot/info"
    bot.workers[0].restart()
    assert "上限なく無料" in staff.reads()


def test_wrong_token_is_found_out_when_line_is_back(redis_server: RedisServer, redis: Redis, tmp_path: Path) -> None:
    """LINE was away at the start: the worker runs, learns later whose token it has, and ends."""
    redis.set(bot_identity(), "U" + "7" * 32)
    with Emulator("http://127.0.0.1:9/callback", SECRET, token=TOKEN, strict=True) as line:
        line.control(failing=503, failing_count=1)
        environment = {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "SECRET_KEY": SECRET_KEY,
            "LINE_API_URL": line.url,
            "WORKER_PROCESSES": "1",  # the only one that LINE fails
            "PUBLIC_URL": "http://127.0.0.1:8000",
            "REDIS_URL": redis_server.url,
        }
        worker = Process("worker", environment, tmp_path / "worker.log")
        assert worker.wait(90) == 2
    redis.delete(bot_identity())  # whoever uses this server next has another bot
    assert "worker started" in worker.output
    assert "worker not started: identity not verified" in worker.output
    assert "madoguchi: REDIS_URL: keeps the events of another bot" in worker.output
