"""What happened on the phone is what the operators read: a whole pre-check, counted exactly once."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

from prometheus_client.parser import text_string_to_metric_families

from tests.scenario.person import Person
from tests.scenario.processes import RunningBot

Series = dict[tuple[str, ...], float]
ANSWERS = ("横浜市", "あります", "使っていません", "職員", "横浜市", "認証済み", "コミュニケーション", "lg.jp")


def scraped(bot: RunningBot) -> Series:
    with urllib.request.urlopen(f"{bot.url}/metrics", timeout=60) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def scraped_when(bot: RunningBot, holds: Callable[[Series], bool]) -> Series:
    """Processes bring their counts in once a second."""
    deadline = time.monotonic() + 60
    while not holds(found := scraped(bot)):
        assert time.monotonic() < deadline, found
        time.sleep(0.1)
    return found


def of_the_pre_check(found: Series) -> Series:
    return {labels: value for labels, value in found.items() if labels[0].startswith("madoguchi_precheck")}


def stats(bot: RunningBot) -> dict[str, dict[str, object]]:
    command = [sys.executable, "-m", "bot.cli", "stats", "--json", "--days", "2"]
    done = subprocess.run(command, env={**os.environ, **bot.environment}, capture_output=True, check=True, timeout=200)
    found: dict[str, dict[str, object]] = json.loads(done.stdout)
    return found


def test_whole_pre_check_is_counted_exactly_once_also_when_events_come_again(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    for answer in ANSWERS:
        staff.says(answer)
    staff.says("まだ決めていない")
    assert "条件がそろっています" in staff.says("はい")
    link = next(text for text in _texts(bot, staff) if "/sheet/" in text)
    urllib.request.urlopen(link.split("?")[0], timeout=60).close()

    turns = len(ANSWERS) + 3

    def settled(found: Series, turns: int) -> bool:
        """Every kind is counted at a moment of its own, and the last one to be brought in may be any."""
        return (
            found["madoguchi_sheets_total", "opened"] >= 1
            and found["madoguchi_end_to_end_seconds_count",] >= turns
            and found.get(("madoguchi_turns_total", "message", "ok"), 0) >= turns
            and found.get(("madoguchi_deliveries_total", "reply", "done", "done"), 0) >= turns
            and found["madoguchi_precheck_verdicts_total", "ready"] >= 1
            and found["madoguchi_users_waiting",] == 0
        )

    first = scraped_when(bot, lambda found: settled(found, turns))
    assert first["madoguchi_sheets_total", "opened"] == 1
    assert first["madoguchi_end_to_end_seconds_count",] == turns
    assert first["madoguchi_precheck_started_total",] == 1
    for step in ("body", "has_account", "plan_in_use", "applicant", "account_name", "verified", "apply_date", "review"):
        assert first["madoguchi_precheck_shown_total", step] == 1, step
        assert first["madoguchi_precheck_answered_total", step] == 1, step
    assert first["madoguchi_precheck_verdicts_total", "ready"] == 1
    assert first["madoguchi_turns_total", "message", "ok"] == turns
    assert first["madoguchi_deliveries_total", "reply", "done", "done"] == turns  # labels by their names
    assert first["madoguchi_users_waiting",] == 0

    bot.emulator.redeliver_last(staff.id)
    bot.emulator.deliver_twice(staff.id)
    staff.says("メニュー")  # in order: whatever the copies had done would be done by now
    scraped_when(bot, lambda found: found["madoguchi_events_total", "duplicate"] >= 2)
    again = scraped_when(bot, lambda found: settled(found, turns + 1))
    assert again["madoguchi_end_to_end_seconds_count",] == turns + 1
    assert again["madoguchi_turns_total", "message", "ok"] == turns + 1
    assert of_the_pre_check(again) == of_the_pre_check(first)

    told = stats(bot)
    assert (told["funnel"]["started"], told["funnel"]["finished"], told["funnel"]["handed_off"]) == (1, 1, 1)
    assert told["funnel"]["sheets_opened"] == 1
    assert told["queue"] == {"users_waiting": 0, "oldest_wait_seconds": 0.0, "dead_letters": 0, "line_refused": 0}


def test_what_was_counted_just_before_a_graceful_stop_is_not_lost(breakable_bot: RunningBot) -> None:
    bot = breakable_bot
    Person(bot).says("申込前チェック")
    for process in (bot.web, *bot.workers):
        process.stop()
        process.restart()
    bot.wait_until_ready()
    found = scraped(bot)
    assert found["madoguchi_events_total", "stored_woken"] == 1
    assert found["madoguchi_precheck_started_total",] == 1


def test_no_metric_holds_what_a_user_wrote_or_who_it_was(bot: RunningBot) -> None:
    staff = Person(bot)
    staff.says("申込前チェック")
    staff.says("秘密の村の山田太郎")
    bot.emulator.raw(staff.id, {"type": "秘密のイベント", "replyToken": ""})
    scraped_when(bot, lambda found: found.get(("madoguchi_turns_total", "other", "ok"), 0) >= 1)
    with urllib.request.urlopen(f"{bot.url}/metrics", timeout=60) as answer:
        text = answer.read().decode()
    for secret in ("秘密", "山田", staff.id):
        assert secret not in text


def _texts(bot: RunningBot, staff: Person) -> list[str]:
    """Every text and address in the messages that came."""
    return [text for entry in bot.emulator.seen(staff.id) for text in _strings(entry.message)]


def _strings(part: object) -> list[str]:
    if isinstance(part, dict):
        return [text for value in part.values() for text in _strings(value)]
    if isinstance(part, list):
        return [text for item in part for text in _strings(item)]
    return [part] if isinstance(part, str) else []
