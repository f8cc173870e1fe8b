"""Every request and every event of the webhook is counted by what became of it."""

import pytest
from flask.testing import FlaskClient
from redis import Redis

from bot.metrics import catalogue
from bot.metrics.aggregates import Aggregates
from bot.settings import Settings
from bot.store.metrics import read_totals
from bot.web.app import create_app
from bot.web.services import WebServices
from bot.web.webhook import BODY_LIMIT
from tests.servers import free_port
from tests.web.test_webhook import ALICE, BOB, body_of, post, text_event


@pytest.fixture
def services(settings: Settings) -> WebServices:
    return WebServices(settings)


@pytest.fixture
def client(services: WebServices) -> FlaskClient:
    return create_app(services).test_client()


def counted(services: WebServices, redis: Redis) -> Aggregates:
    services.metrics.flush()
    return Aggregates(read_totals(redis))


def test_events_count_by_what_the_store_said(client: FlaskClient, services: WebServices, redis: Redis) -> None:
    post(client, body_of(text_event(ALICE, "01A"), text_event(ALICE, "01B"), text_event(BOB, "01C")))
    post(client, body_of(text_event(ALICE, "01A"), {"type": "message", "source": {}}))
    sums = counted(services, redis)
    assert sums.by(catalogue.EVENTS, "outcome") == {
        ("stored_woken",): 2,
        ("stored",): 1,
        ("duplicate",): 1,
        ("dropped",): 1,
    }
    assert sums.by(catalogue.WEBHOOK_REQUESTS, "outcome") == {("accepted",): 2}
    assert sums.total(catalogue.WEBHOOK_DURATION) == 2


def test_events_that_are_turned_away_are_told_apart(client: FlaskClient, services: WebServices, redis: Redis) -> None:
    post(client, body_of(*(text_event(ALICE, f"01A{number}") for number in range(101))))
    assert counted(services, redis).by(catalogue.EVENTS, "outcome")["inbox_full",] == 1


def test_requests_count_by_why_they_were_refused(client: FlaskClient, services: WebServices, redis: Redis) -> None:
    body = body_of(text_event(ALICE, "01A"))
    assert post(client, body, secret="not ours") == 400
    assert post(client, b"{") == 400
    assert post(client, b"x" * (BODY_LIMIT + 1)) == 413
    sums = counted(services, redis)
    assert sums.by(catalogue.WEBHOOK_REQUESTS, "outcome") == {
        ("bad_signature",): 1,
        ("bad_body",): 1,
        ("too_large",): 1,
    }
    assert sums.total(catalogue.EVENTS) == 0


def test_request_that_could_not_be_stored_is_held_until_redis_is_back(settings: Settings, redis: Redis) -> None:
    away = WebServices(settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{free_port()}/0"}))
    assert post(create_app(away).test_client(), body_of(text_event(ALICE, "01A"))) == 503
    assert not away.metrics.flush()
    assert away.metrics._unconfirmed is not None
    assert Aggregates(away.metrics._unconfirmed.counts).by(catalogue.WEBHOOK_REQUESTS, "outcome") == {
        ("not_stored",): 1
    }
    assert read_totals(redis) == {}
