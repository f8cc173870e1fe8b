"""Many events in one request: stored after finitely many deliveries, however slow Redis is."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import orjson
import pytest
from flask.testing import FlaskClient
from redis import Redis
from redis.exceptions import ResponseError

from bot.settings import Settings
from bot.store.keys import UserKeys
from bot.store.queue.batches import BATCH_SIZE
from bot.store.queue.inbox import INBOX_LIMIT
from bot.web.app import create_app
from bot.web.services import WebServices
from tests.conftest import PATIENT
from tests.delaying_proxy import DelayingProxy
from tests.servers import RedisServer
from tests.web.test_webhook import ALICE, body_of, post, text_event, waiting

DELIVERIES = 30
Delayed = Callable[[float], WebServices]


def small_events(count: int, users: int = 0) -> list[dict[str, object]]:
    """As many as fit into a megabyte: nothing but what an event needs to be stored."""
    return [
        {"type": "x", "webhookEventId": f"{number:06}", "source": {"userId": f"U{number % (users or count)}"}}
        for number in range(count)
    ]


def inbox_sizes(services: WebServices, events: list[dict[str, object]]) -> Counter[int]:
    """How many inboxes hold how many events."""
    users = {orjson.loads(orjson.dumps(event))["source"]["userId"] for event in events}
    return Counter(services.redis.llen(UserKeys(services.pseudonyms.of(user)).inbox) for user in users)


@pytest.fixture
def delayed(settings: Settings, server: RedisServer) -> Iterator[Delayed]:
    """A bot whose Redis answers so many seconds late."""
    proxies: list[DelayingProxy] = []

    def made(seconds: float) -> WebServices:
        proxies.append(DelayingProxy(server.port, seconds / 2))
        url = f"redis://127.0.0.1:{proxies[-1].port}/0"
        one = {"redis_url": url, "redis_cluster": False, "broker_url": None}
        return WebServices(Settings(**{**settings.model_dump(), **one}))

    yield made
    for proxy in proxies:
        proxy.close()


@pytest.mark.usefixtures("own_limits")
@pytest.mark.parametrize(
    ("late", "count", "deliveries"),
    [(0.005, 200, 2), (0.02, 60, 2), (0.05, 20, 2), (0.05, 500, 2), (0.4, 500, 3), (0, 10_000, 30), (0.05, 10_000, 30)],
)
def test_every_batch_is_stored_after_a_few_deliveries(
    delayed: Delayed, server: RedisServer, late: float, count: int, deliveries: int
) -> None:
    services, events = delayed(late), small_events(count)
    client, body = create_app(services).test_client(), body_of(*events)
    answers: list[int] = []
    assert len(body) < 1_000_000
    while not answers or (answers[-1] != 200 and len(answers) < DELIVERIES):
        answers.append(post(client, body))
    assert (answers[-1], set(answers[:-1]) - {503}) == (200, set())
    assert len(answers) <= deliveries
    with server.client() as redis:
        assert sum(1 for _ in redis.scan_iter("mado:*:inbox", count=5000)) == count
        assert sum(1 for _ in redis.scan_iter("mado:*:seen:*", count=5000)) == count


def test_each_delivery_gets_further_though_its_time_is_over_at_once(settings: Settings) -> None:
    hurried = settings.model_copy(update={"limits": replace(PATIENT, webhook_seconds=-1.0)})
    services = WebServices(hurried)
    client = create_app(services).test_client()
    events = small_events(2 * BATCH_SIZE + 1)
    answers = [post(client, body_of(*events))]
    while answers[-1] == 503 and len(answers) < 20:
        answers.append(post(client, body_of(*events)))
    assert answers[-1] == 200
    assert inbox_sizes(services, events) == {1: len(events)}


@pytest.fixture
def services(settings: Settings) -> WebServices:
    return WebServices(settings)


@pytest.fixture
def client(services: WebServices) -> FlaskClient:
    return create_app(services).test_client()


def test_events_of_many_users_on_all_servers_are_stored_once_and_in_order(
    client: FlaskClient, services: WebServices
) -> None:
    events = small_events(1500, users=30)
    assert [post(client, body_of(*events)) for _ in range(2)] == [200, 200]
    assert inbox_sizes(services, events) == {50: 30}
    assert [event["webhookEventId"] for event in waiting(services, "U7")] == [f"{7 + 30 * n:06}" for n in range(50)]


def test_script_that_redis_forgot_is_brought_along(delayed: Delayed, server: RedisServer) -> None:
    services, events = delayed(0), small_events(3)
    with server.client() as redis:
        redis.script_flush()
    assert post(create_app(services).test_client(), body_of(*events)) == 200
    assert inbox_sizes(services, events) == {1: 3}


def test_limits_hold_within_a_batch(client: FlaskClient, services: WebServices) -> None:
    events = [text_event(ALICE, f"{number:04}") for number in range(INBOX_LIMIT + 10)]
    assert post(client, body_of(*events)) == 200
    assert len(waiting(services, ALICE)) == INBOX_LIMIT


def test_redis_that_refuses_makes_503_and_loses_none(client: FlaskClient, services: WebServices, redis: Redis) -> None:
    events = small_events(20)
    assert post(client, body_of()) == 200  # a first webhook needs a Redis that takes its key
    redis.config_set("maxmemory", "1")
    try:
        assert post(client, body_of(*events)) == 503
    finally:
        redis.config_set("maxmemory", "0")
    assert post(client, body_of(*events)) == 200
    assert inbox_sizes(services, events) == {1: 20}


def test_event_that_is_refused_among_others_is_asked_for_again_alone(
    client: FlaskClient, services: WebServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is when its slot has just moved to another server of a cluster."""
    pipeline = services.inbox.pipeline

    def refusing(place: str) -> object:
        pipe = pipeline(place)
        execute = pipe.execute

        def but_the_second(**options: bool) -> list[object]:
            answers = execute(**options)
            return [answers[0], ResponseError("MOVED 1 127.0.0.1:1"), *answers[2:]]

        pipe.execute = but_the_second
        return pipe

    monkeypatch.setattr(services.inbox, "pipeline", refusing)
    assert post(client, body_of(*small_events(3))) == 200
    assert inbox_sizes(services, small_events(3)) == {1: 3}
