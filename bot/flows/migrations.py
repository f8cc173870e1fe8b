"""How what an older release stored becomes what this one reads: one step from each version to the next.

Whoever changes the shape of a session or a talk raises VERSION, registers the step, and adds samples of the new
version (`python -m scripts.make_states`); a test fails otherwise. A step gets the whole stored session as JSON
objects and returns a new one. Steps are kept for at least two releases: a session lives seven days.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.errors import NewerStateError

VERSION = 1
Stored = dict[str, Any]
Migration = Callable[[Stored], Stored]

# from: step to the next version. There is no version before 1; what names none is of version 1.
MIGRATIONS: Mapping[int, Migration] = {}


def migrate(stored: Any, *, to: int = VERSION, migrations: Mapping[int, Migration] = MIGRATIONS) -> Stored:
    """The session in this release's shape; NewerStateError where it is of a newer one, ValueError where it is none."""
    if not isinstance(stored, dict) or not isinstance(stored.get("v", 1), int):
        raise ValueError("not a session")
    version = stored.get("v", 1)
    if version > to:
        raise NewerStateError(version)
    for number in range(version, to):
        stored = migrations[number](stored)
    return {name: value for name, value in stored.items() if name != "v"}
