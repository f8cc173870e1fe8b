"""Dashboard and alerts name only what the bot shows, and every alert is explained to whoever it wakes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.metrics import catalogue as figures

ROOT = Path(__file__).parent.parent
DASHBOARD = ROOT / "deploy" / "grafana" / "madoguchi.json"
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
OPERATIONS = ROOT / "docs" / "how-to" / "operations.md"
ALL = (*figures.COUNTED, *figures.GAUGES)
SERIES = {
    name: figure
    for figure in ALL
    for name in (
        [f"{figure.exported}{part}" for part in ("_bucket", "_sum", "_count")] if figure.buckets else [figure.exported]
    )
}
SELECTOR = re.compile(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"')


def alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load(ALERTS.read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(DASHBOARD.read_text())["panels"]
    return found


def expressions() -> Iterator[str]:
    yield from (alert["expr"] for alert in alerts())
    yield from (target["expr"] for panel in panels() for target in panel.get("targets", ()))


def problems(expression: str) -> list[str]:
    """What of it the bot does not show: a series, a label, a value of one."""
    found = []
    for name, selectors in re.findall(r"(madoguchi_\w+)(?:\{([^}]*)\})?", expression):
        if name not in SERIES:
            found.append(name)
            continue
        labels = SERIES[name].labels
        for label, _, values in SELECTOR.findall(selectors or ""):
            found += [f"{name}: {label}={value}" for value in values.split("|") if value not in labels.get(label, ())]
    return found


def grouped(expression: str) -> set[str]:
    names = re.findall(r"\bby \(([^)]*)\)", expression)
    return {label.strip() for group in names for label in group.split(",")}


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_expression_names_only_series_labels_and_values_that_exist(expression: str) -> None:
    assert "madoguchi_" in expression
    assert problems(expression) == []
    labels = {label for name in re.findall(r"madoguchi_\w+", expression) for label in SERIES[name].labels}
    assert grouped(expression) <= {*labels, "le"}
    assert expression.count("(") == expression.count(")")


@pytest.mark.parametrize(
    "expression",
    [
        "madoguchi_not_there_total",
        "madoguchi_turn_seconds",
        'madoguchi_turns_total{event="tap"}',
        'madoguchi_redis_up{a="b"}',
    ],
)
def test_expression_that_names_something_else_would_be_found(expression: str) -> None:
    assert problems(expression) != []


def test_every_alert_says_what_happened_how_urgent_it_is_and_what_to_do() -> None:
    names = [alert["alert"] for alert in alerts()]
    assert len(set(names)) == len(names) >= 15
    for alert in alerts():
        assert alert["labels"]["severity"] in ("page", "ticket"), alert
        for key in ("summary", "runbook"):
            text = alert["annotations"][key]
            assert "\n" not in text.strip(), alert
            assert text.endswith("."), alert


def test_every_alert_and_every_figure_is_explained_in_the_operations_guide() -> None:
    text = OPERATIONS.read_text()
    assert [alert["alert"] for alert in alerts() if f"`{alert['alert']}`" not in text] == []
    assert [figure.exported for figure in ALL if f"`{figure.exported}`" not in text] == []


def test_every_figure_is_on_the_dashboard_or_behind_an_alert() -> None:
    used = " ".join(expressions())
    unused = [figure.exported for figure in ALL if figure.exported not in used]
    assert unused == []


def test_panels_have_titles_and_targets_and_do_not_overlap() -> None:
    taken: set[tuple[int, int]] = set()
    ids = [panel["id"] for panel in panels()]
    assert len(set(ids)) == len(ids)
    for panel in panels():
        assert panel["title"]
        assert panel["type"] == "row" or panel["targets"]
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24, panel["title"]
        assert not cells & taken, panel["title"]
        taken |= cells


@pytest.mark.parametrize("figure", [one for one in ALL if "outcome" in one.labels], ids=lambda one: one.name)
def test_every_outcome_is_explained_where_its_figure_is(figure: figures.Metric) -> None:
    """Those of calls to LINE stand in a table of docs/explanation/architecture.md, to which the page points."""
    row = next(row for row in OPERATIONS.read_text().splitlines() if row.startswith(f"| `{figure.exported}`"))
    if figure not in {figures.DELIVERIES, figures.LINE_CALLS}:
        assert [outcome for outcome in figure.labels["outcome"] if f"`{outcome}`" not in row] == []
