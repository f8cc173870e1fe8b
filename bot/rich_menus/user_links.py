"""The rich menu of a single user: best effort, after the answer, and never a reason to try again later."""

import logging
import time
from collections.abc import Callable, Mapping

from bot.line.client import LineClient
from bot.line.outcomes import Outcome
from bot.rich_menus.menu_change import MenuChange

logger = logging.getLogger(__name__)
KNOWN_SECONDS = 60.0  # how long an alias is believed; a synchronisation moves it
REST_SECONDS = 30.0  # how long LINE is left alone after a call that failed


class MenuLinks:
    """Shared by threads. Does nothing while the account has no menu of ours, nor for a while after a failure."""

    def __init__(
        self, client: LineClient, aliases: Mapping[str, str], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._aliases = aliases
        self._clock = clock
        # without a lock: two threads that ask at once learn the same
        self._known: tuple[float, Mapping[str, str]] = (float("-inf"), {})
        self._rests_until = float("-inf")

    def show(self, change: MenuChange) -> bool:
        """Return True if LINE accepted the link. A menu replaced within the last minute is looked up once more."""
        if self._clock() < self._rests_until:
            return False
        outcome = self._try(change)
        if outcome and (outcome.kind == "refused" or outcome.status == 404):  # without its image; deleted
            self._known = (float("-inf"), {})
            outcome = self._try(change)
        if outcome and outcome.kind != "done":
            self._rests_until = self._clock() + REST_SECONDS
            logger.warning("rich menu unchanged", extra={"outcome": outcome.kind, "status": outcome.status})
        return outcome is not None and outcome.kind == "done"

    def _try(self, change: MenuChange) -> Outcome | None:
        """Try once to change the link. Return None if there is no menu to link to."""
        menus, failure = self._menus()
        if not menus:
            return failure
        if change.menu == "default":
            return self._client.unlink_menu(change.user)
        menu_id = menus.get(change.menu)
        return self._client.link_menu(change.user, menu_id) if menu_id else None

    def _menus(self) -> tuple[Mapping[str, str], Outcome | None]:
        """Return the ids of the menus for single users by kind, as far as they exist."""
        until, menus = self._known
        if self._clock() < until:
            return menus, None
        outcome, found = self._client.menu_aliases()
        if outcome.kind != "done":
            return {}, outcome
        menus = {kind: found[alias] for kind, alias in self._aliases.items() if alias in found}
        self._known = (self._clock() + KNOWN_SECONDS, menus)
        return menus, None
