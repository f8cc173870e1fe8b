"""Tracks if the month's pushes are used up, so that it is logged once and not for each push."""

import logging
import threading

from bot.line.outcomes import Outcome

logger = logging.getLogger(__name__)


class PushQuota:
    """The state of the month's pushes, learned from LINE's answers. Threads share one object."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self.used_up = False

    def observe(self, outcome: Outcome, *, push: bool, over_quota: bool) -> None:
        """Record the outcome of a delivery: one ERROR line when the limit is reached, one line when it is over."""
        with self._guard:
            was = self.used_up
            if over_quota:
                self.used_up = True
            elif push and outcome.kind == "done":
                self.used_up = False
            begins, ends = self.used_up and not was, was and not self.used_up
        if begins:
            extra = {"status": outcome.status, "line_request_id": outcome.request_id}
            logger.error("the month's pushes are used up: pushes are kept, replies go on", extra=extra)
        if ends:
            logger.warning("pushes are accepted again")
