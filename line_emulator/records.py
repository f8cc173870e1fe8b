"""The requests in both directions, of which the newest are kept."""

from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from line_emulator.change_feed import ChangeFeed
from line_emulator.rules import Problem

Outcome = Literal["ok", "error_status_code", "request_timeout", "could_not_connect", "unclassified"]
Verdict = Literal["accepted", "refused", "fault", "uncovered"]


MOST_UNCOVERED = 100


@dataclass(frozen=True)
class Delivery:
    """A webhook request and the bot's answer. An answer after more than two seconds is `request_timeout`."""

    id: str
    at: int
    url: str
    body: dict[str, Any]
    raw: str
    signature: str
    status: int | None
    ms: float
    outcome: Outcome
    detail: str
    redelivery: bool
    attempt: int


@dataclass(frozen=True)
class Call:
    """A request of the bot to LINE's API, with LINE's verdict, its reasons, and hints at what would not be shown.

    `acted` is true if LINE did what was asked, also if the bot got an error. A repetition under the same retry key does
    nothing.
    """

    id: str
    at: int
    method: str
    path: str
    status: int
    verdict: Verdict
    acted: bool
    reasons: tuple[Problem, ...]
    hints: tuple[Problem, ...]
    request_id: str
    retry_key: str | None
    request: Any
    response: Any
    ms: float


@dataclass
class Records:
    """The last deliveries and calls. Safe to add to from any thread."""

    feed: ChangeFeed
    keep: int
    deliveries: deque[Delivery] = field(init=False)
    calls: deque[Call] = field(init=False)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.deliveries = deque(maxlen=self.keep)
        self.calls = deque(maxlen=self.keep)

    def number(self, letter: str) -> str:
        return f"{letter}{next(self._numbers)}"

    def add_delivery(self, delivery: Delivery) -> None:
        with self.feed.lock:
            self.deliveries.append(delivery)
            self.feed.publish("webhook")

    def add_call(self, call: Call) -> None:
        """Record a call. Only the newest calls without a token are kept, so strangers do not displace the bot's."""
        with self.feed.lock:
            self.calls.append(call)
            uncovered = [one for one in self.calls if one.verdict == "uncovered"] if call.verdict == "uncovered" else []
            if len(uncovered) > MOST_UNCOVERED:
                self.calls.remove(uncovered[0])
            self.feed.publish("call")

    def clear(self) -> None:
        with self.feed.lock:
            self.deliveries.clear()
            self.calls.clear()
            self.feed.publish("cleared")
