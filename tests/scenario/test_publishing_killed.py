"""Publishing while processes and Redis are killed: one whole version speaks afterwards, and no event is lost."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.content_editing.publishing import publish, save_draft
from bot.store.content_versions import ContentVersions, StoredVersion
from bot.store.queue.dead_letters import DeadLetters
from line_emulator.chats import Entry
from tests.eventually import eventually, quickest
from tests.scenario.person import Person, text_of
from tests.scenario.processes import RunningBot, running_bot
from tests.scenario.publisher import UNITS, WHO, words
from tests.servers import RedisServer

NUMBER = re.compile(r"第(\d+)号のご案内")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[RedisServer]:
    """Redis writes each change to the disk at once: a kill -9 costs nothing that was acknowledged."""
    server = RedisServer(tmp_path, "--appendfsync", "always")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def bot(durable: RedisServer, tmp_path: Path) -> Iterator[RunningBot]:
    with running_bot(durable.url, tmp_path, workers=2) as bot:
        eventually(lambda: all("worker started" in worker.output for worker in bot.workers), bot.logs)
        yield bot


def begin(server: RedisServer, stop_at: str, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.scenario.publisher", server.url, stop_at]
    with log.open("w") as output:
        return subprocess.Popen(command, cwd=ROOT, stdout=output)


def killed_at(server: RedisServer, step: str, log: Path) -> None:
    """Kill a publisher that has come to this step, where it waits."""
    process = begin(server, step, log)
    eventually(lambda: log.read_text().endswith(f"{step}\n"), log.read_text)
    process.kill()
    process.wait()


def page(bot: RunningBot) -> str:
    try:
        with urllib.request.urlopen(f"{bot.url}/sheet/not-a-link", timeout=30) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        return refused.read().decode()


def heard(bot: RunningBot, person: Person) -> list[Entry]:
    return [entry for entry in bot.emulator.seen(person.id) if entry.by == "bot"]


def spoken(text: str) -> set[int]:
    return {int(number) for number in NUMBER.findall(text)}


def whole(version: StoredVersion | None) -> int:
    """The number that every unit of this version says."""
    assert version
    assert set(version.changes) == set(UNITS)
    (said,) = {value for value, _ in version.changes.values()}
    assert said == words(int(version.why))
    return int(version.why)


def publish_next(versions: ContentVersions) -> int:
    number = versions.current() + 1
    for unit in UNITS:
        save_draft(versions, unit, words(number), who=WHO)
    return publish(versions, lambda _: "", who=WHO, why=str(number))


def test_version_is_whole_or_the_one_before_whatever_is_killed(
    bot: RunningBot, durable: RedisServer, tmp_path: Path
) -> None:
    versions = ContentVersions(durable.client())
    people = [Person(bot, f"職員{number}") for number in range(3)]
    sent = dict.fromkeys((person.id for person in people), 0)

    def everybody_asks() -> None:
        for person in people:
            person.sends("メニュー")
            sent[person.id] += 1

    def answered(person: Person) -> bool:
        return len(heard(bot, person)) == sent[person.id]

    assert publish_next(versions) == 1
    for step in ("draft", "check"):
        killed_at(durable, step, tmp_path / step)
        assert versions.current() == 1, f"killed at {step}: the version before"
    killed_at(durable, "published", tmp_path / "published")
    assert whole(versions.read(versions.current())) == versions.current() == 2

    in_use = '"content version in use"'  # until then a quick worker still answers with the release's own content
    eventually(lambda: all(in_use in worker.output for worker in bot.workers), bot.logs)
    publisher = begin(durable, "loop", tmp_path / "loop")
    everybody_asks()
    eventually(lambda: versions.current() > 4)
    bot.workers[0].kill()
    everybody_asks()
    durable.kill()
    publisher.kill()
    publisher.wait()
    durable.start()
    bot.workers[0].restart()
    everybody_asks()

    versions = ContentVersions(durable.client())
    history = versions.history()
    assert whole(versions.read(versions.current())) == versions.current() == history[0].number
    assert [whole(version) for version in history] == [version.number for version in history], "no number is missing"
    eventually(lambda: all("worker started" in worker.output for worker in bot.workers), bot.logs)

    def all_use_it() -> float:
        number, started = publish_next(versions), time.monotonic()
        line = f'"content version in use","content_version":{number}}}'
        eventually(lambda: all(line in worker.output for worker in bot.workers), bot.logs)
        eventually(lambda: spoken(page(bot)) == {number}, bot.logs)
        return time.monotonic() - started

    assert quickest(all_use_it, 5.0, rounds=4) < 5.0
    everybody_asks()
    for person in people:
        eventually(partial(answered, person), bot.logs)
        said = [text_of([one]) for one in heard(bot, person)]
        assert [text for text in said if len(spoken(text)) != 1] == [], "each answer is of one version"
        assert spoken(text_of(heard(bot, person)[-1:])) == {versions.current()}
    assert DeadLetters(durable.client()).newest() == []
