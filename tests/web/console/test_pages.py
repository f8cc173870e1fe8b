"""The console's pages: the figures in words and charts, the dead letters, and nothing of any user."""

import re
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.content.console_texts import console_texts
from bot.delivery.bulk_resend import Progress
from bot.delivery.dead_letter_causes import CAUSES
from bot.metrics.catalogue import DELIVERIES, PRECHECK_STARTED
from bot.runtime.clock import today_in_japan
from bot.store.heartbeats import Heartbeat
from bot.store.keys import Pseudonyms, UserKeys, bulk_lock, bulk_progress, heartbeats, last_event
from bot.store.menu_statistics import AreaTaps, DayTaps, MenuCounts, MenuStatistics, MenuStatisticsStore
from bot.store.metrics import RedisMetricsSink
from bot.store.queue.dead_letters import DeadLetters
from bot.store.recent import RecentActivity
from bot.store.trail import Note, Trail
from bot.store.unanswered import UnansweredQuestions
from tests.conftest import SECRET_KEY
from tests.eventually import eventually
from tests.web.console.conftest import Operator

USER = "ab" + "0123456789abcdef" * 2
PAGES = ("", "questions", "delivery")


@pytest.fixture
def inside(operator: Operator) -> Operator:
    operator.logs_in()
    return operator


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_there_before_anything_has_happened(inside: Operator, page: str) -> None:
    for days in ("7", "30", "90", "1000000", "-1", "x", ""):
        html = inside.reads(f"{page}?days={days}")
        assert "この期間の記録はまだありません" in html
        chosen = days if days in ("7", "30", "90") else "7"
        assert re.search(rf'href="\?days={chosen}" aria-current="true"', html)


@pytest.mark.parametrize("path", ["/console/", "/console/login", "/console/questions", "/console/delivery"])
def test_pages_run_nothing_load_nothing_and_are_kept_nowhere(operator: Operator, path: str) -> None:
    if path != "/console/login":
        operator.logs_in()
    answer = operator.client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "<script" not in answer.text
    assert " style=" not in answer.text


def test_what_users_typed_is_text_and_never_markup(inside: Operator, redis: Redis) -> None:
    for _ in range(2):
        UnansweredQuestions(redis, today_in_japan).add("<img src=x onerror=alert(1)>{{ 7 * 7 }}", "none")
    html = inside.reads("questions")
    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7 * 7 }}" in html
    assert "扱っていない</td>" in html


def test_rich_menus_show_what_line_counted_and_a_dash_for_what_it_withholds(inside: Operator, redis: Redis) -> None:
    assert "リッチメニュー" not in inside.reads("questions")
    days = [today_in_japan() - timedelta(days=back) for back in (2, 1)]
    taps = (DayTaps(days[0], 61, 37), DayTaps(days[1], 11, 4))
    counts = MenuCounts(days[0], days[1], 72, 31, (AreaTaps("料金<b>", 41, 29),), taps)
    found = {
        "m1": MenuStatistics("madoguchi/ask/0123456789abcdef", counts),
        "m2": MenuStatistics("madoguchi/apply/" + "f" * 16, None),
    }
    MenuStatisticsStore(redis).keep(found)
    html = inside.reads("questions")
    cells = re.sub(r"\s*</?(?:t[dhr]|bdi)\b[^>]*>\s*", "|", html)
    assert re.search(r"調べる（0123）\|+表示 [^|]*\|+72\|+31\|+調べる（0123）\|+料金&lt;b&gt;\|+41\|+29\|", cells)
    assert re.search(r"申込む（ffff）\|+少数のため非公開\|+—\|+—\|", cells)
    assert re.search(r"\|61\|+37\|.*\|11\|+4\|", cells)


def test_dead_letter_shows_reason_and_request_id_in_japans_time_and_not_whose_it_is(
    inside: Operator, redis: Redis
) -> None:
    reason, request = "quota: monthly limit <b>", "0f1e2d3c-4b5a"
    DeadLetters(redis).add("delivery", USER, reason, status=429, line_request_id=request, entry_id="ABCDEFGH")
    redis.hset(UserKeys(USER).undelivered, "ABCDEFGH", b"sealed")
    html = inside.reads("delivery")
    assert "quota: monthly limit &lt;b&gt;" in html
    assert request in html
    assert f"{datetime.now(UTC).hour + 9 - 24 * (datetime.now(UTC).hour >= 15):02d}:" in html
    assert "再送する" in html
    assert USER not in html
    assert "1件" in inside.reads()


@pytest.mark.parametrize(
    ("kind", "said"), [("turn", "お詫びを返しました"), ("refused", "文字だけ"), ("newer", "newer")]
)
def test_letter_without_content_can_only_be_discarded(inside: Operator, redis: Redis, kind: str, said: str) -> None:
    DeadLetters(redis).add(kind, USER, "ValueError")
    html = inside.reads("delivery")
    assert said in html
    assert "再送する" not in html
    assert "破棄する" in html


def test_letter_whose_attempt_may_have_arrived_says_so(inside: Operator, redis: Redis) -> None:
    DeadLetters(redis).add("delivery", USER, "given up", entry_id="ABCDEFGH", in_doubt=True)
    assert "2通になる" not in inside.reads("delivery"), "what is gone cannot be sent twice"
    redis.hset(UserKeys(USER).undelivered, "ABCDEFGH", b"sealed")
    assert "2通になる" in inside.reads("delivery")


def test_letters_of_one_entry_are_shown_and_discarded_as_one(inside: Operator, redis: Redis) -> None:
    """A worker that died between the letter and the outbox leaves a second letter behind."""
    for reason in ("first", "second"):
        DeadLetters(redis).add("delivery", USER, reason, entry_id="ABCDEFGH")
    html = inside.reads("delivery")
    assert html.count('class="letter"') == 1
    letter = re.search(r"letters/([0-9a-f]+)/discard", html)
    assert letter
    answer = inside.sends(f"letters/{letter[1]}/discard")
    assert answer.headers["Location"] == "/console/delivery?done=discarded#letters"
    assert "送れなかったものはありません" in inside.reads("delivery?done=discarded")


def test_letter_that_is_not_there_is_said(inside: Operator) -> None:
    answer = inside.sends(f"letters/{'0' * 20}/resend")
    assert answer.headers["Location"] == "/console/delivery?done=no_letter#letters"
    assert "もう一覧にありません" in inside.reads("delivery?done=no_letter")


def test_what_an_address_claims_to_have_been_done_is_not_repeated(inside: Operator) -> None:
    assert "hacked" not in inside.reads("delivery?done=hacked")


def test_more_letters_than_a_page_holds_are_counted(inside: Operator, redis: Redis) -> None:
    for number in range(60):
        DeadLetters(redis).add("turn", USER, f"number {number}")
    html = inside.reads("delivery")
    assert html.count('class="letter"') == 50
    assert "1ページ目（全2ページ・60件）" in html
    assert 'page=2#letters" rel="next"' in html
    html = inside.reads("delivery?page=2")
    assert (html.count('class="letter"'), "number 9</bdi>" in html, "number 10</bdi>" in html) == (10, True, False)
    for beyond in ("99", "0", "-1", "x", "٣", "1" * 5000):
        assert inside.reads(f"delivery?page={beyond}").count('class="letter"') in (10, 50)


def test_filter_shows_one_cause_with_what_to_do_and_an_act_returns_to_the_place_it_was_taken_at(
    inside: Operator, redis: Redis
) -> None:
    dead = DeadLetters(redis)
    for number in range(55):
        dead.add("delivery", USER, "429: You have reached your monthly limit.", status=429, entry_id=f"E{number:07}")
    dead.add("turn", USER, "ValueError")
    html = inside.reads("delivery?cause=quota&days=30&page=2")
    assert "追加メッセージの上限を見直して" in html
    assert re.search(r'aria-current="true">今月のプッシュの上限に達しました 55</a>', html)
    assert "ValueError" not in html
    letters = re.findall(r'id="letter-([0-9a-f]+)"', html)
    assert len(letters) == 5
    (place,) = set(re.findall(rf'letters/{letters[1]}/discard">\s*(.*?)\s*<span>', html, re.DOTALL))
    form = dict(re.findall(r'name="(\w+)" value="([^"]*)"', place))
    answer = inside.client.post(f"/console/letters/{letters[1]}/discard", data=form)
    assert answer.headers["Location"] == (
        f"/console/delivery?days=30&cause=quota&page=2&done=discarded#letter-{letters[2]}"
    )


def test_all_letters_of_a_cause_are_discarded_with_one_press_and_the_progress_is_shown(
    inside: Operator, redis: Redis
) -> None:
    dead = DeadLetters(redis)
    for number in range(45):
        dead.add("turn", USER, f"number {number}")
    dead.add("event", USER, "it ended its worker", event_id="01A")
    form = {"csrf": inside.form_token("/console/delivery"), "cause": "turn"}
    assert inside.client.post("/console/letters/all/discard", data=form).status_code == 303
    eventually(lambda: dead.count() == 1)
    eventually(lambda: redis.exists(bulk_lock()) == 0)
    html = inside.reads("delivery?cause=turn")
    assert "「処理に失敗しました」の45件を破棄しました。" in html
    assert 'http-equiv="refresh"' not in html


def test_action_on_all_that_is_running_or_was_interrupted_is_told(inside: Operator, redis: Redis) -> None:
    redis.set(bulk_lock(), "x")
    redis.set(bulk_progress(), msgspec.json.encode(Progress("resend", "quota", 300, 120, 3)))
    html = inside.reads("delivery?cause=quota")
    assert "300件のうち120件" in html
    assert 'http-equiv="refresh"' in html
    answer = inside.sends("letters/all/resend")
    assert "done=busy" in answer.headers["Location"]
    assert "ほかの一括操作" in inside.reads("delivery?done=busy")
    redis.delete(bulk_lock())
    html = inside.reads("delivery")
    assert "中断しました" in html
    assert 'http-equiv="refresh"' not in html


def test_every_cause_has_words_that_say_what_to_do() -> None:
    texts = console_texts().delivery.causes
    assert set(texts) == set(CAUSES)
    assert {one.text[-1] for one in texts.values()} == {"。"}


def test_redis_that_goes_away_is_said(inside: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    services = inside.client.application.extensions["services"]
    monkeypatch.setattr(services, "redis", Redis(port=1, retry=Retry(NoBackoff(), 0)))
    assert inside.client.get("/console/").status_code == 503


@pytest.mark.parametrize(("label", "words"), [("call", "ways"), ("outcome", "answers"), ("decision", "decisions")])
def test_whatever_becomes_of_a_delivery_has_a_word_of_its_own(label: str, words: str) -> None:
    said = getattr(console_texts().delivery, words)
    assert said.keys() == set(DELIVERIES.labels[label])
    assert len(set(said.values())) == len(said)


def tile(html: str, label: str) -> tuple[str, str, str]:
    """The tone, value and note of a tile."""
    found = re.search(rf'<div class="tile ([a-z]*)"><dt>{label}</dt><dd><b>([^<]*)</b>(?:<span>([^<]*)</span>)?', html)
    assert found, label
    return found[1], found[2], found[3] or ""


def test_nothing_looks_calm_while_no_worker_runs(inside: Operator, redis: Redis) -> None:
    tone, value, note = tile(inside.reads(), "動いているワーカー")
    assert (tone, value) == ("bad", "0")
    assert "madoguchi worker" in note
    Heartbeat(redis, "worker", "1.0+a").beat()
    Heartbeat(redis, "web", "1.0+a").beat()
    html = inside.reads()
    assert tile(html, "動いているワーカー") == ("", "1", "")
    assert tile(html, "動いているWeb") == ("", "1", "")
    assert tile(html, "動いている版") == ("", "1.0+a", "")
    assert tile(html, "Redisへの書き込み") == ("", "できます", "")


def test_two_releases_at_the_same_time_and_a_process_that_vanished_are_seen(inside: Operator, redis: Redis) -> None:
    for version in ("1.0", "2.0"):
        Heartbeat(redis, "worker", version).beat()
    gone = Heartbeat(redis, "worker", "1.0")
    gone.beat()
    stored: Any = redis.hget(heartbeats(), gone.id)
    record = bytes(stored).partition(b" ")[2].decode()
    redis.hset(heartbeats(), gone.id, f"{time.time() * 1000 - 120_000:.0f} {record}")
    html = inside.reads()
    assert tile(html, "動いている版")[:2] == ("warn", "2")
    assert tile(html, "動いているワーカー")[:2] == ("warn", "2")
    assert "2分前から応答がありません" in html


@pytest.mark.parametrize(
    ("ago", "seconds", "tones"), [(60, 0.2, ("", "")), (5 * 86400, 5.0, ("bad", "bad")), (86400, None, ("", ""))]
)
def test_last_event_and_answer_time_of_line_are_shown_and_red_if_they_should_be(
    inside: Operator, redis: Redis, ago: int, seconds: float | None, tones: tuple[str, str]
) -> None:
    redis.set(last_event(), f"{time.time() - ago:.0f}")
    if seconds:
        RecentActivity(redis).note({f"line_call_duration_seconds|reply|done|{seconds:g}": 40})
    html = inside.reads()
    event, speed = tile(html, "最後に届いたイベント"), tile(html, "LINEの応答時間（最近15分、95%）")
    assert (event[0], speed[0]) == tones
    assert re.fullmatch(r"(\d+/\d+ )?\d\d:\d\d", event[1])
    assert (speed[1] == "—") == (seconds is None)


def test_reference_that_a_user_was_told_leads_to_what_happened(inside: Operator, redis: Redis) -> None:
    trail = Trail(redis, lambda: Pseudonyms(SECRET_KEY))
    trail.add("01JD", Note("accepted", time.time(), "stored_woken", event_id="01JD"))
    trail.add("01JD", Note("answered", time.time() + 0.2, "apology", event_type="message", flow="precheck"))
    trail.add("01JD", Note("delivery", time.time() + 0.4, "reply done done", attempt=1, line_request_id="abc-1"))
    trail.flush()
    html = inside.reads(f"event?ref={trail.reference('01JD').lower()}")
    rows = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)[1:]
    assert ["受け付けた" in rows[0], "お詫びを返した" in rows[1], "返信 → 受け付けた → 完了" in rows[2]] == [True] * 3
    assert "abc-1" in rows[2]
    assert "01JD" in html


@pytest.mark.parametrize(
    ("typed", "said"), [("", "7日間の記録"), ("222222", "記録はありません"), ("%3Cb%3E", "6文字の英数字です")]
)
def test_what_is_no_reference_and_what_is_not_known_are_said(inside: Operator, typed: str, said: str) -> None:
    html = inside.reads(f"event?ref={typed}")
    assert said in html
    assert "<b>" not in html


def test_report_of_a_month_is_a_page_with_charts_and_two_files(inside: Operator, redis: Redis) -> None:
    day = RedisMetricsSink(redis)
    day.count(PRECHECK_STARTED, by=4)
    day.flush()
    month = f"{today_in_japan():%Y-%m}"
    html = inside.reads(f"report?month={month}")
    assert "利用状況の報告" in html
    assert "<svg" in html
    assert "いまの状態" not in html
    csv = inside.client.get(f"/console/report?month={month}&format=csv")
    assert csv.data.startswith(b"\xef\xbb\xbf")
    assert f"report-{month}.csv" in csv.headers["Content-Disposition"]
    xlsx = inside.client.get(f"/console/report?month={month}&format=xlsx")
    assert xlsx.data[:2] == b"PK"
    assert 'href="/console/report"' in inside.reads()


@pytest.mark.parametrize("month", ["2099-01", "2020-01", "x", "2026-13"])
def test_month_without_a_report_is_said(inside: Operator, month: str) -> None:
    answer = inside.client.get(f"/console/report?month={month}&format=csv")
    assert (answer.status_code, "その月の報告は作れません" in answer.text) == (400, True)
