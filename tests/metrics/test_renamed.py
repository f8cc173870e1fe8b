"""Counts that an earlier release stored are read under the names of today, and none twice."""

import pytest

from bot.metrics import catalogue
from bot.metrics.aggregates import samples
from bot.metrics.catalogue import COUNTED
from bot.metrics.counters import MetricCounters
from bot.metrics.renamed import _METRICS, _VALUES, current_name


@pytest.mark.parametrize(
    ("stored", "today"),
    [
        ("webhook_seconds|0.0005", "webhook_duration_seconds|0.0005"),
        ("webhook_seconds|+Inf", "webhook_duration_seconds|+Inf"),
        ("turn_seconds|message|sum", "turn_duration_seconds|message|sum"),
        ("turn_phase_seconds|load|0.001", "turn_phase_duration_seconds|load|0.001"),
        ("waiting_seconds|0.05", "queue_wait_seconds|0.05"),
        ("answer_seconds|60", "end_to_end_seconds|60"),
        ("line_call_seconds|reply|unsent|0.01", "line_call_duration_seconds|reply|not_sent|0.01"),
        ("line_call_seconds|reply|maybe_token|sum", "line_call_duration_seconds|reply|token_suspected|sum"),
        ("events|ring", "events|stored_woken"),
        ("events|queued", "events|stored"),
        ("events|full", "events|inbox_full"),
        ("events|fast", "events|rate_limited"),
        ("events|ignored", "events|suppressed"),
        ("turns|message|played", "turns|message|ok"),
        ("turns|other|put_aside", "turns|other|unreadable"),
        ("deliveries|reply|unsent|again", "deliveries|reply|not_sent|retry"),
        ("deliveries|push|maybe_token|dead", "deliveries|push|token_suspected|give_up"),
        ("holds_lost", "leases_lost"),
        ("mail_left", "processing_deferred"),
        ("swept_users", "sweeper_wakeups"),
        ("dead_letters|delivery", "dead_letters_added|delivery"),
        ("precheck_codes|given", "resume_codes|published"),
        ("precheck_codes|taken", "resume_codes|redeemed"),
        ("menu_links|resume|left", "menu_links|resume|unchanged"),
        ("webhook_requests|crowded", "webhook_requests|overloaded"),
    ],
)
def test_count_of_an_earlier_release_has_its_name_of_today(stored: str, today: str) -> None:
    assert current_name(stored) == today
    assert [sample.metric.name for sample in samples({today: 1})] == [today.split("|", maxsplit=1)[0]], (
        "not in the catalogue"
    )


@pytest.mark.parametrize(
    "name",
    [
        "turns|message|unsent",
        "deliveries|push|done|done",
        "sheets|opened",
        "precheck_started",
        "",
        "|",
        "no|such|field",
    ],
)
def test_count_that_was_not_renamed_keeps_its_name(name: str) -> None:
    assert current_name(name) == name


@pytest.mark.parametrize("name", ["events", "turns|message", "deliveries|reply", "line_call_seconds|reply"])
def test_field_with_too_few_labels_breaks_nothing(name: str) -> None:
    assert list(samples({current_name(name): 1})) == []


def test_what_is_counted_today_is_never_renamed() -> None:
    counters = MetricCounters()
    for metric in COUNTED:
        for label, values in enumerate(metric.labels.values()):
            for value in values or ("plan_fee",):
                given = [(others or ("plan_fee",))[0] for others in metric.labels.values()]
                given[label] = value
                if metric.kind == "histogram":
                    counters.observe(metric, 0.1, *given)
                else:
                    counters.count(metric, *given)
        if not metric.labels and metric.kind == "counter":
            counters.count(metric)
    counts = counters.drain()
    assert len(counts) > 100
    assert {name: current_name(name) for name in counts} == {name: name for name in counts}


def test_every_new_name_is_in_the_catalogue_and_no_old_one_is() -> None:
    assert set(_METRICS.values()) <= set(catalogue.BY_NAME)
    assert not set(_METRICS) & set(catalogue.BY_NAME)
    for name, labels in _VALUES.items():
        for label, values in labels.items():
            allowed = catalogue.BY_NAME[name].labels[label]
            assert set(values.values()) <= set(allowed), name
            assert not set(values) & set(allowed), name
