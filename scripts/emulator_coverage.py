"""Draws the page about what the emulator covers, from its routes and from LINE's SDK. `make docs` writes it."""

import re
import typing
from importlib.util import find_spec
from pathlib import Path

from linebot.v3.webhooks import Event

from line_emulator.coverage import table
from line_emulator.http import routes

PAGE = Path(__file__).parent.parent / "line_emulator" / "docs" / "coverage.md"
_CALL = re.compile(r"call_api\(\s*'([^']+)', '([A-Z]+)'")
_TITLE = """\
# What is covered

Computed from the routes of the emulator, and from the operations and events in LINE's SDK for Python. A test fails if
the SDK brings one on which nobody has decided. *Stub* means plausible figures, which are off until the switch `stubs`
is on: try a bot out with them, and do not judge it by them.
"""


def sdk_operations() -> set[tuple[str, str]]:
    """Return every operation that LINE's SDK can call."""
    spec = find_spec("linebot.v3")
    places = typing.cast("list[str]", spec.submodule_search_locations) if spec else []
    files = [path for place in places for path in Path(place).glob("*/api/*.py") if "webhooks" not in path.parts]
    found = {(method, path) for file in files for path, method in _CALL.findall(file.read_text())}
    return found - {("POST", "/callback")}  # the bot's own


def sdk_events() -> set[str]:
    """Return every kind of event that LINE's SDK can read."""
    return set(vars(Event)["_Event__discriminator_value_class_map"])


def page() -> str:
    """Return the whole page."""
    app = routes()
    return "\n".join([_TITLE, *table(app, sdk_operations()), ""])


if __name__ == "__main__":
    PAGE.write_text(page())
