"""Counting within a process: nothing lost between threads, no label that was not agreed on."""

import threading

import pytest

from bot.metrics import catalogue as figures
from bot.metrics.catalogue import MetricEvent
from bot.metrics.counters import FREE_VALUES, MetricCounters


def test_counts_add_up_until_they_are_drained() -> None:
    tally = MetricCounters()
    tally.count(figures.TURNS, "message", "played")
    tally.count(figures.TURNS, "message", "played", by=2)
    tally.record(MetricEvent(figures.STARTED), MetricEvent(figures.VERDICT, ("ready",)))
    assert tally.drain() == {"turns|message|played": 3, "precheck_started": 1, "precheck_verdicts|ready": 1}
    assert tally.drain() == {}


@pytest.mark.parametrize("value", ["", "U" + "a" * 32, "横浜市", "played|x", "x" * 10_000])
def test_value_that_is_not_in_the_catalogue_counts_as_other(value: str) -> None:
    tally = MetricCounters()
    tally.count(figures.TURNS, value, "played")
    tally.time(figures.TURN, 0.1, value)
    assert set(tally.drain()) == {"turns|other|played", "turn_seconds|other|0.1", "turn_seconds|other|sum"}


@pytest.mark.parametrize("values", [(), ("message",), ("message", "played", "too", "many")])
def test_labels_too_few_or_too_many_break_nothing(values: tuple[str, ...]) -> None:
    tally = MetricCounters()
    tally.count(figures.TURNS, *values)
    assert [name.count("|") for name in tally.drain()] == [2]


@pytest.mark.parametrize("entry", ["横浜市", "a|b", "A", "", "x" * 41, "plan fee"])
def test_entry_that_cannot_be_an_id_counts_as_other(entry: str) -> None:
    tally = MetricCounters()
    tally.count(figures.ENTRIES, entry)
    assert tally.drain() == {"entries_shown|other": 1}


def test_entries_told_apart_are_bounded() -> None:
    tally = MetricCounters()
    for number in range(FREE_VALUES + 50):
        tally.count(figures.ENTRIES, f"entry_{number}")
    counts = tally.drain()
    assert (len(counts), counts["entries_shown|other"]) == (FREE_VALUES + 1, 50)


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [(0.0, "0.0005"), (0.0005, "0.0005"), (0.00051, "0.001"), (2.0, "2"), (2.1, "+Inf"), (-5.0, "0.0005")],
)
def test_observation_falls_into_the_first_bucket_that_holds_it(seconds: float, bucket: str) -> None:
    tally = MetricCounters()
    tally.time(figures.ACCEPTANCE, seconds)
    counts = tally.drain()
    assert counts == {f"webhook_seconds|{bucket}": 1, "webhook_seconds|sum": max(0, int(seconds * 1_000_000))}


def test_threads_lose_no_count() -> None:
    tally = MetricCounters()
    found: list[int] = []

    def work() -> None:
        for _ in range(2000):
            tally.count(figures.STARTED)
            tally.time(figures.TURN, 0.001, "message")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        found.append(tally.drain().get("precheck_started", 0))
    found.append(tally.drain().get("precheck_started", 0))
    assert sum(found) == 8000
