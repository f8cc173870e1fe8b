"""`make faults`: all faults, several minutes; SEED=… repeats the schedule of an earlier run."""

import os
import secrets
import sys
import tempfile
from pathlib import Path

import orjson
from rich.console import Console

from tests.faults.people import Manners
from tests.faults.run import run
from tests.faults.schedule import full

REPORT = Path("var/faults.json")


def main() -> int:
    console = Console()
    seed = os.environ.get("SEED") or secrets.token_hex(4)
    console.print(f"SEED={seed}; this takes about nine minutes")
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    figures = run(folder, full, seed=seed, people=24, manners=Manners(), calm=1.0)
    figures.show(console)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_bytes(orjson.dumps(figures.as_json(), option=orjson.OPT_INDENT_2))
    console.print(f"figures: {REPORT}; logs of the processes: {folder}")
    return 1 if figures.problems else 0


if __name__ == "__main__":
    sys.exit(main())
