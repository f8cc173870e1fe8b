"""Resends or discards all dead letters with one cause, in a thread, while the console shows the progress."""

import logging
import threading
from collections.abc import Sequence
from secrets import token_hex
from typing import Any, Literal

import msgspec
from redis.exceptions import RedisError

from bot.delivery.dead_letter_causes import cause_of
from bot.delivery.resend import Resending
from bot.store.keys import bulk_lock, bulk_progress
from bot.store.queue.dead_letters import KEEP, StoredDeadLetter
from bot.store.stored_values import read_json

logger = logging.getLogger(__name__)
Action = Literal["resend", "discard"]
LOCK_MS = 30_000  # longer than some letters take; a process that dies in between leaves the rest in the list
PROGRESS_SECONDS = 3600  # for so long the result is shown
STEP = 20  # letters between two notes of the progress


class Progress(msgspec.Struct, frozen=True):
    """The progress of the latest job. `gone`: those without content. `running` and no lock: it was interrupted."""

    action: Action
    cause: str
    total: int
    done: int = 0
    gone: int = 0
    running: bool = True

    def after(self, *, gone: bool) -> "Progress":
        """Return the progress after one more letter."""
        return msgspec.structs.replace(self, done=self.done + (not gone), gone=self.gone + gone)


class BulkResending:
    """One job at a time over all web processes. A job that is interrupted is simply started again."""

    def __init__(self, redis: Any, resending: Resending) -> None:
        self._redis = redis
        self._resending = resending

    def start(self, action: Action, cause: str, *, operator: str) -> bool:
        """Start a thread for the dead letters that are in the list now. Return False if another job is running."""
        token = token_hex(8)
        if not self._redis.set(bulk_lock(), token, nx=True, px=LOCK_MS):
            return False
        letters = self._in_due_order(cause)
        self._note(Progress(action, cause, len(letters)))
        logger.info("bulk action on dead letters", extra={"operator": operator, "reason": cause, "count": len(letters)})
        job = threading.Thread(target=self._run, args=(action, cause, letters, operator), name="bulk", daemon=True)
        job.start()
        return True

    def progress(self) -> Progress | None:
        """Return the progress of the latest job of the last hour. One whose process died is no longer running."""
        found = read_json(self._redis.get(bulk_progress()), Progress)
        if found is None:
            return None
        interrupted = found.running and not self._redis.exists(bulk_lock())
        return msgspec.structs.replace(found, running=False) if interrupted else found

    def _in_due_order(self, cause: str) -> Sequence[StoredDeadLetter]:
        """Return the dead letters with this cause, oldest first, so that each user gets the replies in their order."""
        found: dict[str, StoredDeadLetter] = {}
        for filed in reversed(self._resending.dead_letters.page(0, KEEP)):
            if cause_of(filed.dead_letter) == cause:
                found.setdefault(filed.dead_letter.entry_id or filed.id, filed)
        return list(found.values())

    def _run(self, action: Action, cause: str, letters: Sequence[StoredDeadLetter], operator: str) -> None:
        progress = Progress(action, cause, len(letters))
        try:
            for number, filed in enumerate(letters):
                if number % STEP == 0:
                    self._redis.pexpire(bulk_lock(), LOCK_MS)
                    self._note(progress)
                progress = progress.after(gone=not self._act(action, filed, operator))
            self._note(msgspec.structs.replace(progress, running=False))
            self._redis.delete(bulk_lock())
        except (RedisError, OSError) as error:
            logger.warning("bulk action interrupted", extra={"operator": operator, "error": type(error).__name__})

    def _act(self, action: Action, filed: StoredDeadLetter, operator: str) -> bool:
        if action == "resend":
            return self._resending.resend_filed(filed, operator=operator)
        self._resending.discard_filed(filed, operator=operator)
        return True

    def _note(self, progress: Progress) -> None:
        self._redis.set(bulk_progress(), msgspec.json.encode(progress), ex=PROGRESS_SECONDS)
