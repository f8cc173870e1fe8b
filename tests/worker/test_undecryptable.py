"""What does not open now is not thrown away: it stays, sealed, until its key is back or its time is over."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from redis import Redis

from bot.settings import Settings
from bot.store import keys
from bot.store.encryption import PREFIX_LENGTH, Encryptor
from bot.worker.user_worker import UNDECRYPTABLE_MS, UNDECRYPTABLE_SESSION_MS
from tests.worker.test_user_worker import WorkerHarness

OTHER_KEY = "another-secret-key-of-32-letters"


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    office = WorkerHarness(settings, redis)
    yield office
    office.line.stop()


def with_key(office: WorkerHarness, secret_key: str) -> None:
    """A worker that was started with that key, on the same mail."""
    object.__setattr__(office.back.user_worker, "encryptor", Encryptor(secret_key))


def let_pass(office: WorkerHarness, purpose: str, ms: int) -> None:
    """As if the value had been met for the first time so much earlier."""
    met: Any = office.redis.hget(office.keys.undecryptable, purpose)
    office.redis.hset(
        office.keys.undecryptable, purpose, met[:PREFIX_LENGTH] + str(int(met[PREFIX_LENGTH:]) - ms).encode()
    )


@pytest.mark.parametrize("text", ["メニュー", "データ削除"])
def test_event_that_does_not_open_stays_until_its_key_is_back(office: WorkerHarness, text: str) -> None:
    right = office.back.user_worker.encryptor
    office.receives(text)
    before = office.redis.lrange(office.keys.inbox, 0, -1)
    with_key(office, OTHER_KEY)
    for _ in range(6):
        office.works()
    assert office.redis.lrange(office.keys.inbox, 0, -1) == before
    assert (office.heard, office.redis.llen(keys.dead_letters())) == ([], 0)
    assert not office.redis.exists(office.keys.lease), "a worker with the key can take the user at once"
    object.__setattr__(office.back.user_worker, "encryptor", right)
    office.works_when_due()
    assert len(office.heard) == 1


def test_what_comes_behind_it_keeps_its_place(office: WorkerHarness) -> None:
    right = office.back.user_worker.encryptor
    office.receives("メニュー")
    with_key(office, OTHER_KEY)
    office.works()
    office.receives("ヘルプ")
    object.__setattr__(office.back.user_worker, "encryptor", right)
    office.works()
    assert ["使い方" in str(entry.message["altText"]) for entry in office.heard] == [False, True]


def test_event_whose_key_never_comes_goes_after_a_day_and_frees_its_user(office: WorkerHarness) -> None:
    foreign = Encryptor(OTHER_KEY).encrypt(b"{}", "event", office.pseudonym)
    office.redis.rpush(office.keys.inbox, foreign)
    office.receives("メニュー")
    office.works()
    let_pass(office, "event", UNDECRYPTABLE_MS - 60_000)
    office.works()
    assert office.heard == []
    let_pass(office, "event", 60_000)
    office.works()
    assert len(office.heard) == 1
    assert [letter.kind for letter in office.back.user_worker.dead_letters.newest()] == ["event"]


def test_reply_that_does_not_open_stays_until_its_key_is_back(office: WorkerHarness) -> None:
    right = office.back.user_worker.encryptor
    office.receives("メニュー")
    office.line.control(failing=503, failing_count=1)
    office.works()
    with_key(office, OTHER_KEY)
    office.works_when_due()
    assert len(office.redis.lrange(office.keys.outbox, 0, -1)) == 1
    assert office.redis.llen(keys.dead_letters()) == 0
    object.__setattr__(office.back.user_worker, "encryptor", right)
    office.works_when_due()
    assert (len(office.heard), office.outbox()) == (1, [])


def test_reply_whose_key_never_comes_goes_after_a_day(office: WorkerHarness) -> None:
    office.redis.rpush(office.keys.outbox, Encryptor(OTHER_KEY).encrypt(b"{}", "outbox", office.pseudonym))
    office.receives("メニュー")
    office.works()
    let_pass(office, "outbox", UNDECRYPTABLE_MS)
    office.works()
    assert len(office.heard) == 1
    assert [letter.kind for letter in office.back.user_worker.dead_letters.newest()] == ["delivery"]


def test_conversation_waits_ten_minutes_for_its_key_and_begins_afresh_then(office: WorkerHarness) -> None:
    foreign = Encryptor(OTHER_KEY).encrypt_session(b"{}", office.pseudonym)
    office.redis.set(office.keys.session, foreign)
    office.receives("申込前チェック")
    office.works()
    assert (office.heard, office.redis.get(office.keys.session)) == ([], foreign)
    let_pass(office, "session", UNDECRYPTABLE_SESSION_MS)
    office.works()
    assert len(office.heard) == 1
    assert office.back.user_worker.encryptor.decrypt_session(
        _bytes(office.redis.get(office.keys.session)), office.pseudonym
    )


def test_it_is_an_error_in_the_log_once_and_not_at_each_look(
    office: WorkerHarness, caplog: pytest.LogCaptureFixture
) -> None:
    office.receives("メニュー")
    with_key(office, OTHER_KEY)
    with caplog.at_level(logging.INFO):
        for _ in range(4):
            office.works()
            let_pass(office, "event", 5000)
    told = [
        record.levelname for record in caplog.records if record.getMessage() == "value not decrypted: kept for 24 hours"
    ]
    assert told == ["ERROR", "INFO", "INFO", "INFO"]


def test_empty_value_makes_nobody_mute(office: WorkerHarness) -> None:
    office.redis.rpush(office.keys.inbox, b"", b"")
    office.redis.rpush(office.keys.outbox, b"")
    office.receives("メニュー")
    office.works()
    assert len(office.heard) == 1
    assert not office.redis.exists(office.keys.inbox, office.keys.outbox)


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes)
    return value
