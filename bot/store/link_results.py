"""The last result of asking every link of the content, for the editors."""

import time
from collections.abc import Sequence
from typing import Any

import msgspec

from bot.store.keys import link_results

MOST = 200  # lines


class LinkResults(msgspec.Struct, frozen=True):
    """The time at which the links were asked, and a line for each that did not open as it should."""

    seconds: float
    dead: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


class LinkResultStore:
    """The result in Redis. Raises Redis's errors."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def write(self, dead: Sequence[str], doubtful: Sequence[str]) -> None:
        found = LinkResults(time.time(), tuple(dead[:MOST]), tuple(doubtful[:MOST]))
        self._redis.set(link_results(), msgspec.json.encode(found))

    def read(self) -> LinkResults | None:
        """Return the last result, None if there is none that can be read."""
        try:
            return msgspec.json.decode(self._redis.get(link_results()) or b"", type=LinkResults)
        except msgspec.DecodeError:
            return None
