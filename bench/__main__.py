"""`make bench`: every measure, a table at the end, the figures kept in `bench/results/latest.json`.

`python -m bench acceptance turns …` runs some of them; the others keep the figures they had, and so does one that
fails. What is not begun within `SECONDS`, or not done by then, is left out: the command ends by itself.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping

from rich.console import Console

from bench import (
    acceptance,
    account_names,
    end_to_end,
    growth,
    publishing,
    questions,
    rendering,
    sending,
    starting,
    tables,
    turns,
)
from bench.figures import Figure, read, save, with_parts

SECONDS = 560  # for all measures together: what they have started takes up to half a minute to end
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
    "publishing": (publishing.PART, publishing.measure),
    "end_to_end": (end_to_end.PART, end_to_end.measure),
}


class TooLateError(Exception):
    """No OSError, which a measure would take for a lost connection."""

    def __str__(self) -> str:
        return f"all measures together may take {SECONDS} s"


def main(names: list[str]) -> int:
    """Measure, show, keep; 2 where a name is none of ours."""
    if unknown := [name for name in names if name not in MEASURES]:
        print(f"no such measure: {', '.join(unknown)}; there are: {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what a measure has started ends with it, however it ends
    signal.signal(signal.SIGALRM, _too_late)
    signal.alarm(SECONDS)
    console = Console()
    failed = False
    for name in names or MEASURES:
        failed |= not _measured(name, console)
    signal.alarm(0)
    tables.show(read(), console)
    return int(failed)


def _measured(name: str, console: Console) -> bool:
    """Whether this measure went well; its figures are kept at once, so that a later one cannot lose them."""
    part, measure = MEASURES[name]
    started = time.monotonic()
    try:
        if not signal.getitimer(signal.ITIMER_REAL)[0]:
            raise TooLateError
        save(with_parts(read(), {part: list(measure())}))
    except Exception as error:  # noqa: BLE001 - a contestant's failure must not cost the others their figures
        console.print(f"{name} FAILED, earlier figures are kept: {type(error).__name__}: {error}", style="red")
        return False
    console.print(f"{name}: {time.monotonic() - started:.0f} s", style="dim")
    return True


def _too_late(*_: object) -> None:
    raise TooLateError


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
