"""The sizes in docs/explanation/scaling.md are the last measurement; what it recommends is what the tests run with."""

import re
from dataclasses import replace

from bench.figures import read
from scripts.scaling_figures import PAGE, sustained, with_figures
from tests.clusters import NODE_TIMEOUT_MS

TEXT = PAGE.read_text(encoding="utf-8")
HELD = "ours, LINE after 50 ms: held"


def test_page_shows_what_the_last_run_measured() -> None:
    assert with_figures(TEXT) == TEXT, "run: python -m scripts.scaling_figures"
    assert f"1× ({sustained(read()):,.0f}/s)" in TEXT


def test_sizes_are_multiples_of_what_was_sustained() -> None:
    report = read()
    other = tuple(replace(figure, median=400.0) if figure.name == HELD else figure for figure in report.figures)
    page = with_figures(TEXT, replace(report, figures=other))
    assert "| **400** |" in page
    for size in ("| 1× (400/s)", "| 10× (4,000/s)", "| 100× (40,000/s)", "| 5× (2,000/s)"):
        assert size in page
    assert "36 million ids, 6.8 GB" in page


def test_recommended_node_timeout_is_the_one_whose_takeover_was_measured() -> None:
    recommended = re.findall(r"`cluster-node-timeout (\d+)`", TEXT)
    assert recommended == [str(NODE_TIMEOUT_MS)]
    assert f"with a node timeout of {NODE_TIMEOUT_MS // 1000} s" in TEXT
