"""Finds データ削除 among the events that wait behind a reply LINE does not accept: it replaces all of them."""

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

import orjson

from bot.errors import BotError
from bot.store.queue.user_queue import WorkItem
from bot.worker.turn_report import TurnTimings
from bot.worker.turn_runner import TurnOutput, TurnRunner

logger = logging.getLogger(__name__)


class Decryption(NamedTuple):
    """The functions that decrypt a user's event and session. Both raise a BotError."""

    event: Callable[[str, bytes], dict[str, Any]]
    session: Callable[[bytes, str], bytes]


def find_erase_request(
    item: WorkItem,
    user: str,
    *,
    decrypt: Decryption,
    turn_runner: TurnRunner,
    times: TurnTimings,
    now_ms: Callable[[], int],
    is_skipped: Callable[[dict[str, Any]], bool] = lambda _event: False,
) -> tuple[bytes, TurnOutput] | None:
    """Return the newest event that asks for erasure, encrypted, and the output of its turn. None if there is none.

    `is_skipped` returns True for an event that must not be handled at all.
    """
    for encrypted in reversed((item.event, *item.later_events)):
        try:
            event = decrypt.event(user, encrypted) if encrypted else {}
            if not turn_runner.erases(event) or is_skipped(event):
                continue
            session = decrypt.session(item.session, user)
            output = turn_runner.run(event, session, user=user, times=times, now_ms=now_ms)
        except (BotError, orjson.JSONDecodeError) as error:
            logger.warning("erasure deferred", extra={"user": user, "error": type(error).__name__})
            continue
        if output.erase:
            return encrypted, output
    return None
