"""Dashboard and alerts name only what the bot exposes, and every alert is tested and explained."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.metrics import catalogue

ROOT = Path(__file__).parent.parent
DASHBOARD = ROOT / "deploy" / "grafana" / "madoguchi.json"
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
ALERT_TESTS = (ALERTS.with_name("alerts_test.yml"), ALERTS.with_name("alerts_slow_test.yml"))
OPERATIONS = ROOT / "docs" / "how-to" / "operations.md"
ALL = (*catalogue.COUNTED, *catalogue.GAUGES)
SERIES = {
    name: metric
    for metric in ALL
    for name in (
        [f"{metric.exposed_name}{part}" for part in ("_bucket", "_sum", "_count")]
        if metric.buckets
        else [metric.exposed_name]
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
    """Return what the expression names and the bot does not expose: a series, a label, a value of one."""
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
        "madoguchi_turn_duration_seconds",
        'madoguchi_turns_total{event="tap"}',
        'madoguchi_redis_up{a="b"}',
    ],
)
def test_expression_that_names_something_else_would_be_found(expression: str) -> None:
    assert problems(expression) != []


def promtool(*arguments: str) -> str:
    """Prometheus' own checker, from the Debian package `prometheus` (scripts/packages.sh)."""
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, check=False, timeout=300)
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    return output


def test_prometheus_accepts_the_rules() -> None:
    assert f"{len(alerts())} rules found" in promtool("check", "rules", str(ALERTS))


@pytest.mark.parametrize("path", ALERT_TESTS, ids=lambda path: path.stem)
def test_alerts_fire_when_they_should_and_not_on_noise(path: Path) -> None:
    assert "SUCCESS" in promtool("test", "rules", str(path))


def test_a_rule_that_does_not_fire_fails_its_test(tmp_path: Path) -> None:
    (tmp_path / "alerts.yml").write_text(
        ALERTS.read_text().replace("madoguchi_oldest_wait_seconds > 30", "vector(0) > 1")
    )
    (tmp_path / "alerts_test.yml").write_text(ALERT_TESTS[0].read_text())
    with pytest.raises(AssertionError, match="MadoguchiUsersWait"):
        promtool("test", "rules", str(tmp_path / "alerts_test.yml"))


def test_every_alert_has_a_test_in_which_it_fires_and_one_in_which_nothing_does() -> None:
    tests = [test for path in ALERT_TESTS for test in yaml.safe_load(path.read_text())["tests"]]
    fires: set[str] = set()
    silent: set[str] = set()
    for test in tests:
        alert = test["name"].split(maxsplit=1)[0]
        expected = [sample for one in test["promql_expr_test"] for sample in one["exp_samples"]]
        (fires if expected else silent).add(alert)
        assert {sample["labels"] for sample in expected} <= {f'{{alertname="{alert}"}}'}, test["name"]
    names = {alert["alert"] for alert in alerts()}
    assert (fires, silent) == (names, names)


def test_every_alert_says_what_happened_how_urgent_it_is_and_what_to_do() -> None:
    names = [alert["alert"] for alert in alerts()]
    assert len(set(names)) == len(names) >= 15
    for alert in alerts():
        assert alert["labels"]["severity"] in ("page", "ticket"), alert
        for key in ("summary", "runbook"):
            text = alert["annotations"][key]
            assert "\n" not in text.strip(), alert
            assert text.endswith("."), alert


def test_every_alert_says_the_same_in_japanese() -> None:
    """The commands, paths and alerts of both texts are the same, so that neither is mended alone."""
    for alert in alerts():
        for key in ("summary", "runbook"):
            en = alert["annotations"][key]
            ja = alert["annotations"][f"{key}_ja"].replace(".ja.md", ".md")  # the Japanese page of the same name
            assert re.fullmatch(r"[^\n]*[ぁ-ん一-龥][^\n]*。", ja), alert["alert"]
            for said in (r"Madoguchi[A-Z]\w+", r"GET /\w+", r"LINE_[A-Z_]+", r"madoguchi [a-z]+", r"docs/[\w/.-]+"):
                assert set(re.findall(said, ja)) <= set(re.findall(said, en.replace("`", ""))), (alert["alert"], said)
            assert set(re.findall(r"\d+", ja)) <= _numbers(en), (alert["alert"], key)


def _numbers(text: str) -> set[str]:
    """The numbers of an English text, also those written as words."""
    words = {"one": "1", "two": "2", "a ": "1", "four": "4", "five": "5", "ten": "10", "twenty": "20", "tenth": "1"}
    return {*re.findall(r"\d+", text), *(digit for word, digit in words.items() if word in text.lower())}


def test_every_alert_and_every_metric_is_explained_in_the_operations_guide() -> None:
    text = OPERATIONS.read_text()
    assert [alert["alert"] for alert in alerts() if f"`{alert['alert']}`" not in text] == []
    assert [metric.exposed_name for metric in ALL if f"`{metric.exposed_name}`" not in text] == []


def test_every_metric_is_on_the_dashboard_or_behind_an_alert() -> None:
    used = " ".join(expressions())
    unused = [metric.exposed_name for metric in ALL if metric.exposed_name not in used]
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


@pytest.mark.parametrize("metric", [one for one in ALL if "outcome" in one.labels], ids=lambda one: one.name)
def test_every_outcome_is_explained_where_its_metric_is(metric: catalogue.Metric) -> None:
    """Those of calls to LINE stand in a table of docs/explanation/architecture.md, to which the page points."""
    row = next(row for row in OPERATIONS.read_text().splitlines() if row.startswith(f"| `{metric.exposed_name}`"))
    if metric not in {catalogue.DELIVERIES, catalogue.LINE_CALL_DURATION}:
        assert [outcome for outcome in metric.labels["outcome"] if f"`{outcome}`" not in row] == []


JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def test_every_title_and_description_of_the_dashboard_is_in_both_languages() -> None:
    """English before the slash, for the pages that name a panel; Japanese after it."""
    texts = [json.loads(DASHBOARD.read_text(encoding="utf-8"))["description"]]
    texts += [panel[key] for panel in panels() for key in ("title", "description") if panel.get(key)]
    halves = [text.rsplit(" / ", 1) for text in texts]
    assert len(halves) > len(panels())
    assert [half for half in halves if len(half) != 2 or JAPANESE.search(half[0]) or not JAPANESE.search(half[1])] == []


@pytest.mark.parametrize(
    "page", [OPERATIONS, OPERATIONS.with_name("operations.ja.md"), ALERTS], ids=lambda page: page.name
)
def test_panels_to_which_an_operator_is_sent_are_on_the_dashboard(page: Path) -> None:
    titles = {panel["title"].split(" / ")[0] for panel in panels()}
    lines = [
        line
        for line in page.read_text(encoding="utf-8").splitlines()
        if re.search("[Pp]anels? |パネル|ダッシュボードの「", line)
    ]
    named = {name for line in lines for name in re.findall('["「]([A-Z][A-Za-z ]+)["」]', line)}
    assert {"Queue wait", "Calls to LINE"} <= named
    assert named <= titles
