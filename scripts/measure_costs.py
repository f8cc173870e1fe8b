"""Measures an event and a conversation in Redis, for docs/explanation/scaling.md: `python -m scripts.measure_costs`.

It starts its own Redis, the real web application and worker, and the emulator as LINE. A small machine takes a minute.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from pydantic import SecretStr

from bot.line.signature import sign
from bot.settings import Settings
from bot.store.keys import BUCKETS, UserKeys, due, sweeper_lock
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.sweeper import Sweeper
from bot.store.queue.user_queue import Drop, UserQueue
from bot.web.app import create_app
from bot.web.services import WebServices
from bot.worker.services import WorkerServices
from line_emulator import Emulator

SECRET, TOKEN, KEY = "sizes-secret", "sizes-token", "k" * 32
TALK = (
    "申込前チェック",
    "横浜市",
    "あります",
    "使っていません",
    "職員",
    "横浜市",
    "認証済み",
    "スタンダード",
    "lg.jp",
    "未定",
)
USERS, BURST, IDS, CROWD = 30, 5_000, 50_000, 100_000


class Machine:
    """Web and worker in this process."""

    def __init__(self, folder: Path, emulator: Emulator) -> None:
        url = emulator.start()
        settings = Settings(
            line_channel_secret=SecretStr(SECRET),
            line_channel_access_token=SecretStr(TOKEN),
            secret_key=SecretStr(KEY),
            public_url="http://127.0.0.1:8000",
            line_api_url=url,
            line_data_api_url=url,
            var_dir=folder,
        )
        self.services, self.worker = WebServices(settings), WorkerServices(settings)
        self.redis: Any = self.services.redis
        self._web = create_app(self.services).test_client()
        self._emulator = emulator
        self._taken = 0

    def keys_of(self, user: str) -> UserKeys:
        return UserKeys(self.services.pseudonyms.of(user))

    def hears(self, user: str, text: str) -> None:
        """Send the event that the emulator makes through the real webhook."""
        self._emulator.says(user, text)  # reaches no bot: only the recorded body is used
        body = orjson.dumps(self._emulator.deliveries[-1].body)
        answer = self._web.post("/callback", data=body, headers={"X-Line-Signature": sign(SECRET, body)})
        assert answer.status_code == 200, answer.status_code  # noqa: S101 - a figure of a failure is no figure

    def answers(self, user: str) -> None:
        self.worker.user_worker.process(self.services.pseudonyms.of(user))

    def works(self, user: str, text: str) -> None:
        self.hears(user, text)
        self.answers(user)

    def calls(self) -> Counter[str]:
        stats = self.redis.info("commandstats")
        return Counter({name.removeprefix("cmdstat_"): int(stat["calls"]) for name, stat in stats.items()})

    def redis_cpu(self) -> float:
        found = self.redis.info("cpu")
        return float(found["used_cpu_user"]) + float(found["used_cpu_sys"])

    def written(self) -> int:
        return int(self.redis.info("persistence")["aof_current_size"])

    def memory(self) -> int:
        return int(self.redis.info("memory")["used_memory"])

    def bytes_of(self, key: str) -> int:
        return int(self.redis.memory_usage(key, samples=0) or 0)


def talks(machine: Machine, emulator: Emulator) -> None:
    """Measure conversations step by step: their calls to Redis, and what they store."""
    users = [emulator.new_user() for _ in range(USERS)]
    largest = 0
    for text in TALK[:3]:
        for user in users:
            machine.works(user, text)
    calls, written = machine.calls(), machine.written()
    for text in TALK[3:]:
        for user in users:
            machine.works(user, text)
        largest = max(largest, *(machine.bytes_of(machine.keys_of(user).session) for user in users))
    events = len(TALK[3:]) * USERS
    made = machine.calls() - calls
    trips = made["evalsha"] + made["eval"]
    others = sum(number for name, number in made.items() if name not in ("evalsha", "eval", "info"))
    show("scripts an event (web 1, worker 3)", trips / events)
    show("commands an event, inside of them", others / events)
    show("append-only file, bytes an event", (machine.written() - written) / events)
    show("conversation at its largest, bytes", largest)


def redis_work(machine: Machine) -> None:
    """Measure the four calls of an event without the wake-up, one after the other as fast as possible."""
    inbox, mailbox = Inbox(machine.redis), UserQueue(machine.redis)
    cpu, started = machine.redis_cpu(), time.monotonic()
    for number in range(BURST):
        user = f"{BUCKETS[number % 256]}{number:030x}"
        inbox.put(IncomingEvent(user, f"01BURST{number}", b"e" * 600, limited=True))
        hold = mailbox.acquire(user)
        hold.claim_next()
        hold.commit(b"s" * 800, b"r" * 4000)
        hold.claim_next(Drop())
    took = time.monotonic() - started
    show("Redis CPU an event, µs", (machine.redis_cpu() - cpu) / BURST * 1e6)
    show("round trip of one call, µs", took / BURST / 4 * 1e6)


def waiting(machine: Machine, emulator: Emulator) -> None:
    """Measure events that no worker has processed yet."""
    users = [emulator.new_user() for _ in range(USERS)]
    before = machine.memory()
    for user in users:
        machine.hears(user, "料金はいくらですか")
    first = (machine.memory() - before) / USERS
    middle = machine.memory()
    for user in users:
        for _ in range(9):
            machine.hears(user, "料金はいくらですか")
    show("first waiting event of a user, bytes in all", first)
    show("each further one, bytes in all", (machine.memory() - middle) / USERS / 9)
    for user in users:
        machine.answers(user)


def seen_ids(machine: Machine) -> None:
    """Measure the event IDs, which are stored longest."""
    user = "ab" + "0" * 30
    before = machine.memory()
    with machine.redis.pipeline(transaction=False) as pipe:
        for number in range(IDS):
            pipe.set(UserKeys(user).accepted_at(f"01JD{number:022d}"), "1", ex=25 * 3600)
        pipe.execute()
    show("an event id that is remembered for 25 hours, bytes", (machine.memory() - before) / IDS)


def crowd(machine: Machine) -> None:
    """Measure the sweep with no user due and with very many."""
    sweep = Sweeper(machine.redis)
    for name, users in (("nobody", 0), (f"{CROWD:,} users", CROWD)):
        with machine.redis.pipeline(transaction=False) as pipe:
            for number in range(users):
                pipe.zadd(due(BUCKETS[number % 256]), {f"{BUCKETS[number % 256]}{number:030x}": number})
            pipe.execute()
        machine.redis.delete(sweeper_lock("00"))
        started, wall = time.process_time(), time.monotonic()
        found = len(sweep.users())
        took = time.monotonic() - wall, time.process_time() - started
        show(f"sweep with {name} due: found / ms / ms CPU", found, took[0] * 1000, took[1] * 1000)


def show(name: str, *values: float) -> None:
    print(f"{name:<58}" + " ".join(f"{value:>9,.1f}" for value in values))


@contextmanager
def _machine() -> Iterator[tuple[Machine, Emulator]]:
    with tempfile.TemporaryDirectory() as folder:
        emulator = Emulator("http://127.0.0.1:9/callback", SECRET, token=TOKEN)
        try:
            yield Machine(Path(folder), emulator), emulator
        finally:
            emulator.stop()


def main() -> None:
    with _machine() as (machine, emulator):
        talks(machine, emulator)
        redis_work(machine)
        waiting(machine, emulator)
        seen_ids(machine)
        crowd(machine)


if __name__ == "__main__":
    main()
