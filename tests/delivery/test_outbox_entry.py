"""Every outcome of a call to LINE, and what it makes of the entry."""

import pytest
from msgspec import structs

from bot.delivery.outbox_entry import MAX_DENIALS, OutboxEntry, decide
from bot.line.outcomes import Kind, Outcome
from bot.runtime.limits import LIMITS

NOW = 1_800_000_000_000


def entry(**changes: object) -> OutboxEntry:
    fresh = OutboxEntry.new(
        event_id="E1", to="U1", token="token", messages=[{"type": "text", "text": "答"}], now_ms=NOW
    )
    return structs.replace(fresh, **changes)


def after(
    kind: Kind, *, status: int | None = 400, reason: str = "", now: int = NOW, **changes: object
) -> tuple[str, OutboxEntry]:
    decision = decide(entry(**changes), Outcome(kind, status, "R1", reason), now)
    return decision.do, decision.entry


def test_delivered_is_done() -> None:
    assert after("done", status=200)[0] == "done"


def test_timeout_is_tried_again_with_the_same_token_after_a_while() -> None:
    do, tried = after("unknown", status=None)
    assert (do, tried.push, tried.has_unknown_attempt, tried.attempts_finished) == ("retry", False, True, 1)
    assert tried.not_before_ms == NOW + LIMITS.delivery_backoff_seconds[0] * 1000


def test_waits_grow_with_each_attempt() -> None:
    waits = [after("unknown", status=503, attempts_started=begun)[1].not_before_ms - NOW for begun in range(1, 30)]
    assert waits == sorted(waits)
    assert waits[-1] == LIMITS.delivery_backoff_seconds[-1] * 1000


def test_invalid_token_after_an_unknown_outcome_means_that_it_arrived() -> None:
    assert after("invalid_token", has_unknown_attempt=True, token_issued_ms=NOW)[0] == "done"


def test_invalid_token_after_a_failure_means_that_it_arrived_while_the_token_would_still_be_good() -> None:
    assert after("invalid_token", has_failed_attempt=True, token_issued_ms=NOW, now=NOW + 50_000)[0] == "done"


def test_line_that_fails_for_longer_than_a_token_lives_costs_no_answer() -> None:
    do, tried = after("invalid_token", has_failed_attempt=True, token_issued_ms=NOW, now=NOW + 70_000)
    assert (do, tried.push) == ("retry", True)


def test_attempt_that_began_when_the_token_was_gone_has_not_arrived() -> None:
    do, tried = after("invalid_token", has_unknown_attempt=True, token_issued_ms=NOW - 70_000)
    assert (do, tried.push) == ("retry", True)


def test_doubt_that_arose_when_the_token_was_gone_is_none_about_an_attempt_that_clearly_failed_before() -> None:
    unsent = after("not_sent", status=None, token_issued_ms=NOW)[1]
    late = NOW + 70_000
    cut_off = decide(unsent.with_new_attempt(late), Outcome("unknown"), late).entry
    refused = decide(cut_off.with_new_attempt(late + 500), Outcome("invalid_token", 400), late + 500)
    assert (refused.do, refused.entry.push) == ("retry", True)


def test_attempt_that_died_with_its_worker_while_the_token_was_good_has_arrived_where_that_is_refused_later() -> None:
    again = entry(token_issued_ms=NOW).with_new_attempt(NOW + 70_000)
    assert decide(again, Outcome("invalid_token", 400), NOW + 70_000).do == "done"


def test_token_of_an_age_that_nobody_knows_proves_nothing() -> None:
    do, tried = after("invalid_token", has_unknown_attempt=True, has_failed_attempt=True, token_issued_ms=0)
    assert (do, tried.push) == ("retry", True)


def test_date_of_a_sample_is_no_age_of_a_token() -> None:
    sample = OutboxEntry.new(event_id="E", to="U", token="t", messages=[], now_ms=NOW, asked_ms=1_462_629_479_859)
    assert sample.token_issued_ms == 0


def test_connection_that_was_never_made_leaves_no_doubt() -> None:
    do, tried = after("not_sent", status=None)
    assert (do, tried.has_unknown_attempt, tried.has_failed_attempt) == ("retry", False, False)
    assert tried.not_before_ms == NOW + LIMITS.delivery_backoff_seconds[0] * 1000


def test_refusal_that_only_the_token_explains_becomes_a_push_even_after_an_unknown_outcome() -> None:
    do, tried = after("token_suspected", has_unknown_attempt=True)
    assert (do, tried.push) == ("retry", True)


def test_token_that_expired_before_the_first_attempt_becomes_one_push_at_once() -> None:
    do, tried = after("invalid_token")
    assert (do, tried.push, tried.not_before_ms) == ("retry", True, 0)


def test_push_keeps_the_retry_key_it_was_given_at_the_start() -> None:
    original = entry()
    decision = decide(original, Outcome("invalid_token", 400), NOW)
    assert decision.entry.retry_key == original.retry_key


def test_refused_messages_are_sent_once_more_as_plain_text_under_a_key_of_their_own() -> None:
    do, tried = after("refused", reason="A message (messages[0]) in the request body is invalid")
    assert (do, tried.fallback) == ("retry", True)
    assert tried.retry_key != entry().retry_key


def test_plain_text_that_is_refused_too_is_dead_with_its_reason() -> None:
    decision = decide(entry(fallback=True), Outcome("refused", 400, "R1", "bad"), NOW)
    assert (decision.do, decision.reason, decision.line_request_id) == ("give_up", "400: bad", "R1")


@pytest.mark.parametrize("status", [401, 403, 404, 409, 415, 451])
def test_denial_that_says_nothing_about_the_messages_is_tried_again_with_the_same_token(status: int) -> None:
    do, tried = after("denied", status=status, attempts_started=30, denied=30)
    assert (do, tried.push, tried.fallback, tried.in_doubt) == ("retry", False, False, False)
    assert tried.not_before_ms == NOW + LIMITS.delivery_backoff_seconds[-1] * 1000


def test_entry_that_alone_is_denied_again_and_again_is_dead_with_its_reason() -> None:
    denied = Outcome("denied", 403, "R1", "not allowed")
    tried = entry()
    for _ in range(MAX_DENIALS - 1):
        decision = decide(tried, denied, NOW, others_accepted=True)
        assert decision.do == "retry"
        tried = decision.entry.with_new_attempt(NOW)
    last = decide(tried, denied, NOW, others_accepted=True)
    assert (last.do, last.reason, last.status, last.line_request_id) == ("give_up", "403: not allowed", 403, "R1")


def test_refused_token_is_never_taken_for_a_fault_of_the_entry() -> None:
    decision = decide(entry(denied=99), Outcome("denied", 401), NOW, others_accepted=True)
    assert decision.do == "retry"


def test_denial_is_given_up_after_a_day() -> None:
    assert after("denied", status=401, now=NOW + 25 * 3600 * 1000)[0] == "give_up"


def test_rate_limit_waits_and_leaves_no_doubt_about_the_attempt() -> None:
    do, tried = after("throttled", status=429, reason="The API rate limit has been exceeded.")
    assert (do, tried.has_unknown_attempt) == ("retry", False)


def test_monthly_quota_is_waited_for_like_a_rate_limit_and_noted() -> None:
    decision = decide(entry(), Outcome("throttled", 429, "R1", "You have reached your monthly limit."), NOW)
    assert (decision.do, decision.entry.over_quota, decision.left_open) == ("retry", True, False)
    assert not decide(decision.entry, Outcome("not_sent"), NOW).entry.over_quota


@pytest.mark.parametrize("ahead", [90_000, 7_200_000], ids=["90 s", "2 h"])
def test_times_of_before_the_clock_was_set_back_are_not_believed(ahead: int) -> None:
    failed = decide(entry(token_issued_ms=NOW), Outcome("failed", 500), NOW).entry
    later = NOW - ahead + 1000
    assert failed.is_waiting(NOW + 400)
    assert not failed.is_waiting(later)
    known = failed.without_future_times(later)
    assert (known.age_unknown, known.created_ms, known.token_issued_ms) == (True, later, 0)
    assert known.not_before_ms == later
    assert decide(known.with_new_attempt(later), Outcome("invalid_token", 400), later).entry.push


@pytest.mark.parametrize("field", ["created_ms", "attempt_started_ms", "first_unknown_attempt_ms"])
def test_one_time_that_lies_ahead_is_enough_to_doubt_the_tokens_age(field: str) -> None:
    assert entry(**{field: NOW + 3000}).without_future_times(NOW).age_unknown
    assert not entry(**{field: NOW + 1000}).without_future_times(NOW).age_unknown, "so little is a correction"


def test_age_of_a_token_below_nothing_is_none() -> None:
    do, tried = after(
        "invalid_token", has_unknown_attempt=True, first_unknown_attempt_ms=NOW, token_issued_ms=NOW + 90_000
    )
    assert (do, tried.push) == ("retry", True)
    do, tried = after("invalid_token", has_failed_attempt=True, token_issued_ms=NOW + 90_000)
    assert (do, tried.push) == ("retry", True)


def test_entry_of_a_clock_that_was_ahead_is_given_up_after_a_day_of_the_right_one() -> None:
    known = entry(created_ms=NOW + 365 * 86_400_000).without_future_times(NOW)
    assert known.too_old(NOW + 25 * 3600 * 1000)
    assert not known.too_old(NOW + 23 * 3600 * 1000)


def test_after_a_day_the_retry_key_is_worth_nothing_and_the_entry_is_dead() -> None:
    assert after("unknown", status=None, now=NOW + 25 * 3600 * 1000)[0] == "give_up"


def test_attempt_that_died_with_its_worker_has_an_unknown_outcome() -> None:
    assert entry().with_new_attempt(NOW).has_unknown_attempt


def test_attempt_whose_outcome_is_known_leaves_none() -> None:
    throttled = after("throttled", status=429)[1]
    assert not throttled.with_new_attempt(NOW).has_unknown_attempt


def test_entry_without_a_token_is_a_push_from_the_start() -> None:
    assert OutboxEntry.new(event_id="E", to="U", token="", messages=[], now_ms=NOW).push


@pytest.mark.parametrize("known", [True, False], ids=["LINE knows its key", "another key"])
def test_sent_again_by_an_operator_it_begins_anew_as_a_push(known: bool) -> None:
    dead = entry(
        has_unknown_attempt=known,
        attempts_started=9,
        attempts_finished=9,
        not_before_ms=NOW + 5,
        event_ms=NOW - 9,
        token_issued_ms=NOW,
    )
    again = dead.for_resend(NOW + 1000)
    assert (again.attempts_started, again.attempts_finished, again.not_before_ms, again.event_ms) == (0, 0, 0, 0)
    assert (again.push, again.reply_token, again.messages) == (True, "", dead.messages)
    assert (again.retry_key == dead.retry_key, again.created_ms == dead.created_ms) == (known, known)


@pytest.mark.parametrize("stored", [b"", b"[]", b"{}", b"null", b'{"id": 1', entry().stored().replace(b'"U1"', b"7")])
def test_what_is_no_entry_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        OutboxEntry.read(stored)


def test_an_entry_is_read_as_it_was_stored() -> None:
    written = entry(has_unknown_attempt=True, extra_fields={"of a newer release": [1]})
    assert OutboxEntry.read(written.stored()) == written
