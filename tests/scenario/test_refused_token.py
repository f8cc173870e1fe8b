"""LINE refuses the access token for a while, with the real processes: nobody's answer is lost, and it is said."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis

from bot.store.keys import Pseudonyms, UserKeys, line_refused
from line_emulator.records import Call
from tests.conftest import SECRET_KEY
from tests.scenario.person import Person
from tests.scenario.processes import Process, RunningBot, running_bot
from tests.servers import RedisServer

REFUSED = "LINE refuses the channel"
ACCEPTED = "LINE accepts the channel again"


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.05)


def heard(bot: RunningBot, person: Person) -> int:
    return sum(entry.by == "bot" for entry in bot.emulator.seen(person.id))


def sent(bot: RunningBot) -> list[Call]:
    return [call for call in bot.emulator.calls if "/message/" in call.path]


def test_token_that_is_refused_for_some_seconds_costs_no_answer(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    redis = Redis.from_url(bot.environment["REDIS_URL"])
    people = [Person(bot) for _ in range(10)]
    people[0].says("メニュー")
    bot.emulator.control(failing=401)
    for person in people:
        bot.emulator.says(person.id, "料金はいくらですか")
    until(lambda: bool(redis.get(line_refused())))
    time.sleep(6)
    calls = len(sent(bot))
    assert calls <= 1 + len(people), "what is known to be refused is not tried for each entry again"
    bot.emulator.control(failing=None)
    until(lambda: [heard(bot, person) for person in people] == [2] + [1] * 9)
    until(lambda: redis.get(line_refused()) is None)
    assert redis.llen("mado:dead") == 0
    log = bot.workers[0].output
    assert (log.count(REFUSED), log.count(ACCEPTED), log.count('"level":"ERROR"')) == (1, 1, 1)
    redis.close()


def test_worker_that_is_refused_at_its_start_takes_no_mail_until_it_is_accepted(
    breakable_bot: RunningBot, tmp_path: Path
) -> None:
    """As after a revocation, when the platform starts the workers again and again."""
    bot = breakable_bot
    redis = Redis.from_url(bot.environment["REDIS_URL"])
    staff = Person(bot)
    staff.says("メニュー")
    inbox = UserKeys(Pseudonyms(SECRET_KEY).of(staff.id)).inbox
    bot.workers[0].stop()
    bot.emulator.says(staff.id, "料金はいくらですか")
    bot.emulator.control(failing=401)
    bot.workers[0].restart()
    until(lambda: REFUSED in bot.workers[0].output)
    time.sleep(3)
    assert (redis.llen(inbox), bot.workers[0].status, bot.workers[0].output.count(REFUSED)) == (1, None, 1)
    assert redis.get(line_refused()) == b"401"
    assert bot.workers[0].output.count("worker waits: LINE refuses the access token") == 1
    check = Process("check --only worker", bot.environment, tmp_path / "check.log")
    assert check.wait(90) == 1
    assert "LINE がワーカーを拒んでいます（401）" in check.output
    bot.emulator.control(failing=None)
    assert "上限なく無料" in staff.reads()
    assert redis.llen("mado:dead") == 0
    redis.close()


@pytest.mark.usefixtures("redis")  # empty: no bot of another test owns it
def test_worker_that_waits_to_be_accepted_ends_when_it_is_asked_to(redis_server: RedisServer, tmp_path: Path) -> None:
    with running_bot(redis_server.url, tmp_path, workers=0) as bot:
        wrong = {**bot.environment, "LINE_CHANNEL_ACCESS_TOKEN": "revoked"}
        worker = Process("worker", wrong, tmp_path / "wrong.log")
        until(lambda: REFUSED in worker.output)
        assert worker.stop() == 0
        assert "worker started" not in worker.output
