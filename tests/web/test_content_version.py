"""The pages of a web process show the newest published version, and the last one while Redis is down."""

import time
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from redis import Redis

from bot.content.release import release_units
from bot.settings import Settings
from bot.store.content_versions import ContentVersions, StoredVersion
from bot.web.app import create_app
from bot.web.services import WebServices
from tests.eventually import PATIENCE
from tests.servers import RedisServer

TITLE = "sheet:missing/title"
CHECKLIST = "after:checklist/print_title"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Those of every test, but each page looks for new content."""
    limits = replace(settings.limits, content_refresh_seconds=0.0, content_pause_seconds=0.0)
    return settings.model_copy(update={"limits": limits})


def publish(redis: Redis, value: object, unit: str = TITLE) -> None:
    versions = ContentVersions(redis)
    changes = {unit: (value, release_units()[unit])}
    assert versions.publish(StoredVersion("hanako", "書き直し", changes), after=versions.current())


def page(client: FlaskClient) -> str:
    return client.get("/sheet/not-a-link").text


def test_page_speaks_what_was_published_and_a_broken_version_never(settings: Settings, redis: Redis) -> None:
    client = create_app(WebServices(settings)).test_client()
    said = str(release_units()[TITLE])
    assert said in page(client)
    publish(redis, "架空の題")
    assert "架空の題" in page(client)
    publish(redis, {"not": "a text"})
    assert "架空の題" in page(client)
    assert said not in page(client)


def test_version_whose_checklist_is_broken_is_not_used(settings: Settings, redis: Redis) -> None:
    client = create_app(WebServices(settings)).test_client()
    publish(redis, "架空の題", CHECKLIST)
    assert "架空の題" in client.get("/sheet/checklist/0").text
    publish(redis, {"not": "a text"}, CHECKLIST)
    shown = client.get("/sheet/checklist/0")
    assert shown.status_code == 200
    assert "架空の題" in shown.text


def test_version_of_one_page_is_not_left_to_the_next_request(settings: Settings, redis: Redis) -> None:
    from bot.content.version import RELEASE, current  # noqa: PLC0415 - as the pages import it

    publish(redis, "架空の題")
    assert "架空の題" in page(create_app(WebServices(settings)).test_client())
    assert current() is RELEASE


def test_metrics_name_the_published_version(settings: Settings, redis: Redis) -> None:
    client = create_app(WebServices(settings)).test_client()
    publish(redis, "架空の題")
    assert '+1"' in next(line for line in client.get("/metrics").text.splitlines() if "build_info{" in line)


def test_pages_speak_on_without_redis(settings: Settings, server: RedisServer) -> None:
    client = create_app(WebServices(Settings(**{**settings.model_dump(), "redis_url": server.url}))).test_client()
    redis = server.client()
    publish(redis, "架空の題")
    assert "架空の題" in page(client)
    server.stop()
    until = time.monotonic() + PATIENCE
    assert "架空の題" in page(client)
    assert time.monotonic() < until
