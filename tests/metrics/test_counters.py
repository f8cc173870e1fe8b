"""Counting within a process: nothing lost between threads, no label that was not agreed on."""

import threading

import pytest

from bot.metrics import catalogue
from bot.metrics.catalogue import MetricEvent
from bot.metrics.counters import MAX_OPEN_VALUES, MetricCounters


def test_counts_add_up_until_they_are_drained() -> None:
    counters = MetricCounters()
    counters.count(catalogue.TURNS, "message", "ok")
    counters.count(catalogue.TURNS, "message", "ok", by=2)
    counters.record(MetricEvent(catalogue.PRECHECK_STARTED), MetricEvent(catalogue.PRECHECK_VERDICTS, ("ready",)))
    assert counters.drain() == {"turns|message|ok": 3, "precheck_started": 1, "precheck_verdicts|ready": 1}
    assert counters.drain() == {}


@pytest.mark.parametrize("value", ["", "U" + "a" * 32, "横浜市", "played|x", "x" * 10_000])
def test_value_that_is_not_in_the_catalogue_counts_as_other(value: str) -> None:
    counters = MetricCounters()
    counters.count(catalogue.TURNS, value, "ok")
    counters.observe(catalogue.TURN_DURATION, 0.1, value)
    assert set(counters.drain()) == {
        "turns|other|ok",
        "turn_duration_seconds|other|0.1",
        "turn_duration_seconds|other|sum",
    }


@pytest.mark.parametrize("values", [(), ("message",), ("message", "ok", "too", "many")])
def test_labels_too_few_or_too_many_break_nothing(values: tuple[str, ...]) -> None:
    counters = MetricCounters()
    counters.count(catalogue.TURNS, *values)
    assert [name.count("|") for name in counters.drain()] == [2]


@pytest.mark.parametrize("entry", ["横浜市", "a|b", "A", "", "x" * 41, "plan fee"])
def test_entry_that_cannot_be_an_id_counts_as_other(entry: str) -> None:
    counters = MetricCounters()
    counters.count(catalogue.ENTRIES_SHOWN, entry)
    assert counters.drain() == {"entries_shown|other": 1}


def test_entries_told_apart_are_bounded() -> None:
    counters = MetricCounters()
    for number in range(MAX_OPEN_VALUES + 50):
        counters.count(catalogue.ENTRIES_SHOWN, f"entry_{number}")
    counts = counters.drain()
    assert (len(counts), counts["entries_shown|other"]) == (MAX_OPEN_VALUES + 1, 50)


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [(0.0, "0.0005"), (0.0005, "0.0005"), (0.00051, "0.001"), (2.0, "2"), (2.1, "+Inf"), (-5.0, "0.0005")],
)
def test_observation_falls_into_the_first_bucket_that_holds_it(seconds: float, bucket: str) -> None:
    counters = MetricCounters()
    counters.observe(catalogue.WEBHOOK_DURATION, seconds)
    counts = counters.drain()
    assert counts == {
        f"webhook_duration_seconds|{bucket}": 1,
        "webhook_duration_seconds|sum": max(0, int(seconds * 1_000_000)),
    }


def test_threads_lose_no_count() -> None:
    counters = MetricCounters()
    found: list[int] = []

    def work() -> None:
        for _ in range(2000):
            counters.count(catalogue.PRECHECK_STARTED)
            counters.observe(catalogue.TURN_DURATION, 0.001, "message")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        found.append(counters.drain().get("precheck_started", 0))
    found.append(counters.drain().get("precheck_started", 0))
    assert sum(found) == 8000
