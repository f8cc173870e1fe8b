"""Retry keys: the same request is accepted once in 24 hours."""

import hashlib
from dataclasses import dataclass

from line_emulator.chats import Json
from line_emulator.clock import Clock
from line_emulator.errors import RefusedError
from line_emulator.rules.requests import retry_key_is_uuid

LIFE = 24 * 3600.0
# Messages that go out: the only requests that take a key.
TAKEN_BY = frozenset({"push", "multicast", "narrowcast", "broadcast"})


@dataclass(frozen=True)
class _Accepted:
    kind: str
    digest: bytes
    at: float
    request_id: str
    sent: Json


class RetryKeys:
    """The requests that were accepted, by their retry key."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._accepted: dict[str, _Accepted] = {}

    def check(self, kind: str, key: str | None, body: bytes) -> None:
        """Refuse a malformed key (400), another body under a used key (400), and a repetition (409)."""
        if key is None:
            return
        if not retry_key_is_uuid(key):
            raise RefusedError(400, "The retry key is not a UUID")
        known = self._accepted.get(key.lower())
        if known is None or self._clock.seconds() > known.at + LIFE:
            return
        if (known.kind, known.digest) != (kind, _digest(body)):
            raise RefusedError(400, "The retry key was used for another request")
        accepted = {"x-line-accepted-request-id": known.request_id}
        raise RefusedError(409, "The retry key is already accepted", headers=accepted, **known.sent)

    def accept(self, kind: str, key: str | None, body: bytes, *, request_id: str, sent: Json) -> None:
        if key is not None:
            now = self._clock.seconds()
            self._accepted[key.lower()] = _Accepted(kind, _digest(body), now, request_id, sent)

    def clear(self) -> None:
        self._accepted.clear()


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
