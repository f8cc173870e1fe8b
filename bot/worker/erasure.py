"""データ削除 among what waits behind a reply that LINE does not take: it goes before, and instead of, all of that."""

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

import orjson

from bot.errors import BotError
from bot.store.queue.user_queue import WorkItem
from bot.worker.turn_report import TurnTimings
from bot.worker.turn_runner import TurnOutput, TurnRunner

logger = logging.getLogger(__name__)


class Opened(NamedTuple):
    """How a user's sealed event and session are opened; both raise a BotError."""

    event: Callable[[str, bytes], dict[str, Any]]
    session: Callable[[bytes, str], bytes]


def erasure(
    mail: WorkItem,
    user: str,
    *,
    opened: Opened,
    turns: TurnRunner,
    times: TurnTimings,
    now_ms: Callable[[], int],
    passed_over: Callable[[dict[str, Any]], bool] = lambda _event: False,
) -> tuple[bytes, TurnOutput] | None:
    """The newest event that asks for everything to be erased, and its turn; None where there is none.

    `passed_over`: whether an event is not to be played at all.
    """
    for sealed in reversed((mail.event, *mail.later_events)):
        try:
            event = opened.event(user, sealed) if sealed else {}
            if not turns.erases(event) or passed_over(event):
                continue
            session = opened.session(mail.session, user)
            done = turns.run(event, session, user=user, times=times, now_ms=now_ms)
        except (BotError, orjson.JSONDecodeError) as error:
            logger.warning("erasure deferred", extra={"user": user, "error": type(error).__name__})
            continue
        if done.erase:
            return sealed, done
    return None
