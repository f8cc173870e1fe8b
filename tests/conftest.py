"""Real parts for every test: a Redis server of the test run's own, and settings that name it.

With `--scale-out` the same tests run on a Redis Cluster and RabbitMQ instead.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import Browser, expect
from pydantic import SecretStr
from redis import Redis

from bot.diagnostics.runner import run_checks
from bot.settings import Settings
from scripts.chromium import chromium
from tests.clusters import ClusterAndRabbit
from tests.patience import PATIENCE
from tests.servers import RedisServer

# `make test` tries the same examples each time, so that it says the same of the same code; `make fuzz` looks further.
examples.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("same")

SECRET = "channel-secret-of-the-tests"
SECRET_KEY = "0123456789abcdef0123456789abcdef"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--scale-out", action="store_true", help="on a Redis Cluster and RabbitMQ (make scale)")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs a cluster belongs to `make scale` alone."""
    return True if collection_path.name == "scale" and not config.getoption("--scale-out") else None


@pytest.fixture(autouse=True)
def patient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the tests' own process no time limit runs out because the machine stalls; those that test one keep it."""
    if "own_limits" in request.fixturenames:
        return
    monkeypatch.setattr("bot.store.redis.connection.TIMEOUT", 30.0)
    monkeypatch.setattr("bot.store.redis.connection.CONNECT_TIMEOUT", 30.0)
    monkeypatch.setattr("bot.store.redis.pool.WAIT_SECONDS", 60.0)
    monkeypatch.setattr("bot.store.queue.user_queue.LEASE_MS", 60_000)
    monkeypatch.setattr("bot.store.schema_versions.TELL_MS", 60_000)
    monkeypatch.setattr("bot.web.webhook.ANSWER_WITHIN", 60.0)
    monkeypatch.setattr("bot.web.destination.FIRST_SECONDS", 60.0)
    monkeypatch.setattr("bot.line.account_api.TIMEOUT", (60.0, 60.0))
    monkeypatch.setattr("bot.rich_menus.api.TIMEOUT", (60.0, 60.0))
    monkeypatch.setattr("bot.diagnostics.broker_check.SECONDS", 60.0)
    monkeypatch.setattr("bot.diagnostics.running_checks.SECONDS", 60.0)
    monkeypatch.setattr(run_checks, "__kwdefaults__", {"longest": 180.0})
    monkeypatch.setattr("line_emulator.webhooks.ANSWER_WITHIN", 60.0)


@pytest.fixture
def own_limits() -> None:
    """For tests of a time limit: each is as it is in service."""


@pytest.fixture(scope="session")
def redis_server(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[RedisServer | ClusterAndRabbit]:
    folder = tmp_path_factory.mktemp("redis")
    server = ClusterAndRabbit(folder) if pytestconfig.getoption("--scale-out") else RedisServer(folder)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of this test's own, which it may stop and kill."""
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a test process: Playwright allows no second one beside it."""
    expect.set_options(timeout=PATIENCE * 1000)
    with chromium() as found:
        yield found


@pytest.fixture
def redis(redis_server: RedisServer) -> Iterator[Redis]:
    client = redis_server.client()
    client.flushall()
    yield client
    client.close()


@pytest.fixture
def settings(redis_server: RedisServer, redis: Redis, tmp_path: Path) -> Settings:
    del redis  # emptied
    return Settings(
        line_channel_secret=SecretStr(SECRET),
        line_channel_access_token=SecretStr("token-of-the-tests"),
        secret_key=SecretStr(SECRET_KEY),
        public_url="http://127.0.0.1:8000",
        redis_url=redis_server.url,
        redis_cluster=redis_server.cluster,
        broker_url=redis_server.broker_url,
        var_dir=tmp_path / "var",
    )
