"""An event that had to wait for a server not its user's own is answered once that is back, and never put aside."""

from collections.abc import Iterator
from types import SimpleNamespace

import orjson
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from bot.errors import StoreUnavailableError
from bot.flows.migrations import VERSION
from bot.settings import Settings
from bot.store import keys
from bot.worker.user_worker import MAX_ATTEMPTS
from tests.worker.test_user_worker import WorkerHarness

NEWER = orjson.dumps({"v": VERSION + 1, "conversations": {}})
CODE = "7K3F-9Q2M"


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def away(*_: object, **__: object) -> None:
    """As a script or a command answers whose master is gone."""
    raise RedisConnectionError("no route")


def takes_it_again_and_again(office: WorkerHarness) -> None:
    for _ in range(MAX_ATTEMPTS + 3):
        with pytest.raises(StoreUnavailableError):
            office.works()
        assert not office.redis.exists(office.keys.lease), "another worker need not wait for the lease"


def assert_answered_in_the_end(office: WorkerHarness) -> None:
    office.works_when_due()
    assert len(office.heard) == 1
    assert "うまくお答えできませんでした" not in str(office.heard[0].message)
    assert office.redis.llen(keys.dead_letters()) == 0


def test_code_whose_server_is_away_is_looked_up_when_it_is_back(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.receives(CODE)
    handovers = office.back.user_worker.turn_runner.resume_codes
    assert handovers
    with monkeypatch.context() as broken:
        broken.setattr(handovers.store, "_redeem", away)
        takes_it_again_and_again(office)
    assert_answered_in_the_end(office)


def test_session_of_a_newer_release_waits_for_the_word_whether_that_runs(
    office: WorkerHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.redis.set(office.keys.session, office.back.user_worker.encryptor.encrypt_session(NEWER, office.pseudonym))
    office.receives("メニュー")
    presence = office.back.schema_versions
    with monkeypatch.context() as broken:
        broken.setattr(presence, "_redis", SimpleNamespace(exists=away))
        takes_it_again_and_again(office)
    assert_answered_in_the_end(office)
