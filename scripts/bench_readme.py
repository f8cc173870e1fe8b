"""Writes the results in `bench/results/latest.json` into the pages that show them: `python -m scripts.bench_readme`."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import reasons, tables
from bench.figures import Report, read

ROOT = Path(__file__).parent.parent
README, PERFORMANCE = ROOT / "README.md", ROOT / "docs" / "explanation" / "performance.md"
PLACES: Mapping[str, Callable[[Report], str]] = {"speed": tables.markdown, "missed": reasons.markdown}


def with_figures(text: str) -> str:
    """Return the page with the results of the last run between its markers."""
    for name, made in PLACES.items():
        place = re.compile(rf"(<!-- {name}: .*? -->\n).*(<!-- /{name} -->)", re.DOTALL)
        text = place.sub(lambda found, made=made: f"{found[1]}{made(read())}\n{found[2]}", text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    for page in (README, PERFORMANCE):
        page.write_text(with_figures(page.read_text()))
