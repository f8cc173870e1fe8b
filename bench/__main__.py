"""`make bench`: every measure, a table at the end, the figures kept in `bench/results/latest.json`.

`python -m bench acceptance turns …` runs some of them; the others keep the figures they had.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console

from bench import acceptance, account_names, end_to_end, growth, questions, rendering, sending, starting, tables, turns
from bench.figures import Figure, read, save, with_parts

Measure = Callable[[], Iterator[Figure]]
MEASURES: Mapping[str, tuple[str, Measure]] = {
    "acceptance": (acceptance.PART, acceptance.measure),
    "turns": (turns.PART, turns.measure),
    "rendering": (rendering.PART, rendering.measure),
    "sending": (sending.PART, sending.measure),
    "questions": (questions.PART, questions.measure),
    "names": (account_names.PART, account_names.measure),
    "starting": (starting.PART, starting.measure),
    "growth": (growth.PART, growth.measure),
    "end_to_end": (end_to_end.PART, end_to_end.measure),
}


def main(names: list[str]) -> int:
    """Measure, show, keep; 2 where a name is none of ours."""
    if unknown := [name for name in names if name not in MEASURES]:
        print(f"no such measure: {', '.join(unknown)}; there are: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what a measure has started ends with it, however it ends
    console = Console()
    found: dict[str, list[Figure]] = {}
    for name in names or MEASURES:
        part, measure = MEASURES[name]
        started = time.monotonic()
        found[part] = list(measure())
        console.print(f"{name}: {time.monotonic() - started:.0f} s", style="dim")
    report = with_parts(read(), found)
    save(report)
    tables.show(report, console)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
