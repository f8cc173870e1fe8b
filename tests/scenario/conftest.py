"""One running bot for the scenarios that leave it whole; those that break it start their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from line_emulator.records import Call
from tests.scenario.processes import RunningBot, running_bot
from tests.servers import RedisServer


@pytest.fixture(scope="module")
def shared_bot(redis_server: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    with redis_server.client() as client:
        client.flushall()
    with running_bot(redis_server.url, tmp_path_factory.mktemp("bot"), environment=redis_server.environment) as bot:
        yield bot


@pytest.fixture
def bot(shared_bot: RunningBot) -> Iterator[RunningBot]:
    """The running bot; afterwards LINE has refused nothing that the test did not ask it to refuse."""
    yield shared_bot
    shared_bot.emulator.platform.control.reset()
    assert [(call.path, call.reasons) for call in shared_bot.emulator.refusals] == []


@pytest.fixture
def breakable_bot(tmp_path: Path) -> Iterator[RunningBot]:
    """A bot of the test's own, to be killed; its Redis too, or the other bot's worker would take its mail."""
    server = RedisServer(tmp_path)
    server.start()
    try:
        with running_bot(server.url, tmp_path) as bot:
            yield bot
            assert [call.reasons for call in bot.emulator.refusals if not _used_token(call)] == []
    finally:
        server.stop()


def _used_token(call: Call) -> bool:
    """The one refusal that a killed worker cannot spare its successor: the token that it had used already."""
    return call.path.endswith("/reply") and "reply token" in str(call.response).lower()
