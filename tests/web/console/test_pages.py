"""The console's pages: the figures in words and charts, the dead letters, and nothing of any user."""

import re
from datetime import UTC, datetime

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.content.console_texts import console_texts
from bot.metrics.catalogue import DELIVERIES
from bot.runtime.clock import today_in_japan
from bot.store.keys import UserKeys
from bot.store.queue.dead_letters import DeadLetters
from bot.store.unanswered import UnansweredQuestions
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
    assert answer.headers["Location"] == "/console/delivery?done=discarded"
    assert "送れなかったものはありません" in inside.reads("delivery?done=discarded")


def test_letter_that_is_not_there_is_said(inside: Operator) -> None:
    answer = inside.sends(f"letters/{'0' * 20}/resend")
    assert answer.headers["Location"] == "/console/delivery?done=no_letter"
    assert "もう一覧にありません" in inside.reads("delivery?done=no_letter")


def test_what_an_address_claims_to_have_been_done_is_not_repeated(inside: Operator) -> None:
    assert "hacked" not in inside.reads("delivery?done=hacked")


def test_more_letters_than_a_page_holds_are_counted(inside: Operator, redis: Redis) -> None:
    for number in range(60):
        DeadLetters(redis).add("turn", USER, f"number {number}")
    html = inside.reads("delivery")
    assert html.count('class="letter"') == 50
    assert "全60件" in html


def test_redis_that_goes_away_is_said(inside: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    services = inside.client.application.extensions["services"]
    monkeypatch.setattr(services, "redis", Redis(port=1, retry=Retry(NoBackoff(), 0)))
    assert inside.client.get("/console/").status_code == 503


@pytest.mark.parametrize(("label", "words"), [("call", "ways"), ("outcome", "answers"), ("decision", "decisions")])
def test_whatever_becomes_of_a_delivery_has_a_word_of_its_own(label: str, words: str) -> None:
    said = getattr(console_texts().delivery, words)
    assert said.keys() == set(DELIVERIES.labels[label])
    assert len(set(said.values())) == len(said)
