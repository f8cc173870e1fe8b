"""Workers under one parent: each is started again, whatever is away meanwhile."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenario.person import Person
from tests.scenario.processes import RunningBot, running_bot
from tests.servers import RedisServer


@pytest.fixture
def bot(server: RedisServer, tmp_path: Path) -> Iterator[RunningBot]:
    with running_bot(server.url, tmp_path, environment={"WORKER_PROCESSES": "2"}) as bot:
        started(bot, 2)
        yield bot


def children(bot: RunningBot) -> list[int]:
    parent = bot.workers[0].pid
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def started(bot: RunningBot, times: int) -> None:
    """So many workers have started by now, one after the other or at once."""
    until = time.monotonic() + 90
    while bot.workers[0].output.count("worker started") < times:
        assert time.monotonic() < until, bot.logs()
        time.sleep(0.05)


def test_worker_that_dies_while_redis_is_away_comes_back_without_anybody(bot: RunningBot, server: RedisServer) -> None:
    staff = Person(bot)
    assert "メニュー" in staff.says("メニュー")
    parent, before = bot.workers[0].pid, children(bot)
    server.stop()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    started(bot, 4)
    server.start()
    assert "メニュー" in staff.says("メニュー")
    assert bot.workers[0].pid == parent
    assert len(children(bot)) == 2
    assert not set(before) & set(children(bot))
