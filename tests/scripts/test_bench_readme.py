"""What the README and docs/explanation/performance.md say of speed is what was measured last."""

import re
from pathlib import Path

import pytest

from bench.figures import LATEST, read
from bench.goals import GOALS
from bench.reasons import REASONS
from scripts.bench_readme import PERFORMANCE, README, with_figures


@pytest.mark.parametrize("page", [README, PERFORMANCE], ids=lambda page: page.name)
def test_page_shows_what_the_last_run_measured(page: Path) -> None:
    text = page.read_text()
    assert "<!-- /" in text
    assert with_figures(text) == text, "run: python -m scripts.bench_readme"


def test_every_goal_has_a_figure() -> None:
    report = read()
    assert [goal.work for goal in GOALS if goal.figure(report) is None] == []


def test_results_name_neither_a_host_nor_a_path() -> None:
    told = LATEST.read_text()
    assert not re.search(r"/(home|work|root|tmp|usr)/|localhost|127\.0\.0", told)


def test_every_reason_belongs_to_a_goal() -> None:
    assert REASONS.keys() <= {goal.work for goal in GOALS}
