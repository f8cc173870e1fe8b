"""Migrates stored sessions of older releases, by one step from each version to the next.

If you change the shape of a session or a flow's state, raise VERSION, register the step, and add samples of the new
version (`python -m scripts.make_states`); otherwise a test fails. A step gets the whole stored session as JSON objects
and returns a new one. Steps are kept for at least two releases, because a session is stored for seven days.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.errors import NewerStateError

VERSION = 4
Stored = dict[str, Any]
Migration = Callable[[Stored], Stored]

# Version: step to the next one. The first version is 1; a session that names no version has version 1.
# 2 added how often a question was asked again, which starts at none. 3 added the wish for a person and the
# messages of a group. 4 added the masked question of the last answer.
MIGRATIONS: Mapping[int, Migration] = {1: dict, 2: dict, 3: dict}


def migrate(stored: Any, *, to: int = VERSION, migrations: Mapping[int, Migration] = MIGRATIONS) -> Stored:
    """Return the session in the shape of this release.

    Raise NewerStateError if it is of a newer one, ValueError if it is no session.
    """
    if not isinstance(stored, dict) or not isinstance(stored.get("v", 1), int):
        raise ValueError("not a session")
    version = stored.get("v", 1)
    if version > to:
        raise NewerStateError(version)
    for number in range(version, to):
        stored = migrations[number](stored)
    return {name: value for name, value in stored.items() if name != "v"}
