"""Tracks if LINE accepts this process's calls at all, because a refused token or channel is no fault of a message."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from bot.line.outcomes import Outcome

logger = logging.getLogger(__name__)
TOKEN_REFUSED = 401
DENIED_IN_A_ROW = 5  # after so many denials without an accepted call between them, they concern every entry
SETTLED_SECONDS = 1.0  # a call accepted more recently may end an outage whose last denials are still to come
_ACCEPTED = frozenset({"done", "invalid_token", "token_suspected", "refused"})  # LINE has read the messages


class ChannelAccess:
    """The state of this process's token and channel, learned from LINE's answers. Threads share one object.

    While it is `closed` no reply is attempted, because LINE would deny each. One ERROR line is logged when a refusal
    begins, and one line when it ends.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._in_a_row = 0
        self._since = 0.0
        self._accepted: deque[float] = deque(maxlen=3)
        self.status = 0
        self.closed = False

    def observe(self, outcome: Outcome, *, about_token: bool = False) -> None:
        """Record the outcome of a call. `about_token`: the call only asked which bot the token belongs to."""
        if outcome.kind == "denied":
            self._denied(outcome, about_token=about_token)
        elif outcome.kind in _ACCEPTED:
            self._accept(about_token=about_token)

    def accepted_since(self, seconds: float) -> bool:
        """Return True if LINE accepted a call of this process in the last `seconds`, not counting the last second."""
        now = self._clock()
        with self._guard:
            return any(SETTLED_SECONDS < now - accepted < seconds for accepted in self._accepted)

    def _denied(self, outcome: Outcome, *, about_token: bool) -> None:
        with self._guard:
            self._in_a_row += 1
            token = about_token or outcome.status == TOKEN_REFUSED
            if not token and self._in_a_row < DENIED_IN_A_ROW:
                return
            self.closed = self.closed or token
            begins, self.status = not self.status, outcome.status or TOKEN_REFUSED
            if begins:
                self._since = self._clock()
        if begins:
            extra = {"status": outcome.status, "reason": outcome.reason, "line_request_id": outcome.request_id}
            logger.error("LINE refuses the channel: replies are kept", extra=extra)

    def _accept(self, *, about_token: bool) -> None:
        now = self._clock()
        with self._guard:
            if about_token and not self.closed:
                return  # a valid token does not explain why every entry was denied
            self._in_a_row = 0
            if not about_token and (not self._accepted or now - self._accepted[-1] >= SETTLED_SECONDS):
                self._accepted.append(now)
            over, self.status, self.closed = bool(self.status), 0, False
            seconds = now - self._since
        if over:
            logger.warning("LINE accepts the channel again", extra={"ms": round(seconds * 1000)})
