"""The order of a user's events if Redis refuses some calls of a pipeline and takes others."""

import time
from itertools import product
from typing import Any

import pytest
from redis import Redis

from bot.errors import StoreUnavailableError
from bot.store.keys import UserKeys
from bot.store.queue.batches import Batch
from bot.store.queue.inbox import Inbox, IncomingEvent

ALICE, BOB = "ab" * 16, "cd" * 16
EVENTS = [
    IncomingEvent(user, f"{number}{user}", f"{number}".encode(), limited=True)
    for number, user in enumerate((ALICE, BOB, ALICE, ALICE, BOB))
]
REFUSALS = {"memory is full": "maxmemory", "replicas are away": "min-replicas-to-write"}


class Refusing:
    """An inbox whose pipelines change a setting of Redis between calls, so that it refuses the chosen ones."""

    def __init__(self, inbox: Inbox, setting: str) -> None:
        self._inbox, self._setting = inbox, setting
        self.refused: tuple[bool, ...] = ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inbox, name)

    def pipeline(self, place: str) -> Any:
        return Switching(self._inbox.pipeline(place), self._setting, self.refused)


class Switching:
    """A pipeline in which each call stands between two changes of the setting."""

    def __init__(self, pipe: Any, setting: str, refused: tuple[bool, ...]) -> None:
        self._pipe, self._setting, self._left = pipe, setting, list(refused)

    def execute_command(self, *call: Any) -> None:
        self._set("1" if self._left.pop(0) else "0")
        self._pipe.execute_command(*call)
        self._set("0")

    def execute(self, *, raise_on_error: bool) -> list[Any]:
        return list(self._pipe.execute(raise_on_error=raise_on_error)[1::3])

    def _set(self, value: str) -> None:
        self._pipe.execute_command("CONFIG", "SET", self._setting, value)


@pytest.fixture
def inbox(redis: Redis) -> Inbox:
    return Inbox(redis)


def stored(redis: Redis, user: str) -> list[bytes]:
    return [bytes(value) for value in redis.lrange(UserKeys(user).inbox, 0, -1)]  # type: ignore[arg-type]  # bytes


@pytest.mark.parametrize("setting", REFUSALS.values(), ids=list(REFUSALS))
def test_events_keep_their_order_whichever_calls_redis_refuses(redis: Redis, inbox: Inbox, setting: str) -> None:
    for refused in product((False, True), repeat=len(EVENTS)):
        redis.flushall()
        refusing = Refusing(inbox, setting)
        refusing.refused = refused
        outcomes = list(Batch(refusing).put(EVENTS, until=time.monotonic() + 60))  # type: ignore[arg-type]  # an inbox but for its pipeline
        assert sorted(one.event_id for one, _ in outcomes) == sorted(one.event_id for one in EVENTS)
        for user in (ALICE, BOB):
            assert stored(redis, user) == [one.payload for one in EVENTS if one.user == user], refused


@pytest.mark.parametrize("setting", REFUSALS.values(), ids=list(REFUSALS))
def test_events_keep_their_order_if_single_calls_are_refused_as_well(
    redis: Redis, inbox: Inbox, setting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The webhook then gets a 503, and LINE's redelivery stores the rest behind what was stored."""

    def refuse(_: object, one: IncomingEvent) -> str:
        raise StoreUnavailableError(one.event_id)

    for refused in product((False, True), repeat=len(EVENTS)):
        redis.flushall()
        refusing = Refusing(inbox, setting)
        refusing.refused = refused
        with monkeypatch.context() as away:
            away.setattr(Inbox, "put", refuse)
            first = list(Batch(refusing).put(EVENTS, until=time.monotonic() + 60))  # type: ignore[arg-type]  # as above
        assert any(isinstance(outcome, StoreUnavailableError) for _, outcome in first) == any(refused)
        for user in (ALICE, BOB):
            mine = [one.payload for one in EVENTS if one.user == user]
            assert stored(redis, user) == mine[: len(stored(redis, user))], refused
        list(Batch(inbox).put(EVENTS, until=time.monotonic() + 60))
        for user in (ALICE, BOB):
            assert stored(redis, user) == [one.payload for one in EVENTS if one.user == user], refused
