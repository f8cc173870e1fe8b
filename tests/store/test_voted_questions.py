"""What operators learn of votes on answers, and what nobody does."""

from datetime import date, timedelta

from redis import Redis

from bot.store.unanswered import A_DAY
from bot.store.voted_questions import VotedQuestions, Votes
from tests.servers import free_port

DAY = date(2026, 11, 24)


def test_votes_are_counted_over_the_days_with_the_answer_that_was_wrong_most(redis: Redis) -> None:
    for back, entry, helpful in ((1, "a", False), (0, "b", False), (0, "b", False), (2, "a", True)):
        VotedQuestions(redis, lambda back=back: DAY - timedelta(back)).add("料金", entry, helpful=helpful)  # type: ignore[misc]  # a day each
    assert VotedQuestions(redis, lambda: DAY).all() == {"料金": Votes("料金", 1, 3, DAY, "b")}


def test_single_vote_is_shown_to_nobody(redis: Redis) -> None:
    votes = VotedQuestions(redis, lambda: DAY)
    votes.add("一度だけ", "a", helpful=False)
    assert votes.all() == {}


def test_question_that_only_helped_names_no_wrong_answer(redis: Redis) -> None:
    votes = VotedQuestions(redis, lambda: DAY)
    for _ in range(2):
        votes.add("料金", "a", helpful=True)
    assert votes.all()["料金"].entry == ""


def test_flood_is_cut_off_and_what_cannot_be_read_is_left_out(redis: Redis) -> None:
    votes = VotedQuestions(redis, lambda: DAY)
    votes.add("料金", "a", helpful=True)
    (key,) = redis.keys("mado:voted:*")
    redis.hset(key, mapping={f"x{number}": 1 for number in range(A_DAY)})
    votes.add("新しい質問", "a", helpful=True)
    votes.add("料金", "a", helpful=True)
    assert list(votes.all()) == ["料金"]
    assert 0 < redis.ttl(key) <= 90 * 86_400


def test_redis_that_is_away_stops_no_turn() -> None:
    VotedQuestions(Redis(port=free_port()), lambda: DAY).add("料金", "a", helpful=True)
