"""What operators learn of unanswered questions, and what nobody does."""

from datetime import date, timedelta
from functools import partial

from redis import Redis

from bot.store.unanswered import A_DAY, Counted, UnansweredQuestions
from tests.servers import free_port

DAY = date(2026, 11, 24)


def _before(days: int) -> date:
    return DAY - timedelta(days=days)


def test_questions_are_counted_over_the_days_most_frequent_first(redis: Redis) -> None:
    for back, question in ((0, "ごみの日"), (1, "住民票"), (2, "住民票")):
        UnansweredQuestions(redis, partial(_before, back)).add(question, "none")
    found = UnansweredQuestions(redis, lambda: DAY).most_frequent()
    assert found == [Counted("住民票", "none", 2), Counted("ごみの日", "none", 1)]


def test_a_day_is_gone_after_ninety_days(redis: Redis) -> None:
    UnansweredQuestions(redis, lambda: DAY).add("住民票", "none")
    (key,) = redis.keys("*unanswered*")
    assert 89 * 86400 < redis.ttl(key) <= 90 * 86400


def test_flood_of_noise_ends(redis: Redis) -> None:
    questions = UnansweredQuestions(redis, lambda: DAY)
    for number in range(A_DAY + 50):
        questions.add(f"noise {number}", "none")
    questions.add("noise 1", "none")
    (key,) = redis.keys("*unanswered*")
    assert redis.hlen(key) == A_DAY
    assert questions.most_frequent(1) == [Counted("noise 1", "none", 2)]


def test_store_that_is_away_costs_the_count_and_not_the_answer() -> None:
    away = Redis(port=free_port(), socket_connect_timeout=0.2)
    UnansweredQuestions(away, lambda: DAY).add("住民票", "none")
