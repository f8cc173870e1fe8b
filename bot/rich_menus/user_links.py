"""The rich menu of a single user: best effort, after the answer, and never a reason to try again later."""

import logging
import time
from collections.abc import Callable

from bot.line.client import LineClient
from bot.line.outcomes import Outcome
from bot.rich_menus.menu_change import MenuChange

logger = logging.getLogger(__name__)
KNOWN_SECONDS = 60.0  # how long an alias is believed; a synchronisation moves it
REST_SECONDS = 30.0  # how long LINE is left alone after a call that failed


class MenuLinks:
    """Shared by threads. Does nothing while the account has no menu of ours, nor for a while after a failure."""

    def __init__(self, client: LineClient, resume_alias: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._alias = resume_alias
        self._clock = clock
        # without a lock: two threads that ask at once learn the same
        self._known: tuple[float, str | None] = (float("-inf"), None)
        self._rests_until = float("-inf")

    def show(self, change: MenuChange) -> bool:
        """Return True if LINE accepted the link. A menu replaced within the last minute is looked up once more."""
        if self._clock() < self._rests_until:
            return False
        outcome = self._try(change)
        if outcome and (outcome.kind == "refused" or outcome.status == 404):  # without its image; deleted
            self._known = (float("-inf"), None)
            outcome = self._try(change)
        if outcome and outcome.kind != "done":
            self._rests_until = self._clock() + REST_SECONDS
            logger.warning("rich menu unchanged", extra={"outcome": outcome.kind, "status": outcome.status})
        return outcome is not None and outcome.kind == "done"

    def _try(self, change: MenuChange) -> Outcome | None:
        """Try once to change the link. Return None if there is no menu to link to."""
        menu_id, failure = self._resume_menu()
        if menu_id is None:
            return failure
        if change.menu == "resume":
            return self._client.link_menu(change.user, menu_id)
        return self._client.unlink_menu(change.user)

    def _resume_menu(self) -> tuple[str | None, Outcome | None]:
        until, menu_id = self._known
        if self._clock() < until:
            return menu_id, None
        outcome, aliases = self._client.menu_aliases()
        if outcome.kind != "done":
            return None, outcome
        self._known = (self._clock() + KNOWN_SECONDS, aliases.get(self._alias))
        return self._known[1], None
