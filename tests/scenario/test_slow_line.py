"""LINE is slow for some or for all: others are answered, turns go on, and in the end everyone is, once, in order."""

import time
from collections.abc import Callable

from redis import Redis

from bot.store.keys import Pseudonyms, UserKeys
from tests.conftest import SECRET_KEY
from tests.scenario.person import Person
from tests.scenario.processes import RunningBot

SLOTS = 8  # the running bot's WORKER_THREADS
QUICKLY = 8.0  # below the time in which a call to LINE is given up


def until(true: Callable[[], bool], seconds: float) -> float:
    """How long it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, "not in time"
        time.sleep(0.05)
    return time.monotonic() - started


def heard(bot: RunningBot, person: Person) -> list[str]:
    return [str(entry.message["altText"]) for entry in bot.emulator.seen(person.id) if entry.by == "bot"]


def test_users_for_whom_line_is_slow_hold_up_nobody_else(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    slow, others = [Person(bot) for _ in range(SLOTS)], [Person(bot) for _ in range(6)]
    others[0].says("メニュー")
    bot.emulator.control(slow=30, slow_for=[person.id for person in slow])
    for person in slow:
        bot.emulator.says(person.id, "メニュー")
    time.sleep(1.5)  # every slot hangs by now
    for person in others:
        bot.emulator.says(person.id, "メニュー")
    wanted = [2] + [1] * (len(others) - 1)
    until(lambda: [len(heard(bot, person)) for person in others] == wanted, QUICKLY)
    bot.workers[0].kill()  # it would wait for the calls that hang


def test_turns_go_on_while_line_is_slow_for_all_and_then_everyone_is_answered_once_in_order(
    breakable_bot: RunningBot,
) -> None:
    bot = breakable_bot
    redis = Redis.from_url(bot.environment["REDIS_URL"])
    people = [Person(bot) for _ in range(3 * SLOTS)]
    keys = [UserKeys(Pseudonyms(SECRET_KEY).of(person.id)) for person in people]
    bot.emulator.control(slow=30)
    for text in ("メニュー", "申込の流れ"):
        for person in people:
            bot.emulator.says(person.id, text)
    until(lambda: [redis.llen(key.outbox) for key in keys] == [1] * len(people), QUICKLY)
    assert [redis.llen(key.inbox) for key in keys] == [1] * len(people), "the second waits behind the first"
    bot.emulator.control(slow=0)
    until(lambda: all(len(heard(bot, person)) == 2 for person in people), 90)
    redis.close()
    assert len({tuple(heard(bot, person)) for person in people}) == 1, "each in the same order"
    assert "申込みから利用開始まで" in heard(bot, people[0])[1]


def test_after_an_outage_nobody_waits_for_the_end_of_a_back_off(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    people = [Person(bot) for _ in range(SLOTS)]
    bot.emulator.control(failing=503)
    for person in people:
        bot.emulator.says(person.id, "メニュー")
    time.sleep(17)  # after the sixth attempt they back off for fifteen seconds and more
    bot.emulator.control(failing=None)
    took = until(lambda: all(len(heard(bot, person)) == 1 for person in people), 30)
    assert took < 13, "an ailing LINE is probed every five seconds"  # a back-off has more than that left
