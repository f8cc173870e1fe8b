"""What a step of rising load says of a bot that keeps up, falls behind or loses something."""

import pytest

from bench.end_to_end import Step

RATE = 100
DUE = {f"{number}": 5 + number / RATE for number in range(400)}


def test_a_bot_that_keeps_up_answers_at_the_rate() -> None:
    step = Step.of(DUE, {token: due + 0.02 for token, due in DUE.items()}, RATE, cpu=0.4)
    assert step.held
    assert step.answered == pytest.approx(RATE, rel=0.01)
    assert (step.p50, step.p99, step.cpu) == pytest.approx((20, 20, 1000))


def test_a_bot_that_falls_behind_answers_less_than_the_rate() -> None:
    arrivals = {token: 5 + (due - 5) * 2 for token, due in DUE.items()}
    step = Step.of(DUE, arrivals, RATE, cpu=0.4)
    assert not step.held
    assert step.share == 1
    assert step.answered == pytest.approx(RATE / 2, rel=0.01)


def test_a_bot_that_loses_two_in_a_hundred_does_not_hold_the_rate() -> None:
    arrivals = {token: due + 0.02 for token, due in DUE.items() if int(token) % 50}
    assert not Step.of(DUE, arrivals, RATE, cpu=0.4).held


def test_a_bot_that_answers_nothing_has_answered_nothing() -> None:
    step = Step.of(DUE, {}, RATE, cpu=0.4)
    assert (step.held, step.answered, step.share) == (False, 0, 0)
