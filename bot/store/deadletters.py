"""What could not be delivered or processed, kept for the operators with its reason and no content."""

from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import BaseModel

from bot.figures import Tally
from bot.figures import catalogue as figures
from bot.store.keys import dead_letters

KEEP = 1000
TTL = 30 * 24 * 3600


class DeadLetter(BaseModel, frozen=True):
    """Why something ended here; `line_request_id` is what LINE's support asks for."""

    at: datetime
    kind: str
    user: str
    reason: str
    event_id: str = ""
    status: int | None = None
    line_request_id: str | None = None


class DeadLetters:
    """The newest 1,000, for 30 days after the last."""

    def __init__(self, redis: Any, tally: Tally | None = None) -> None:
        self._redis = redis
        self._tally = tally or Tally()

    def add(self, kind: str, user: str, reason: str, **more: Any) -> None:
        letter = DeadLetter(at=datetime.now(UTC), kind=kind, user=user, reason=reason[:500], **more)
        with self._redis.pipeline(transaction=False) as pipe:
            pipe.lpush(dead_letters(), letter.model_dump_json())
            pipe.ltrim(dead_letters(), 0, KEEP - 1)
            pipe.expire(dead_letters(), TTL)
            pipe.execute()
        self._tally.count(figures.DEAD_LETTERS, kind)

    def newest(self, count: int = 50) -> list[DeadLetter]:
        return [DeadLetter(**orjson.loads(raw)) for raw in self._redis.lrange(dead_letters(), 0, count - 1)]
