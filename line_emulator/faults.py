"""The switches that make the platform fail, for the bot's API calls and for webhooks."""

import threading
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=1)]


def _several(held: int) -> int:
    if held == 1:
        raise ValueError("one event alone has no order: 0, or 2 and more")
    return held


class FaultSwitches(BaseModel):
    """All switches; with their defaults the platform behaves like LINE."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    slow: Annotated[float, Field(ge=0, le=60)] = 0
    slow_for: list[str] = []
    failing: Annotated[int, Field(ge=400, le=599)] | None = None
    failing_count: Count | None = None
    drop: Literal["before", "after"] | None = None
    drop_count: Count | None = None
    refuse_message: Count | None = None
    refuse_every: Annotated[int, Field(ge=2)] | None = None
    rate_limited: bool = False
    monthly_limit: Annotated[int, Field(ge=0)] | None = None
    token_life: Annotated[float, Field(gt=0, le=3600)] = 60
    redelivery: bool = False
    twice: bool = False
    reorder: Annotated[int, Field(ge=0, le=100), AfterValidator(_several)] = 0
    standby: bool = False
    webhook_off: bool = False
    stubs: bool = False


class Control:
    """The current switches. A fault with a count switches itself off when it is used up."""

    def __init__(self, switches: FaultSwitches) -> None:
        self._lock = threading.Lock()
        self._first = switches
        self._sends = 0
        self._refused_last: frozenset[str | None] = frozenset()
        self.now = switches

    def set(self, **changes: object) -> FaultSwitches:
        """Set switches. Raise pydantic's ValidationError for a switch or value that does not exist."""
        with self._lock:
            self.now = FaultSwitches.model_validate({**self.now.model_dump(), **changes})
            return self.now

    def reset(self) -> None:
        with self._lock:
            self.now = self._first

    def take_failure(self) -> int | None:
        """Return the status with which this call fails, or None if it does not."""
        with self._lock:
            status = self.now.failing
            if status is not None and self.now.failing_count is not None:
                self._count_down("failing", "failing_count")
            return status

    def take_drop(self) -> Literal["before", "after"] | None:
        """Return the moment at which the connection of this call is cut, or None if it is not."""
        with self._lock:
            drop = self.now.drop
            if drop is not None and self.now.drop_count is not None:
                self._count_down("drop", "drop_count")
            return drop

    def take_refusal(self, chat: str | None = None) -> bool:
        """Return True if this message is to be refused. One of every n never hits a chat twice in a row."""
        with self._lock:
            left = self.now.refuse_message
            if left is not None:
                self.now = self.now.model_copy(update={"refuse_message": left - 1 if left > 1 else None})
            every = self.now.refuse_every
            self._sends = self._sends + 1 if every else 0
            spared, self._refused_last = chat in self._refused_last, self._refused_last - {chat}
            one_of_every = bool(every and self._sends % every == 0 and not spared)
            if one_of_every and chat:
                self._refused_last |= {chat}
            return left == 1 or one_of_every

    def _count_down(self, fault: str, counter: str) -> None:
        left = getattr(self.now, counter) - 1
        self.now = self.now.model_copy(update={counter: left} if left else {counter: None, fault: None})
