"""The worker's mail room in this process, on a real Redis, with the call to LINE left out."""

import gc
import os
from collections.abc import Iterator
from time import process_time
from typing import Any

import orjson
from pydantic import SecretStr
from redis import Redis

from bench import events
from bot.delivery.channel_access import ChannelAccess
from bot.delivery.outbox_entry import Decision, OutboxEntry, decide
from bot.line.outcomes import Outcome
from bot.runtime.logs import UnbufferedStream, set_up_logs
from bot.settings import Settings
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms, UserKeys
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.user_queue import SESSION_TTL
from bot.worker.services import WorkerServices

ARRIVED = Outcome("done", 200)


class Done:
    """Stands in for the delivery: everything arrives, and the last messages can be looked at."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.access = ChannelAccess()

    def send(self, entry: OutboxEntry, **more: object) -> Decision:
        del more
        self.sent = entry.messages
        return decide(entry, ARRIVED, entry.created_ms)

    def messages(self) -> Any:
        """As LINE would read them."""
        return orjson.loads(orjson.dumps(self.sent))


class Worker:
    """The worker's mail room on a real Redis; events go into the inbox as the web process puts them there."""

    def __init__(self, redis_url: str) -> None:
        settings = Settings(
            line_channel_secret=SecretStr(events.SECRET),
            line_channel_access_token=SecretStr(events.TOKEN),
            secret_key=SecretStr(events.SECRET_KEY),
            public_url="https://bench.example",
            redis_url=redis_url,
        )
        self.redis = Redis.from_url(redis_url, protocol=2)
        self.done = Done()
        self.back = WorkerServices(settings)
        object.__setattr__(self.back.user_worker, "delivery", self.done)
        object.__setattr__(self.back.user_worker, "menu_links", _NoMenus())
        self._inbox = Inbox(self.back.redis)
        self._seal = Encryptor(events.SECRET_KEY)
        self._pseudonyms = Pseudonyms(events.SECRET_KEY)
        gc.freeze()  # as the worker's process does

    def turn(self, event: dict[str, Any]) -> float:
        """Seconds of CPU that this event's turn took."""
        user = self._pseudonyms.of(event["source"]["userId"])
        payload = self._seal.encrypt(orjson.dumps(event), "event", user)
        self._inbox.put(IncomingEvent(user, event["webhookEventId"], payload, limited=False))
        start = process_time()
        self.back.user_worker.process(user)
        return process_time() - start

    def session_key(self, line_id: str) -> str:
        return UserKeys(self._pseudonyms.of(line_id)).session

    def session(self, line_id: str) -> bytes:
        """What is stored of this user's conversation."""
        user = self._pseudonyms.of(line_id)
        stored: Any = self.redis.get(UserKeys(user).session)
        return self._seal.decrypt_session(stored, user)

    def put_sessions(self, line_ids: list[str], session: bytes) -> None:
        """The same conversation for each of these users."""
        with self.redis.pipeline(transaction=False) as pipe:
            for user in map(self._pseudonyms.of, line_ids):
                pipe.set(UserKeys(user).session, self._seal.encrypt_session(session, user), ex=SESSION_TTL)
            pipe.execute()

    def precheck(self, user: str) -> Iterator[float]:
        """The CPU seconds of each turn of a whole pre-check, as it is mostly done: buttons, names typed."""
        yield self.turn(events.text(user, "申込前チェック"))
        for given in GIVEN:
            yield self.turn(self._answer(user, given))

    def _answer(self, user: str, given: str) -> dict[str, Any]:
        if "=" not in given:
            return events.text(user, given)
        found = [data for data in _postbacks(self.done.messages()) if f"{given}&" in data]
        return events.tap(user, found[0])


GIVEN = (
    "神奈川県横浜市",
    "value=true",
    "value=none",
    "value=staff",
    "横浜市",
    "value=yes",
    "value=light",
    "value=lg.jp",
    "value=today",
)


class PrecheckUsers:
    """Users who have just been asked a question of the pre-check: one is led there, the others get a copy."""

    def __init__(self, redis_url: str) -> None:
        self.worker = Worker(redis_url)
        first = events.new_user()
        for event in (events.text(first, "申込前チェック"), events.text(first, GIVEN[0])):
            self.worker.turn(event)
        self._data = next(data for data in _postbacks(self.worker.done.messages()) if f"{GIVEN[1]}&" in data)
        self._session = self.worker.session(first)

    def taps(self, count: int) -> list[events.Event]:
        """An answer to that question from each of so many new users."""
        users = [events.new_user() for _ in range(count)]
        self.worker.put_sessions(users, self._session)
        return [events.tap(user, self._data) for user in users]


class _NoMenus:
    def show(self, change: object) -> None:
        """The rich menu is a call to LINE, too."""


def _postbacks(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("type") == "postback":
            yield part["data"]
        for value in part.values():
            yield from _postbacks(value)
    elif isinstance(part, list):
        for item in part:
            yield from _postbacks(item)


def logs_to_nowhere() -> None:
    """Logging costs what it costs in the worker, but the lines go to /dev/null."""
    set_up_logs(stream=UnbufferedStream(os.open(os.devnull, os.O_WRONLY)))
