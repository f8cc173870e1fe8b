"""Real parts for every test: a Redis server of the test run's own, and settings that name it.

With `--scale-out` the same tests run on a Redis Cluster and RabbitMQ instead.
"""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from playwright.sync_api import Browser, expect
from pydantic import SecretStr
from redis import Redis

from bot.flows.context import Resources
from bot.runtime.limits import LIMITS, Limits
from bot.settings import Settings
from scripts.chromium import chromium
from tests.clusters import ClusterAndRabbit
from tests.eventually import PATIENCE
from tests.release import release_resources
from tests.servers import RedisServer

# `make test` tries the same examples each time, so that it says the same of the same code; `make fuzz` looks further.
examples.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("same")

SECRET = "channel-secret-of-the-tests"
SECRET_KEY = "0123456789abcdef0123456789abcdef"
# Where a test starts processes or pages, takes seconds and mostly waits.
SLOW = (
    "tests/scale/",
    "tests/scenario/",
    "tests/line_emulator/browser/",
    "tests/web/console/test_in_browser",
    "tests/commands/test_demo",
)
# No time limit runs out because the machine that runs the tests stalls.
PATIENT = Limits(
    redis_answer_seconds=30.0,
    redis_connect_seconds=30.0,
    redis_pool_wait_seconds=60.0,
    lease_ms=60_000,
    schema_version_ms=60_000,
    webhook_seconds=60.0,
    first_look_seconds=60.0,
    account_api_seconds=(60.0, 60.0),
    rich_menu_api_seconds=(60.0, 60.0),
    broker_check_seconds=60.0,
    running_check_seconds=60.0,
    all_checks_seconds=180.0,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--scale-out", action="store_true", help="on a Redis Cluster and RabbitMQ (make scale)")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What needs a cluster belongs to `make scale` alone."""
    return True if collection_path.name == "scale" and not config.getoption("--scale-out") else None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Thousands of tests that live to the end are no garbage: the collector need not look at them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first: begun last, one of them would keep one test process busy and leave the others idle."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))


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


@pytest.fixture(scope="session")
def resources() -> Resources:
    return release_resources()


@pytest.fixture
def own_limits() -> None:
    """For tests of a time limit: `settings` has each limit as it is in service."""


@pytest.fixture
def settings(redis_server: RedisServer, redis: Redis, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
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
        limits=LIMITS if "own_limits" in request.fixturenames else PATIENT,
    )
