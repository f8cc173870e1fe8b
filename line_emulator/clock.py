"""The clock of the emulator, which a test can put forward."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """The seconds since 1970; `advance` makes tokens and keys age without waiting."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._ahead = 0.0

    def seconds(self) -> float:
        return self._now() + self._ahead

    def ms(self) -> int:
        return int(self.seconds() * 1000)

    def advance(self, seconds: float) -> None:
        self._ahead += seconds

    def reset(self) -> None:
        self._ahead = 0.0

    def iso(self) -> str:
        return datetime.fromtimestamp(self.seconds(), UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
