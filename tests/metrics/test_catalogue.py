"""The catalogue says everything once, in names Prometheus takes, and knows the words the bot really uses."""

import re
from typing import get_args

from bot.content.knowledge import load_knowledge
from bot.delivery.outbox_entry import Decision
from bot.domain.eligibility import Verdict
from bot.flows.precheck.flow import PRECHECK
from bot.flows.precheck.steps import ORDER
from bot.line.outcomes import Kind
from bot.metrics import catalogue
from bot.metrics.counters import MAX_OPEN_VALUES
from bot.store.queue.inbox import Acceptance

ALL = (*catalogue.COUNTED, *catalogue.GAUGES)


def test_every_metric_that_is_declared_is_in_the_catalogue() -> None:
    declared = [value for value in vars(catalogue).values() if isinstance(value, catalogue.Metric)]
    assert set(map(id, declared)) == set(map(id, ALL))


def test_names_are_unique_and_such_as_prometheus_takes() -> None:
    names = [metric.exposed_name for metric in ALL]
    assert len(set(names)) == len(names)
    for metric in ALL:
        assert re.fullmatch(r"madoguchi_[a-z_]+", metric.exposed_name), metric
        assert all(re.fullmatch(r"[a-z_]+", label) for label in metric.labels), metric
        assert metric.help, metric
        assert not metric.help.endswith("."), metric


def test_histograms_have_rising_bounds_and_are_named_for_their_unit() -> None:
    for metric in ALL:
        assert bool(metric.buckets) == (metric.kind == "histogram"), metric
        assert list(metric.buckets) == sorted(set(metric.buckets)), metric
        assert metric.name.endswith("_seconds") or metric.kind != "histogram", metric


def test_no_metric_has_more_series_than_prometheus_handles_easily() -> None:
    for metric in catalogue.COUNTED:
        series = 1
        for values in metric.labels.values():
            series *= len(values) or len(load_knowledge().entries)
        assert series <= 150, metric


def test_steps_and_verdicts_are_those_of_the_pre_check() -> None:
    assert (*ORDER, "review") == catalogue.STEPS
    assert set(catalogue.STEPS) == set(PRECHECK.steps)
    assert set(catalogue.VERDICTS) == {verdict.value for verdict in Verdict}


def test_outcomes_are_those_of_inbox_line_and_delivery() -> None:
    assert set(get_args(Acceptance)) <= set(catalogue.EVENTS.labels["outcome"])
    assert set(get_args(Kind)) == set(catalogue.LINE_OUTCOMES)
    assert set(get_args(Decision.__annotations__["do"])) == set(catalogue.DELIVERIES.labels["decision"])


def test_every_entry_of_the_knowledge_can_be_counted() -> None:
    entries = load_knowledge().entries
    assert len(entries) < MAX_OPEN_VALUES
    assert all(re.fullmatch(r"[a-z0-9_-]{1,40}", entry.id) for entry in entries)
