"""What operators learn of unanswered questions, and what nobody does."""

from datetime import date, timedelta
from functools import partial

from redis import Redis

from bot.store.unanswered import A_DAY, Asked, AskedOften, Counted, UnansweredQuestions
from tests.servers import free_port

DAY = date(2026, 11, 24)


def _before(days: int) -> date:
    return DAY - timedelta(days=days)


def test_questions_are_counted_over_the_days_most_frequent_first(redis: Redis) -> None:
    for back, question in ((0, "ごみの日"), (1, "住民票"), (2, "住民票")):
        UnansweredQuestions(redis, partial(_before, back)).add(question, "none")
    found = UnansweredQuestions(redis, lambda: DAY).most_frequent()
    assert found == Asked((Counted("住民票", "none", 2),), once=1)


def test_question_is_shown_from_its_second_asking_on(redis: Redis) -> None:
    """Alone it may say who asked, whatever is masked in it; then only that there was one is told."""
    questions = UnansweredQuestions(redis, lambda: DAY)
    questions.add("甲斐谷の住民票", "none")
    assert questions.most_frequent() == Asked((), once=1)
    UnansweredQuestions(redis, partial(_before, -1)).add("甲斐谷の住民票", "none")
    assert UnansweredQuestions(redis, partial(_before, -1)).most_frequent() == Asked(
        (Counted("甲斐谷の住民票", "none", 2),), once=0
    )
    assert questions.most_frequent(days=1) == Asked((), once=1)  # within that day it came once


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
    assert questions.most_frequent(1) == Asked((Counted("noise 1", "none", 2),), once=A_DAY - 1)


def test_store_that_is_away_costs_the_count_and_not_the_answer() -> None:
    away = Redis(port=free_port(), socket_connect_timeout=0.2)
    UnansweredQuestions(away, lambda: DAY).add("住民票", "none")


def test_question_is_listed_with_what_was_shown_and_its_last_day(redis: Redis) -> None:
    for back, outcome in ((3, "none"), (1, "choices"), (3, "none")):
        UnansweredQuestions(redis, partial(_before, back)).add("住民票", outcome)
    UnansweredQuestions(redis, lambda: DAY).add("ごみの日", "none")
    assert UnansweredQuestions(redis, lambda: DAY).often() == [AskedOften("住民票", 2, 1, _before(1))]
