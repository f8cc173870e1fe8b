"""Writes the README's table of speed from `bench/results/latest.json`: `python -m scripts.bench_readme`."""

import re
from pathlib import Path

from bench.figures import read
from bench.tables import markdown

README = Path(__file__).parent.parent / "README.md"
_PLACE = re.compile(r"(<!-- speed: .* -->\n).*(<!-- /speed -->)", re.DOTALL)


def with_table(readme: str) -> str:
    """The README's text with the table of the last run in its place."""
    return _PLACE.sub(lambda found: f"{found[1]}{markdown(read())}\n{found[2]}", readme)


if __name__ == "__main__":
    README.write_text(with_table(README.read_text()))
