"""An upgrade over a change of the encrypted format: what the old release has stored waits for it, and nothing is lost.

The old format is that of the builds before 0.1.0: AES-GCM under other keys, without version byte and owner.
"""

import time
from collections.abc import Iterator

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from redis import Redis

from bot.errors import DecryptionError
from bot.runtime.key_derivation import derive_key
from bot.runtime.random_bytes import random_bytes
from bot.settings import Settings
from bot.store import keys
from bot.store.encryption import Encryptor, Purpose
from bot.store.queue.stats import read_queue_stats
from bot.worker.user_worker import UNDECRYPTABLE_SESSION_MS, UserWorker
from tests.conftest import SECRET_KEY
from tests.worker.released import worker_services
from tests.worker.test_undecryptable import let_pass
from tests.worker.test_user_worker import WorkerHarness


class OldFormat(Encryptor):
    """The encryption of the old release, which cannot decrypt the new format either."""

    def __init__(self, secret_key: str) -> None:
        super().__init__(secret_key)
        self._values = AESGCM(derive_key(secret_key, "payloads"))

    def encrypt(self, plain: bytes, purpose: Purpose, *owner: str) -> bytes:
        del purpose, owner
        nonce = random_bytes(12)
        return nonce + self._values.encrypt(nonce, plain, None)

    def decrypt(self, encrypted: bytes, purpose: Purpose, *owner: str) -> bytes:
        del owner
        try:
            return self._values.decrypt(encrypted[:12], encrypted[12:], None)
        except InvalidTag:
            raise DecryptionError(f"a stored value ({purpose}) does not decrypt") from None


@pytest.fixture
def office(settings: Settings, redis: Redis) -> Iterator[WorkerHarness]:
    """The new release, with an inbox that the old one's web process still fills."""
    office = WorkerHarness(settings, redis)
    office._seal = OldFormat(SECRET_KEY)
    yield office
    office.line.stop()


@pytest.fixture
def old(office: WorkerHarness) -> UserWorker:
    """A worker of the old release on the same Redis."""
    worker = worker_services(office.settings).user_worker
    object.__setattr__(worker, "encryptor", OldFormat(SECRET_KEY))
    return worker


def stored(office: WorkerHarness) -> list[object]:
    redis, names = office.redis, office.keys
    return [redis.lrange(names.inbox, 0, -1), redis.lrange(names.outbox, 0, -1), redis.get(names.session)]


def drain(office: WorkerHarness, worker: UserWorker) -> None:
    """What an operator waits for: the old worker processes the user until `stats` shows nobody."""
    while read_queue_stats(office.redis).users_waiting:
        until_due(office)  # a reply that backs off
        worker.process(office.pseudonym)


def until_due(office: WorkerHarness) -> None:
    due = office.redis.zscore(office.keys.due, office.pseudonym) or 0.0
    time.sleep(max(0.0, float(due) / 1000 - time.time()))


def is_help(office: WorkerHarness) -> list[bool]:
    """Which of the answers are the one to ヘルプ."""
    return ["使い方" in str(entry.message["altText"]) for entry in office.heard]


def test_new_release_that_starts_too_early_destroys_nothing_and_the_old_one_drains_it(
    office: WorkerHarness, old: UserWorker
) -> None:
    office.receives("申込前チェック")
    office.line.control(failing=503, failing_count=1)
    old.process(office.pseudonym)
    office.receives("ヘルプ")
    before = stored(office)
    assert all(before)
    for _ in range(4):
        office.works()
    assert stored(office) == before
    assert (office.heard, office.redis.llen(keys.dead_letters())) == ([], 0)
    assert read_queue_stats(office.redis).users_waiting == 1, "`stats` shows that it is not drained"
    drain(office, old)
    assert is_help(office) == [False, True]
    assert office.redis.llen(keys.dead_letters()) == 0


def test_events_of_both_releases_are_answered_once_and_in_order(office: WorkerHarness, old: UserWorker) -> None:
    office.receives("メニュー")
    office._seal = Encryptor(SECRET_KEY)  # the new web process has replaced the old one
    office.receives("ヘルプ")
    office.works()
    old.process(office.pseudonym)
    assert is_help(office) == [False]
    old.process(office.pseudonym)
    let_pass_if_waiting(office)
    office.works()
    assert is_help(office) == [False, True]
    assert office.redis.llen(keys.dead_letters()) == 0


def test_drained_bot_goes_on_and_an_unfinished_conversation_begins_again(
    office: WorkerHarness, old: UserWorker
) -> None:
    office.receives("申込前チェック")
    drain(office, old)
    office._seal = Encryptor(SECRET_KEY)
    office.receives("メニュー")
    office.works()
    assert len(office.heard) == 1, "an old worker could still run: the conversation is kept for ten minutes"
    let_pass(office, "session", UNDECRYPTABLE_SESSION_MS)
    office.works()
    assert len(office.heard) == 2
    assert office.redis.llen(keys.dead_letters()) == 0


def let_pass_if_waiting(office: WorkerHarness) -> None:
    """Ten minutes later, if the session is one of the old release."""
    office.works()
    if office.redis.hexists(office.keys.undecryptable, "session"):
        let_pass(office, "session", UNDECRYPTABLE_SESSION_MS)
