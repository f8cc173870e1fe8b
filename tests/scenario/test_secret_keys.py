"""SECRET_KEY with the real processes: one that does not fit throws nothing away, and a change loses nothing."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from redis import Redis

from bot.store import keys
from bot.store.keys import Pseudonyms, UserKeys
from line_emulator import Emulator
from tests.conftest import SECRET, SECRET_KEY
from tests.scenario.person import Person
from tests.scenario.processes import TOKEN, Process, RunningBot

NEWER = "fedcba9876543210fedcba9876543210"
LATEST = "ffffcba9876543210fedcba987654321"
LINE_OF_A_WRONG_KEY = "madoguchi: SECRET_KEY: Redis is in use with another one"


def until(holds: Callable[[], object], what: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what()
        time.sleep(0.1)


def start_with(bot: RunningBot, process: Process, secret_key: str) -> None:
    """As a deployment does, one process after the other."""
    process.stop()
    bot.environment["SECRET_KEY"] = secret_key
    process.restart()


def readiness(bot: RunningBot) -> tuple[int, str]:
    try:
        with urlopen(f"{bot.url}/readyz", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def status_of(bot: RunningBot, person: Person) -> int | None:
    """What web answers to this person's word."""
    delivery = bot.emulator.says(person.id, "メニュー").delivery
    return delivery.status if delivery else None


def test_other_key_takes_nothing_in_and_throws_nothing_away(breakable_bot: RunningBot, tmp_path: Path) -> None:
    bot = breakable_bot
    people = [Person(bot) for _ in range(5)]
    for person in people:
        assert "メニュー" in person.says("メニュー")
    bot.workers[0].stop()
    for person in people:
        person.sends("料金はいくらですか")
    wrong = {**bot.environment, "SECRET_KEY": NEWER}
    worker = Process("worker", wrong, tmp_path / "wrong.log")
    assert worker.wait(90) == 2
    assert worker.output.count(LINE_OF_A_WRONG_KEY) == 1
    assert NEWER not in worker.output
    redis = Redis.from_url(bot.environment["REDIS_URL"])
    inboxes = [UserKeys(Pseudonyms(SECRET_KEY).of(person.id)).inbox for person in people]
    assert [redis.llen(inbox) for inbox in inboxes] == [1] * 5
    assert redis.llen(keys.dead_letters()) == 0
    check = [sys.executable, "-m", "bot.cli", "check", "--only", "secret-key"]
    told = subprocess.run(check, env={**os.environ, **wrong}, capture_output=True, text=True, check=False)
    assert (told.returncode, "Redis is in use with another SECRET_KEY" in told.stdout) == (1, True)
    start_with(bot, bot.web, NEWER)
    until(lambda: readiness(bot) == (503, "Redis is in use with another SECRET_KEY\n"), lambda: bot.web.output)
    assert bot.emulator.verify().status == 503
    assert status_of(bot, people[0]) == 503
    start_with(bot, bot.web, SECRET_KEY)
    bot.wait_until_ready()
    bot.workers[0].restart()
    for person in people:
        assert "上限なく無料" in person.reads()
    people[0].until_taken(bot.emulator.redeliver_last(people[0].id))
    assert "メニュー" in people[0].reads()


def test_key_is_changed_under_waiting_events_and_nothing_is_lost(breakable_bot: RunningBot) -> None:
    """The procedure of docs/explanation/security.md, then a second change, up to the removal of every older key."""
    bot = breakable_bot
    worker = bot.workers[0]
    staff, colleague, other = Person(bot), Person(bot, "佐藤"), Person(bot, "鈴木")
    session = UserKeys(Pseudonyms(SECRET_KEY).of(staff.id)).session
    redis = Redis.from_url(bot.environment["REDIS_URL"])
    staff.says("申込前チェック")
    staff.says("箱根町")
    colleague.says("申込前チェック")
    colleague.says("横浜市")
    code = _code_in(colleague.says("引き継ぎコード"))
    answers = iter(("あります", "使っていません"))
    for secret_key in (f"{SECRET_KEY},{NEWER}", f"{NEWER},{SECRET_KEY}", NEWER, f"{LATEST},{NEWER}"):
        worker.stop()
        other.sends("ヘルプ")  # it waits, sealed with the key of before
        talking = secret_key in (f"{NEWER},{SECRET_KEY}", f"{LATEST},{NEWER}")
        if talking:
            staff.sends(next(answers))
        start_with(bot, bot.web, secret_key)
        bot.wait_until_ready()
        other.sends("メニュー")  # sealed with the key of now
        worker.restart()
        read = other.reads(2)
        assert "使い方" in read
        assert "メニュー" in read
        if talking:
            staff.reads()
        if secret_key == f"{NEWER},{SECRET_KEY}":
            assert "回答を引き継ぎました" in other.says(code), "a code that was given before"
    assert redis.exists(session), "under the name that its user always had"
    assert "申込前チェック" in staff.says("戻る"), "the conversation went on all the time"
    assert redis.llen(keys.dead_letters()) == 0
    logs = bot.logs()
    assert "session not decrypted" not in logs
    assert "put aside" not in logs


def test_step_left_out_refuses_for_a_while_and_loses_nothing(breakable_bot: RunningBot) -> None:
    """`new,old` at once, the worker first: web, which knows the old key alone, must not go on storing."""
    bot = breakable_bot
    staff = Person(bot)
    assert "メニュー" in staff.says("メニュー")
    start_with(bot, bot.workers[0], f"{NEWER},{SECRET_KEY}")
    until(lambda: readiness(bot)[0] == 503, bot.logs)
    assert status_of(bot, staff) == 503
    start_with(bot, bot.web, f"{NEWER},{SECRET_KEY}")
    bot.wait_until_ready()
    staff.until_taken(bot.emulator.redeliver_last(staff.id))
    assert "メニュー" in staff.reads()


def test_emptied_redis_is_claimed_again_and_no_other_bot_gets_in(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    staff = Person(bot)
    assert "メニュー" in staff.says("メニュー")
    staging = Emulator(f"{bot.url}/callback", SECRET, token=TOKEN, bot_id="U" + "5" * 32, strict=True)
    with staging:
        until(lambda: staging.verify().status == 403, bot.logs)
        redis = Redis.from_url(bot.environment["REDIS_URL"])
        redis.flushall()
        assert staging.verify().status == 403
        until(lambda: redis.exists(keys.bot_identity(), keys.secret_keys()) == 2, bot.logs)
        assert staging.verify().status == 403
    assert "メニュー" in staff.says("メニュー")


def _code_in(text: str) -> str:
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)
    assert found, text
    return found[0]
