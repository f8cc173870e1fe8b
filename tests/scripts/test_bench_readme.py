"""What the README says of speed is what was measured last."""

import re

from bench.figures import LATEST, read
from bench.goals import GOALS
from scripts.bench_readme import README, with_table


def test_readme_shows_what_the_last_run_measured() -> None:
    readme = README.read_text()
    assert with_table(readme) == readme, "run: python -m scripts.bench_readme"


def test_every_goal_has_a_figure() -> None:
    report = read()
    assert [goal.work for goal in GOALS if goal.figure(report) is None] == []


def test_results_name_neither_a_host_nor_a_path() -> None:
    told = LATEST.read_text()
    assert not re.search(r"/(home|work|root|tmp|usr)/|localhost|127\.0", told)
