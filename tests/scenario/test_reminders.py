"""A hundred reminders at one minute, with the real processes: worker and Redis are killed, and each comes once."""

from datetime import datetime
from pathlib import Path

from redis import Redis

from bot.domain.reminders import JAPAN, Reminder, ReminderKind, next_opening_ms
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms, UserKeys, due_reminders
from bot.worker.reminder_values import encrypted
from tests.clock.server import RedisWithClock
from tests.conftest import SECRET_KEY
from tests.eventually import eventually
from tests.scenario.processes import RunningBot, running_bot

PEOPLE = 100
MINUTES = 30 * 60_000
EVENING = 8  # hours after the opening


def wish(redis: Redis, person: str, reminder: Reminder) -> None:
    """As a commit stores it."""
    user = Pseudonyms(SECRET_KEY).of(person)
    value = encrypted(reminder, person, user, Encryptor(SECRET_KEY))
    redis.hset(UserKeys(user).reminders, reminder.kind, value)
    redis.zadd(due_reminders(user[:2]), {f"{user}:{reminder.kind}": reminder.due_ms})


def heard(bot: RunningBot, person: str) -> int:
    return len([entry for entry in bot.emulator.seen(person) if entry.by == "bot"])


def test_each_of_a_hundred_comes_once_although_worker_and_redis_are_killed(tmp_path: Path) -> None:
    now = int(datetime.now(JAPAN).timestamp() * 1000)
    opening = next_opening_ms(now)
    server = RedisWithClock(tmp_path, ahead=(opening + MINUTES - now) // 1000)
    server.start()
    try:
        with running_bot(server.url, tmp_path) as bot, Redis.from_url(server.url) as redis:
            reminder = Reminder(ReminderKind.APPLY, datetime.fromtimestamp(opening / 1000, JAPAN).date())
            people = [bot.emulator.new_user(f"人{number}") for number in range(PEOPLE)]
            bot.emulator.control(slow=0.2)
            for person in people:
                wish(redis, person, reminder)
            eventually(lambda: sum(heard(bot, person) for person in people) >= PEOPLE // 10)
            bot.workers[0].kill()
            server.kill()
            server.start()
            bot.workers[0].restart()
            bot.emulator.control(slow=0)
            eventually(lambda: all(heard(bot, person) for person in people))
            eventually(lambda: not redis.keys("mado:*:outbox"))
            assert [heard(bot, person) for person in people] == [1] * PEOPLE
            assert redis.keys("mado:*reminders*") == []
            assert redis.llen("mado:dead") == 0
    finally:
        server.stop()


def test_none_comes_in_the_evening(tmp_path: Path) -> None:
    now = int(datetime.now(JAPAN).timestamp() * 1000)
    opening = next_opening_ms(now)
    server = RedisWithClock(tmp_path, ahead=(opening - now) // 1000 + EVENING * 3600 + 60)
    server.start()
    try:
        with running_bot(server.url, tmp_path) as bot, Redis.from_url(server.url) as redis:
            person = bot.emulator.new_user("人")
            reminder = Reminder(ReminderKind.APPLY, datetime.fromtimestamp(opening / 1000, JAPAN).date())
            wish(redis, person, reminder)
            user = Pseudonyms(SECRET_KEY).of(person)
            eventually(lambda: redis.zscore(due_reminders(user[:2]), f"{user}:apply") != reminder.due_ms)
            morning = next_opening_ms(opening + EVENING * 3_600_000)
            assert redis.zscore(due_reminders(user[:2]), f"{user}:apply") == morning
            assert heard(bot, person) == 0
    finally:
        server.stop()
