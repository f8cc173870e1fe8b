"""The same job with a worker that is killed in the middle: others answer, nothing is lost, nothing is said twice."""

import time

from redis import Redis

from tests.eventually import eventually, quickest
from tests.scenario.person import Person, text_of
from tests.scenario.processes import RunningBot


def under_way(bot: RunningBot) -> bool:
    """Whether an answer is committed and not delivered."""
    with Redis.from_url(bot.environment["REDIS_URL"]) as redis:
        return any(redis.scan_iter("mado:*:outbox"))


def test_killed_worker_costs_no_answer_and_the_job_ends_the_same_way(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("横浜市")
    bot.emulator.control(slow=3)
    bot.emulator.says(staff.id, "あります")
    eventually(lambda: under_way(bot))  # the answer is on its way to a slow LINE
    bot.workers[0].kill()
    bot.emulator.control(slow=0)
    bot.workers[0].restart()
    assert "すでに使っていますか" in staff.reads()
    for answer in ("使っていません", "職員", "横浜市", "認証済み", "コミュニケーション", "lg.jp", "未定", "はい"):
        said = staff.says(answer)
    assert "条件がそろっています" in said
    assert len([entry for entry in bot.emulator.seen(staff.id) if entry.by == "bot"]) == 11


def test_another_worker_answers_within_ten_seconds(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    Person(bot).says("メニュー")

    def taken_over() -> float:
        staff = Person(bot)
        bot.emulator.control(slow=30)
        bot.emulator.says(staff.id, "申込前チェック")
        eventually(lambda: under_way(bot))
        bot.workers[0].kill()
        bot.emulator.control(slow=0)
        killed = time.monotonic()
        bot.workers[0].restart()
        assert "どちらの団体" in staff.reads()
        return time.monotonic() - killed

    assert quickest(taken_over, 10, rounds=3) < 10


def test_events_that_wait_while_no_worker_is_there_are_answered_in_order(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    staff = Person(bot)
    staff.says("メニュー")
    bot.workers[0].kill()
    for text in ("申込前チェック", "箱根町", "あります"):
        staff.sends(text)
    bot.workers[0].restart()
    bot.emulator.wait_for(staff.id, lambda entries: "すでに使っていますか" in text_of(entries), timeout=60)
