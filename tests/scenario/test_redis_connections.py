"""Redis lets few clients in, is read-only, or fails over: afterwards everybody is answered, nothing restarted."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.eventually import eventually
from tests.scenario.person import Person
from tests.scenario.processes import RunningBot, running_bot
from tests.servers import RedisServer, free_port

AS_BY_DEFAULT = {"WEB_PROCESSES": "2", "WORKER_PROCESSES": "2", "WORKER_THREADS": "64"}
USERS = 40
QUESTION = "料金はいくらですか"


@contextmanager
def bot_on(server: RedisServer, folder: Path) -> Iterator[RunningBot]:
    """The default processes; at the end each is still the one that was started."""
    server.start()
    try:
        with running_bot(server.url, folder, environment=AS_BY_DEFAULT) as bot:
            eventually(lambda: bot.logs().count("worker started") == 2)
            yield bot
            assert [process.status for process in (bot.web, *bot.workers)] == [None, None]
            assert bot.logs().count("worker started") == 2, "no worker process was started again"
    finally:
        server.stop()


class Crowd:
    """Users who each ask once at a time, and whose event comes again, as LINE does, until it was acknowledged."""

    def __init__(self, bot: RunningBot, count: int = USERS) -> None:
        self._bot = bot
        self.people = [Person(bot) for _ in range(count)]
        self.asked = dict.fromkeys((person.id for person in self.people), 0)
        self.refused = 0
        self._counting = threading.Lock()

    def ask(self) -> None:
        """All at the same moment; returns once every event was acknowledged."""
        with ThreadPoolExecutor(len(self.people)) as threads:
            list(threads.map(self._ask, self.people))

    def _ask(self, person: Person) -> None:
        self.asked[person.id] += 1
        delivery = self._bot.emulator.says(person.id, QUESTION).delivery
        while delivery and delivery.outcome != "ok":
            with self._counting:
                self.refused += 1
            time.sleep(0.05)
            delivery = self._bot.emulator.redeliver_last(person.id)

    def answers(self) -> dict[str, int]:
        seen = self._bot.emulator.seen
        return {person.id: sum(entry.by == "bot" for entry in seen(person.id)) for person in self.people}

    def until_answered(self) -> None:
        """Each question once."""
        eventually(
            lambda: self.answers() == self.asked, lambda: (sum(self.answers().values()), sum(self.asked.values()))
        )


@pytest.mark.parametrize("maxclients", [20, 24, 40, 100])
def test_redis_that_lets_few_clients_in_answers_everybody(tmp_path: Path, maxclients: int) -> None:
    with bot_on(RedisServer(tmp_path, "--maxclients", str(maxclients)), tmp_path) as bot:
        crowd = Crowd(bot)
        bot.emulator.control(slow=0.3)
        crowd.ask()
        crowd.until_answered()
        bot.emulator.control(slow=0)
        for _ in range(2):
            crowd.ask()
            crowd.until_answered()
        assert crowd.refused == 0


@contextmanager
def crowd_that_asks(bot: RunningBot) -> Iterator[Crowd]:
    """From a thread of its own, until the end; then all that was asked is answered, and one more round."""
    crowd, enough = Crowd(bot), threading.Event()

    def ask() -> None:
        while not enough.is_set():
            crowd.ask()
            enough.wait(0.7)  # a user who writes more than 120 times a minute is told to wait

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    eventually(lambda: sum(crowd.answers().values()) > USERS)
    try:
        yield crowd
    finally:
        enough.set()
        asking.join()
    crowd.until_answered()
    crowd.ask()
    crowd.until_answered()


def test_redis_that_was_read_only_under_load_is_taken_up_again(tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    with bot_on(server, tmp_path) as bot, crowd_that_asks(bot) as crowd, server.client() as admin:
        admin.replicaof("127.0.0.1", str(free_port()))
        eventually(
            lambda: crowd.refused > 400, lambda: crowd.refused
        )  # four times the connections that redis-py counts to
        admin.replicaof("NO", "ONE")
        before = sum(crowd.answers().values())
        eventually(lambda: sum(crowd.answers().values()) > before + USERS)
        assert "MaxConnectionsError" not in bot.logs()
        assert "NoConnectionFreeError" not in bot.logs()
        assert '"level":"CRITICAL"' not in bot.logs()


def test_redis_that_hangs_or_is_away_is_a_few_warnings_and_nothing_critical(tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    with bot_on(server, tmp_path) as bot:
        server.pause()
        time.sleep(5.0)
        server.resume()
        Crowd(bot, 1).ask()
        server.kill()
        time.sleep(5.0)
        server.start()
        crowd = Crowd(bot, 3)
        crowd.ask()
        crowd.until_answered()
        lines = [json.loads(line) for line in bot.logs().splitlines() if line.startswith("{")]
    assert [line for line in lines if line["level"] in ("CRITICAL", "ERROR")] == []
    said = Counter(line["message"] for line in lines if line["level"] == "WARNING")
    assert 2 <= said["broker away"] <= 4, said  # two outages, two worker processes
    assert said["sweep skipped"] <= 8, said


def test_failover_behind_one_address_is_followed(tmp_path: Path) -> None:
    server = RedisServer(tmp_path, "--appendfsync", "always")
    with bot_on(server, tmp_path) as bot, crowd_that_asks(bot) as crowd:
        server.fail_over()
        before = sum(crowd.answers().values())
        eventually(lambda: sum(crowd.answers().values()) > before + USERS)
