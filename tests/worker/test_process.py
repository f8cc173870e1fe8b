"""The worker process where a part it leans on is away."""

import time
from collections.abc import Iterator

import orjson
import pytest
from redis import Redis

from bot.settings import Settings
from bot.store.encryption import Encryptor
from bot.store.keys import Pseudonyms
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.store.queue.sweeper import Sweeper
from bot.worker.process import WorkerProcess
from bot.worker.services import WorkerServices
from line_emulator import Emulator
from tests.conftest import SECRET, SECRET_KEY
from tests.servers import free_port


@pytest.fixture
def line() -> Iterator[Emulator]:
    emulator = Emulator("http://127.0.0.1:9/callback", SECRET, token="token-of-the-tests", strict=True)
    emulator.start()
    yield emulator
    emulator.stop()


def test_mail_is_taken_up_without_the_bell_while_the_broker_is_away(
    settings: Settings, redis: Redis, line: Emulator
) -> None:
    away = {"broker_url": f"redis://127.0.0.1:{free_port()}/0", "line_api_url": line.url, "worker_threads": 2}
    worker = WorkerProcess(WorkerServices(Settings(**{**settings.model_dump(), **away})))
    user = line.new_user()
    delivery = line.says(user, "メニュー").delivery
    assert delivery
    event = delivery.body["events"][0]
    name = Pseudonyms(SECRET_KEY).of(user)
    payload = Encryptor(SECRET_KEY).encrypt(orjson.dumps(event), "event", name)
    Inbox(redis, grace_ms=1).put(IncomingEvent(name, event["webhookEventId"], payload, limited=True))
    time.sleep(0.01)  # the grace is over
    worker.notify(Sweeper(redis).users())
    assert len(line.wait_for(user, timeout=15)) == 1
