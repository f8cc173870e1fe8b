"""Stores the events of one webhook with few round trips to each Redis node.

With a call for each event, every redelivery would stop at the same event while Redis is slow: LINE waits two seconds,
and events that are stored already cost their calls again.
"""

import time
from collections.abc import Iterator, Sequence
from random import shuffle
from typing import Any

from redis.exceptions import RedisError, ResponseError

from bot.errors import StoreUnavailableError
from bot.store.keys import UserKeys
from bot.store.queue.inbox import OUT_OF_ORDER, Acceptance, Inbox, IncomingEvent
from bot.store.redis.scripts import digest, source

BATCH_SIZE = 500  # events of one round trip, which block Redis for some 10 ms

Outcome = Acceptance | StoreUnavailableError | None
Outcomes = Iterator[tuple[IncomingEvent, Outcome]]


class Batch:
    """A writer of many events into their inboxes."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    def put(self, events: Sequence[IncomingEvent], *, until: float) -> Outcomes:
        """Yield what became of each event; None if its turn did not come before `until` (`time.monotonic`).

        One round trip to each node stores new events even after `until`, so that any number of events is stored after a
        finite number of redeliveries. The events of a user keep their order.
        """
        nodes = list(self._inbox.by_node(events).items())
        shuffle(nodes)  # a slow node must not delay the same other nodes in every delivery
        refused = False
        for node, waiting in nodes:
            if refused and time.monotonic() > until:  # a hanging node has used up the time of the others
                yield from ((one, None) for one in waiting)
                continue
            for one, outcome in self._to(node, waiting, until):
                refused = refused or isinstance(outcome, StoreUnavailableError)
                yield one, outcome

    def _to(self, node: str, waiting: Sequence[IncomingEvent], until: float) -> Outcomes:
        """Yield the outcomes of one node. If it fails, all events that are left have its error as their outcome."""
        rest: Outcome = None
        left, begun = list(waiting), False
        try:
            if len(left) > BATCH_SIZE:
                seen = self._seen(node, left)
                yield from ((one, "duplicate") for one in left if (one.user, one.event_id) in seen)
                left = [one for one in left if (one.user, one.event_id) not in seen]
            while left and not (begun and time.monotonic() > until):
                begun = True
                answers = list(zip(left, self._together(node, left[:BATCH_SIZE]), strict=False))
                failed = [one for one, answer in answers if _is_refused(answer)]
                left = [*failed, *left[BATCH_SIZE:]]
                yield from ((one, answer.decode()) for one, answer in answers if not _is_refused(answer))
                for one in failed:
                    # a single call follows MOVED to the right node, or fails with the node's own error
                    alone = self._inbox.put(one)
                    yield left.pop(0), alone
                    if time.monotonic() > until:
                        break
        except (RedisError, OSError) as error:
            rest = self._inbox.refusal(node, error)
        except StoreUnavailableError as error:
            rest = error
        yield from ((one, rest) for one in left)

    def _seen(self, node: str, events: Sequence[IncomingEvent]) -> set[tuple[str, str]]:
        """Return which of these events an earlier delivery stored. One command asks for all users of a bucket."""
        buckets: dict[str, list[IncomingEvent]] = {}
        for one in events:
            buckets.setdefault(one.user[:2], []).append(one)
        pipe = self._inbox.pipeline(node)
        for waiting in buckets.values():
            pipe.execute_command("MGET", *(UserKeys(one.user).accepted_at(one.event_id) for one in waiting))
        seen: set[tuple[str, str]] = set()
        for waiting, values in zip(buckets.values(), pipe.execute(raise_on_error=False), strict=True):
            if not isinstance(values, ResponseError):
                seen.update((one.user, one.event_id) for one, value in zip(waiting, values, strict=True) if value)
        return seen

    def _together(self, node: str, events: Sequence[IncomingEvent]) -> list[Any]:
        """Make one round trip. The first call sends the script's text (EVAL), the others only its hash (EVALSHA).

        Redis may refuse single calls of a pipeline. A later event of the same user is then not stored either, so that
        it does not get in front.
        """
        pipe = self._inbox.pipeline(node)
        before: dict[str, str] = {}
        for number, one in enumerate(events):
            keys, args = self._inbox.script_call(one, after=before.get(one.user, ""))
            before[one.user] = one.event_id
            call = ("EVALSHA", digest("accept")) if number else ("EVAL", source("accept"))
            pipe.execute_command(*call, len(keys), *keys, *args)
        answers: list[Any] = pipe.execute(raise_on_error=False)
        return answers


def _is_refused(answer: Any) -> bool:
    return isinstance(answer, Exception) or answer == OUT_OF_ORDER
