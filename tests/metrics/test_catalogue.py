"""The catalogue says everything once, in names Prometheus takes, and knows the words the bot really uses."""

import re
from typing import get_args

from bot.content.knowledge import load_knowledge
from bot.delivery.outbox_entry import Decision
from bot.domain.eligibility import Verdict
from bot.flows.precheck.flow import PRECHECK
from bot.flows.precheck.steps import ORDER
from bot.line.outcomes import Kind
from bot.metrics import catalogue as figures
from bot.metrics.counters import FREE_VALUES
from bot.store.queue.inbox import Acceptance

ALL = (*figures.COUNTED, *figures.GAUGES)


def test_every_figure_that_is_declared_is_in_the_catalogue() -> None:
    declared = [value for value in vars(figures).values() if isinstance(value, figures.Metric)]
    assert set(map(id, declared)) == set(map(id, ALL))


def test_names_are_unique_and_such_as_prometheus_takes() -> None:
    names = [figure.exported for figure in ALL]
    assert len(set(names)) == len(names)
    for figure in ALL:
        assert re.fullmatch(r"madoguchi_[a-z_]+", figure.exported), figure
        assert all(re.fullmatch(r"[a-z_]+", label) for label in figure.labels), figure
        assert figure.help, figure
        assert not figure.help.endswith("."), figure


def test_histograms_have_rising_bounds_and_are_named_for_their_unit() -> None:
    for figure in ALL:
        assert bool(figure.buckets) == (figure.kind == "histogram"), figure
        assert list(figure.buckets) == sorted(set(figure.buckets)), figure
        assert figure.name.endswith("_seconds") or figure.kind != "histogram", figure


def test_no_figure_has_more_series_than_a_prometheus_carries_lightly() -> None:
    for figure in figures.COUNTED:
        series = 1
        for values in figure.labels.values():
            series *= len(values) or len(load_knowledge().entries)
        assert series <= 150, figure


def test_steps_and_verdicts_are_those_of_the_pre_check() -> None:
    assert (*ORDER, "review") == figures.STEPS
    assert set(figures.STEPS) == set(PRECHECK.steps)
    assert set(figures.VERDICTS) == {verdict.value for verdict in Verdict}


def test_outcomes_are_those_of_inbox_line_and_delivery() -> None:
    assert set(get_args(Acceptance)) <= set(figures.ACCEPTED.labels["outcome"])
    assert set(get_args(Kind)) == set(figures.LINE_OUTCOMES)
    assert set(get_args(Decision.__annotations__["do"])) == set(figures.DELIVERIES.labels["decision"])


def test_every_entry_of_the_knowledge_can_be_counted() -> None:
    entries = load_knowledge().entries
    assert len(entries) < FREE_VALUES
    assert all(re.fullmatch(r"[a-z0-9_-]{1,40}", entry.id) for entry in entries)
