"""Counts read back: sum_days up by label, and quantiles as Prometheus would estimate them."""

import pytest

from bot.metrics import catalogue
from bot.metrics.aggregates import Aggregates, samples, sum_days
from bot.metrics.counters import MetricCounters


def counted() -> MetricCounters:
    counters = MetricCounters()
    for way, outcome, decision, times in (
        ("reply", "done", "done", 5),
        ("reply", "unknown", "retry", 2),
        ("push", "done", "done", 1),
        ("push", "refused", "give_up", 1),
    ):
        counters.count(catalogue.DELIVERIES, way, outcome, decision, by=times)
    return counters


def test_totals_go_over_all_labels_but_the_named() -> None:
    totals = Aggregates(counted().drain())
    assert totals.total(catalogue.DELIVERIES) == 9
    assert totals.total(catalogue.DELIVERIES, call="reply") == 7
    assert totals.total(catalogue.DELIVERIES, call="reply", decision="done") == 5
    assert totals.total(catalogue.DELIVERIES, decision=("retry", "give_up")) == 3
    assert totals.total(catalogue.TURNS) == 0


def test_counts_are_told_apart_by_the_labels_asked_for() -> None:
    assert Aggregates(counted().drain()).by(catalogue.DELIVERIES, "decision", call="push") == {
        ("done",): 1,
        ("give_up",): 1,
    }


def test_days_add_up() -> None:
    days = [counted().drain(), {}, counted().drain()]
    assert Aggregates(sum_days(days)).total(catalogue.DELIVERIES) == 18


def test_quantiles_lie_where_the_observations_do() -> None:
    counters = MetricCounters()
    for hundredths in range(1, 101):
        counters.observe(catalogue.WEBHOOK_DURATION, hundredths / 100)  # evenly up to a second
    assert Aggregates(counters.drain()).quantiles(catalogue.WEBHOOK_DURATION, 0.5, 0.95, 0.99) == pytest.approx(
        (0.5, 0.95, 0.99)
    )


def test_nothing_measured_is_no_zero() -> None:
    assert Aggregates({}).quantiles(catalogue.WEBHOOK_DURATION, 0.5) == (None,)


def test_what_lies_above_all_bounds_is_at_least_the_last() -> None:
    counters = MetricCounters()
    counters.observe(catalogue.WEBHOOK_DURATION, 60)
    assert Aggregates(counters.drain()).quantiles(catalogue.WEBHOOK_DURATION, 0.5, 0.99) == (2.0, 2.0)


def test_number_of_observations_does_not_hold_their_sum() -> None:
    counters = MetricCounters()
    counters.observe(catalogue.TURN_DURATION, 0.003, "message")
    counters.observe(catalogue.TURN_DURATION, 0.5, "postback")
    totals = Aggregates(counters.drain())
    assert (totals.total(catalogue.TURN_DURATION), totals.total(catalogue.TURN_DURATION, event="message")) == (2, 1)


@pytest.mark.parametrize(
    "name", ["of_the_next_release|x", "turns|message", "turns", "turn_duration_seconds|message", ""]
)
def test_field_of_another_release_is_left_out(name: str) -> None:
    assert list(samples({name: 1})) == []
