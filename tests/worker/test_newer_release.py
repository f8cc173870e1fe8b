"""Old and new workers side by side: what the newer release stored is not touched by the older one while that runs."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec
import orjson
import pytest
from redis import Redis

from bot.flows.migrations import VERSION, Stored, migrate
from bot.flows.session import Session
from bot.settings import Settings
from bot.store import keys
from bot.store.schema_versions import SchemaVersions
from bot.worker.user_worker import MAX_ATTEMPTS
from tests.conftest import PATIENT
from tests.worker.test_user_worker import WorkerHarness

NEXT = VERSION + 1
NEWER = orjson.dumps(
    {"v": NEXT, "conversations": {"precheck": {"flow": "precheck", "sid": "s", "step": "has_account"}}}
)


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    redis.set(office.keys.session, office.back.user_worker.encryptor.encrypt_session(NEWER, office.pseudonym))
    yield office
    office.line.stop()


def test_event_waits_untouched_for_a_newer_worker_however_often_an_older_one_takes_it(office: WorkerHarness) -> None:
    SchemaVersions(office.redis, NEXT, PATIENT.schema_version_ms).announce()
    office.receives("はい")
    for _ in range(MAX_ATTEMPTS + 3):
        office.works()
    assert office.heard == []
    stored: Any = office.redis.get(office.keys.session)
    assert office.back.user_worker.encryptor.decrypt_session(stored, office.pseudonym) == NEWER
    assert office.redis.llen(office.keys.inbox) == 1
    assert not office.redis.exists(office.keys.lease), "a newer worker can take the user at once"
    assert office.redis.llen(keys.dead_letters()) == 0


def test_newer_worker_goes_on_with_it(office: WorkerHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    SchemaVersions(office.redis, NEXT, PATIENT.schema_version_ms).announce()
    office.receives("はい")
    office.works()
    monkeypatch.setattr("bot.flows.session.migrate", partial(migrate, to=NEXT, migrations={VERSION: _to_two}))
    monkeypatch.setattr("bot.flows.session._read", _of_two)
    office.works()
    assert len(office.heard) == 1
    stored = office.redis.get(office.keys.session)
    assert isinstance(stored, bytes)
    assert b'"answers":{"has_account":true}' in office.back.user_worker.encryptor.decrypt_session(
        stored, office.keys.user
    )


def test_after_a_rollback_the_conversation_begins_afresh(office: WorkerHarness) -> None:
    office.receives("はい")
    office.works()
    assert len(office.heard) == 1
    assert office.redis.llen(keys.dead_letters()) == 0


def test_newer_workers_that_are_gone_are_not_waited_for(office: WorkerHarness) -> None:
    SchemaVersions(office.redis, NEXT).announce()
    left: Any = office.redis.pttl(keys.supported_version(NEXT))
    assert left <= 5000
    assert left != -1, "it would be taken for a worker for ever"


def test_first_release_has_nothing_to_tell(redis: Redis) -> None:
    SchemaVersions(redis, 1).announce()
    assert redis.keys("*speaks*") == []


def _to_two(stored: Stored) -> Stored:
    return {"conversations": stored.get("talks", {})}


def _of_two(stored: Stored) -> object:
    """As the newer release would read its own shape."""
    talks = {name: {**talk} for name, talk in stored["conversations"].items()}
    return msgspec.convert({"talks": talks, "stack": list(talks)}, Session)
