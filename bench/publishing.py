"""What publishing costs those who write meanwhile: the same turns with and without a publish every five seconds.

Each publish changes two sentences of one message, so that a reply which mixes two versions shows. A round in which one
does, or in which a reply is missing, fails.
"""

import itertools
import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from redis import Redis

from bench import events
from bench.end_to_end import Requests, Step, Subject, request, start_bot
from bench.figures import Figure
from bench.our_bot import FakeLine
from bench.publisher import ASKED, DONE
from bench.servers import place
from bench.timing import Spread

PART = "publishing"
RATE, ROUND_SECONDS, PAIRS = 30, 9.0, 2
EVERY = 5.0
WITHIN = 30  # seconds for one version, checks and all
FOLLOWED = 3.0  # seconds after which every process has loaded it
WITHOUT, WITH = "without publishing", "a publish every 5 s"


def measure() -> Iterator[Figure]:
    with place() as found:
        redis, url = found.redis()
        line = FakeLine(found)
        subject, _, _ = start_bot(found, redis, url, line, "")
        found.python("-m", "bench.publisher", url)
        yield from _rounds(subject, line, Publishing(Redis.from_url(url, protocol=2, socket_timeout=2 * WITHIN)))


class Publishing:
    """A publisher in a process of its own that is asked at fixed times."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._numbers = itertools.count(1)

    def publish(self) -> None:
        """Publish one version and wait for it."""
        self._redis.rpush(ASKED, next(self._numbers))
        if not self._redis.blpop([DONE], WITHIN):
            raise RuntimeError("nothing was published")

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Publish at once, and again every five seconds until the block ends."""
        ended = threading.Event()

        def work() -> None:
            while not ended.is_set():
                asked = time.monotonic()
                self.publish()
                ended.wait(max(0.0, asked + EVERY - time.monotonic()))

        asking = threading.Thread(target=work, daemon=True)
        asking.start()
        try:
            yield
        finally:
            ended.set()
            asking.join()
            time.sleep(FOLLOWED)  # the next round has no part of this one's


def _rounds(subject: Subject, line: FakeLine, publishing: Publishing) -> Iterator[Figure]:
    publishing.publish()
    subject.step(_asks(60), RATE)  # warm
    late: dict[str, list[float]] = {WITHOUT: [], WITH: []}
    said: set[str] = set()
    for _ in range(PAIRS):
        late[WITHOUT].append(_step(subject, line, said).p99)
        with publishing.going_on():
            late[WITH].append(_step(subject, line, said).p99)
    for name, values in late.items():
        yield Figure.of(PART, f"{name}: p99", "ms", Spread.of(values))
    yield Figure.once(PART, "versions that were spoken", "versions", len(said))
    yield Figure.once(PART, "load average at the end", "", os.getloadavg()[0])


def _step(subject: Subject, line: FakeLine, said: set[str]) -> Step:
    line.said()
    asks = _asks(int(RATE * ROUND_SECONDS))
    step = subject.step(asks, RATE)
    said |= versions_of([token for token, _ in asks], line.said())
    return step


def versions_of(tokens: Sequence[str], said: Mapping[str, Sequence[str]]) -> set[str]:
    """Return the versions that these replies speak. Raise RuntimeError if one is missing or mixes two."""
    missing = [token for token in tokens if token not in said]
    mixed = [token for token in tokens if len(set(said.get(token, ()))) > 1]
    once = [token for token in tokens if len(said.get(token, ())) == 1]
    if missing or mixed or once:
        raise RuntimeError(f"of {len(tokens)} replies {len(missing)} are missing, {len(mixed) + len(once)} not whole")
    return {version for token in tokens for version in said[token]}


def _asks(count: int) -> Requests:
    return [request(events.text(events.new_user(), "メニュー")) for _ in range(count)]
