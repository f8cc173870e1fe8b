"""`make bench`: every measure that there is, a table at the end, and the figures as JSON."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import account_names, rendering

MEASURES: Mapping[str, Callable[[], dict[str, float]]] = {
    "account names": account_names.measure,
    "rendering": rendering.measure,
}
FIGURES = Path("var") / "bench.json"


def main() -> None:
    """Measure, show, save."""
    figures = {name: measure() for name, measure in MEASURES.items()}
    table = Table("work", "measure", "figure")
    for work, found in figures.items():
        for name, figure in found.items():
            table.add_row(work, name, f"{figure:,.1f}")
    Console().print(table)
    FIGURES.parent.mkdir(exist_ok=True)
    FIGURES.write_text(json.dumps(figures, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
