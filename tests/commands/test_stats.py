"""`madoguchi stats`: tables for people, JSON for programs, one line where Redis is away."""

import json
import re
from pathlib import Path

import pytest
from redis import Redis

from bot.metrics import catalogue
from bot.runtime.clock import today_in_japan
from bot.store.metrics import RedisMetricsSink
from bot.store.unanswered import UnansweredQuestions
from tests.commands.calls import Ended, called, started
from tests.conftest import SECRET, SECRET_KEY
from tests.servers import RedisServer, free_port


def settings_of(redis_url: str) -> dict[str, str]:
    return {
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "token-of-the-tests",
        "SECRET_KEY": SECRET_KEY,
        "PUBLIC_URL": "https://madoguchi.example.jp",
        "REDIS_URL": redis_url,
    }


def run(redis_url: str, *words: str) -> Ended:
    return called(settings_of(redis_url), "stats", *words)


@pytest.fixture
def url(redis: Redis, redis_server: RedisServer) -> str:
    """A Redis that has seen a day of the bot."""
    day = RedisMetricsSink(redis)
    day.count(catalogue.PRECHECK_STARTED, by=1234)
    day.count(catalogue.PRECHECK_SHOWN, "body", by=1234)
    day.count(catalogue.PRECHECK_VERDICTS, "ready", by=56)
    day.count(catalogue.QUESTIONS, "answer", by=3)
    day.count(catalogue.QUESTIONS, "none")
    day.count(catalogue.ENTRIES_SHOWN, "plan_fee", by=3)
    day.observe(catalogue.END_TO_END, 0.04)
    day.flush()
    for question in ("[bold]住民票[/bold]の写し", "[bold]住民票[/bold]の写し", "一度きりの質問"):
        UnansweredQuestions(redis, today_in_japan).add(question, "none")
    return redis_server.url


def test_tables_show_funnel_questions_and_delivery(url: str) -> None:
    done = run(url)
    assert (done.returncode, done.stderr) == (0, "")
    for words in ("申込前チェック", "団体名", "1,234", "条件がそろっています / ready", "56", "75.0%", "料金", "30日間"):
        assert words in done.stdout
    assert "[bold]住民票[/bold]の写し" in done.stdout, "what users wrote is not read as markup"
    assert "一度きりの質問" not in done.stdout
    assert re.search(r"他に1回だけの質問 / asked once .* 1 ", done.stdout)
    assert "\x1b" not in done.stdout


def test_table_by_day_says_that_it_shows_the_last_days_only(url: str) -> None:
    assert "日別 / by day（直近14日間 / last 14 days）" in run(url).stdout
    assert "直近" not in run(url, "--days", "14").stdout


def test_json_is_one_object_on_one_line(url: str) -> None:
    done = run(url, "--json", "--days", "3")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    found = json.loads(done.stdout)
    assert (found["funnel"]["started"], found["funnel"]["finished"], len(found["days"])) == (1234, 56, 3)


@pytest.mark.parametrize("days", ["0", "401", "many"])
def test_period_out_of_range_is_wrong_use(url: str, days: str) -> None:
    done = run(url, "--days", days)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--days" in done.stderr


def test_redis_away_is_said_in_one_line() -> None:
    done = started(settings_of(f"redis://127.0.0.1:{free_port()}/0"), "stats")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "madoguchi: REDIS_URL: Redis does not answer (ConnectionError)\n"


def test_month_is_written_as_files(url: str, tmp_path: Path) -> None:
    month, csv, xlsx = f"{today_in_japan():%Y-%m}", tmp_path / "report.csv", tmp_path / "report.xlsx"
    done = run(url, "--month", month, "--csv", str(csv), "--xlsx", str(xlsx))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "チェックの開始,1234" in csv.read_text(encoding="utf-8-sig")
    assert xlsx.read_bytes()[:2] == b"PK"


def test_month_that_is_none_is_wrong_use(url: str) -> None:
    done = run(url, "--month", "2026-13")
    assert (done.returncode, "--month" in done.stderr) == (2, True)
