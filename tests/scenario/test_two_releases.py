"""Workers of two releases side by side: the newer one stores conversations in a version the older cannot read."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.store.keys import Pseudonyms, UserKeys
from tests.conftest import SECRET_KEY
from tests.scenario.person import Person
from tests.scenario.processes import Process, RunningBot, running_bot
from tests.servers import RedisServer

ROOT = Path(__file__).parents[2]
# Read by Python before the bot: this process is of a release whose conversations are of the next version.
NEWER = """
from bot.flows import migrations
migrations.MIGRATIONS = {**migrations.MIGRATIONS, migrations.VERSION: dict}
migrations.VERSION += 1
migrations.migrate.__kwdefaults__ = {"to": migrations.VERSION, "migrations": migrations.MIGRATIONS}
"""


@pytest.fixture
def bot(server: RedisServer, tmp_path: Path) -> Iterator[RunningBot]:
    """One worker, which is of the newer release."""
    (tmp_path / "newer").mkdir()
    (tmp_path / "newer" / "sitecustomize.py").write_text(NEWER)
    with running_bot(server.url, tmp_path, workers=0) as bot:
        path = {"PYTHONPATH": f"{tmp_path / 'newer'}:{ROOT}"}
        bot.workers = [Process("worker", {**bot.environment, **path}, tmp_path / "newer.log")]
        started(bot.workers[0])
        yield bot


def until(holds: Callable[[], bool], said: Callable[[], str]) -> None:
    deadline = time.monotonic() + 90
    while not holds():
        assert time.monotonic() < deadline, said()
        time.sleep(0.02)


def started(worker: Process) -> None:
    until(lambda: "worker started" in worker.output, lambda: worker.output)


def test_older_worker_leaves_the_newer_ones_conversation_alone_and_each_message_is_answered_once(
    bot: RunningBot, server: RedisServer, tmp_path: Path
) -> None:
    staff, other = Person(bot), Person(bot, "佐藤")
    redis = Redis.from_url(server.url)
    session = UserKeys(Pseudonyms(SECRET_KEY).of(staff.id)).session
    staff.says("申込前チェック")
    (newer,) = bot.workers
    older = Process("worker", bot.environment, tmp_path / "older.log")
    bot.workers.append(older)
    started(older)
    stored = redis.get(session)
    os.kill(newer.pid, signal.SIGSTOP)
    try:
        bot.emulator.says(staff.id, "箱根町")
        assert "申込前チェック" in other.says("メニュー"), "the older one works"
        until(lambda: "newer release" in older.output, lambda: older.output)
        assert redis.get(session) == stored
    finally:
        os.kill(newer.pid, signal.SIGCONT)
    assert "アカウント" in staff.reads()
    for text in ("あります", "使っていません", "職員"):
        staff.says(text)
    assert redis.get(session) != stored
    for person, count in ((staff, 5), (other, 1)):
        assert len([entry for entry in bot.emulator.seen(person.id) if entry.by == "bot"]) == count
    assert '"level":"ERROR"' not in bot.logs()
