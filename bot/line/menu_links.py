"""The rich menu of a single user: best effort, after the answer, and never a reason to try again."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.line.client import LineClient

logger = logging.getLogger(__name__)
MenuKind = Literal["resume", "default"]
KNOWN_SECONDS = 60.0  # how long an alias is believed; a synchronisation moves it
REST_SECONDS = 30.0  # how long LINE is left alone after a call that failed


@dataclass(frozen=True, slots=True)
class MenuChange:
    """Which menu this user is to see from now on; held in memory only, as it names the user."""

    user: str
    menu: MenuKind


class MenuLinks:
    """Thread-safe. Does nothing while the account has no menu of ours, and nothing for a while after a failure."""

    def __init__(
        self, client: LineClient, resume_alias: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._alias = resume_alias
        self._clock = clock
        self._lock = threading.Lock()
        self._menu_id: str | None = None
        self._known_until = self._rests_until = float("-inf")

    def show(self, change: MenuChange) -> bool:
        """Whether LINE took it; a menu that was replaced meanwhile is looked up once more."""
        if self._clock() < self._rests_until:
            return False
        return self._show(change) or (self._forget() and self._show(change))

    def _show(self, change: MenuChange) -> bool:
        menu_id = self._resume_menu()
        if menu_id is None:
            return False
        client = self._client
        outcome = client.link_menu(change.user, menu_id) if change.menu == "resume" else client.unlink_menu(change.user)
        if outcome.kind == "refused":
            return False
        if outcome.kind != "done":
            self._rest()
        return outcome.kind == "done"

    def _resume_menu(self) -> str | None:
        with self._lock:
            if self._clock() < self._known_until:
                return self._menu_id
            aliases = self._client.menu_aliases()
            if aliases is None:
                self._rest()
                return None
            self._menu_id, self._known_until = aliases.get(self._alias), self._clock() + KNOWN_SECONDS
            return self._menu_id

    def _forget(self) -> bool:
        """True where asking again may help: LINE refused a menu that was known for a while."""
        with self._lock:
            known = self._menu_id is not None and self._clock() >= self._rests_until
            self._known_until = float("-inf")
            return known

    def _rest(self) -> None:
        self._rests_until = self._clock() + REST_SECONDS
        logger.warning("rich menu left as it is")
