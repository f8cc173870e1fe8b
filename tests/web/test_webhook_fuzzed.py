"""Whatever is posted to the webhook: never a 500, no good event lost, and nothing stored without a signature."""

from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from hypothesis import assume, given
from hypothesis import strategies as st
from redis import Redis

from bot.line.signature import sign
from bot.settings import Settings
from bot.store.keys import UserKeys
from bot.web.app import create_app
from bot.web.services import WebServices
from bot.web.webhook import BODY_LIMIT
from tests.conftest import SECRET
from tests.worker.fuzzed_events import EVENTS, body_of, fuzz

# the thread that rings for the broker rolls its dice while Hypothesis draws
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module")

GOOD_USER = "U" + "9" * 32
GOOD = {
    "type": "message",
    "mode": "active",
    "source": {"type": "user", "userId": GOOD_USER},
    "webhookEventId": "01GOOD",
    "replyToken": "r" * 32,
    "message": {"type": "text", "id": "1", "text": "申込み"},
}


@pytest.fixture
def services(settings: Settings) -> WebServices:
    return WebServices(settings)


@pytest.fixture
def client(services: WebServices) -> FlaskClient:
    return create_app(services).test_client()


def post(client: FlaskClient, body: bytes, signature: str) -> int:
    return client.post("/callback", data=body, headers={"X-Line-Signature": signature}).status_code


def stored(services: WebServices) -> list[Any]:
    name = services.pseudonyms.of(GOOD_USER)
    raw = services.redis.lrange(UserKeys(name).inbox, 0, -1)
    return [orjson.loads(services.encryptor.decrypt(item, "event", name)) for item in raw]


@fuzz(100)
@given(st.lists(EVENTS, max_size=4), st.lists(EVENTS, max_size=4), st.booleans())
def test_good_event_is_stored_whatever_comes_beside_it(
    client: FlaskClient, services: WebServices, before: list[Any], after: list[Any], readable: bool
) -> None:
    services.redis.flushall()
    body = body_of([*before, GOOD, *after], readable=readable)
    assume(len(body) <= BODY_LIMIT)
    assert post(client, body, sign(SECRET, body)) == 200
    assert stored(services) == [GOOD]


@fuzz(60)
@given(st.lists(EVENTS, max_size=3), st.text() | st.just(""), st.integers(0, 10**6))
def test_nothing_is_stored_without_the_right_signature(
    client: FlaskClient, redis: Redis, events: list[Any], signature: str, at: int
) -> None:
    redis.flushall()
    body = body_of([*events, GOOD])
    changed = bytearray(body)
    changed[at % len(body)] ^= 1
    given_ = signature.encode("utf-8", "replace").decode("latin-1").translate({10: None, 13: None})
    assert post(client, body, given_) == 400
    assert post(client, bytes(changed), sign(SECRET, body)) == 400
    assert redis.dbsize() == 0


@fuzz(80)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.text(max_size=100).map(lambda text: ('{"events":[' + text + "]}").encode("utf-8", "surrogatepass")),
        st.lists(EVENTS, max_size=2).map(lambda events: body_of(events)[: len(body_of(events)) // 2]),
        st.sampled_from([1000, 50_000]).map(lambda depth: b'{"events":[' + b"[" * depth + b"]" * depth + b"]}"),
        st.just(b'{"events":[{"source":{"userId":"U1","userId":"U2"},"source":{}}],"events":[{}]}'),
    )
)
def test_signed_bytes_of_any_kind_are_taken_or_refused(client: FlaskClient, body: bytes) -> None:
    assert post(client, body, sign(SECRET, body)) in (200, 400)
