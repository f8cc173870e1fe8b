"""`GET /metrics`: what Prometheus reads, who may read it, and what it says with Redis away."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from redis import Redis

from bot.metrics import catalogue
from bot.settings import Settings
from bot.store.metrics import RedisMetricsSink
from bot.store.queue.dead_letters import DeadLetters
from bot.store.queue.inbox import Inbox, IncomingEvent
from bot.web.app import create_app
from bot.web.services import WebServices
from tests.edition import EDITION
from tests.eventually import eventually, quickest
from tests.servers import RedisServer, free_port

Read = dict[tuple[str, ...], float]


def client_of(settings: Settings, **changes: object) -> FlaskClient:
    return create_app(WebServices(settings.model_copy(update=changes))).test_client()


@pytest.fixture
def client(settings: Settings) -> FlaskClient:
    return client_of(settings)


def scraped(client: FlaskClient) -> Read:
    """Value by name and label values, read with Prometheus' own parser."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(answer.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_totals_of_all_processes_are_shown_by_any(client: FlaskClient, redis: Redis) -> None:
    for _ in range(2):
        process = RedisMetricsSink(redis)
        process.count(catalogue.TURNS, "message", "ok")
        process.count(catalogue.ENTRIES_SHOWN, "plan_fee")
        process.flush()
    found = scraped(client)
    assert found["madoguchi_turns_total", "message", "ok"] == 2
    assert found["madoguchi_entries_shown_total", "plan_fee"] == 2
    assert found["madoguchi_redis_up",] == 1


def test_what_never_happened_is_a_zero_so_that_its_first_time_is_a_rise(client: FlaskClient) -> None:
    found = scraped(client)
    assert found["madoguchi_dead_letters_added_total", "delivery"] == 0
    assert found["madoguchi_precheck_verdicts_total", "ready"] == 0
    assert found["madoguchi_end_to_end_seconds_count",] == 0


def test_histogram_is_cumulative_and_ends_in_all(client: FlaskClient, redis: Redis) -> None:
    process = RedisMetricsSink(redis)
    for seconds in (0.0004, 0.02, 0.02, 7.0):
        process.observe(catalogue.TURN_DURATION, seconds, "message")
    process.flush()
    found = scraped(client)
    name = "madoguchi_turn_duration_seconds"
    buckets = [(labels[-1], value) for labels, value in found.items() if labels[:2] == (f"{name}_bucket", "message")]
    assert [bound for bound, _ in buckets] == [*(f"{bound:g}" for bound in catalogue.TURN_DURATION.buckets), "+Inf"]
    assert [value for _, value in buckets] == sorted(value for _, value in buckets)
    assert (dict(buckets)["0.01"], dict(buckets)["0.025"], dict(buckets)["+Inf"]) == (1, 3, 4)
    assert found[f"{name}_count", "message"] == 4
    assert found[f"{name}_sum", "message"] == pytest.approx(7.0404)


def test_bucket_of_an_older_release_still_counts(client: FlaskClient, redis: Redis) -> None:
    redis.hset(
        "mado:{figures}:totals",
        mapping={"webhook_duration_seconds|0.0007": 3, "webhook_duration_seconds|0.001": 1, "old|x": 9},
    )
    found = scraped(client)
    assert found["madoguchi_webhook_duration_seconds_bucket", "0.0007"] == 3
    assert found["madoguchi_webhook_duration_seconds_bucket", "0.001"] == 4
    assert found["madoguchi_webhook_duration_seconds_count",] == 4


def test_what_waits_now_is_shown(client: FlaskClient, redis: Redis) -> None:
    Inbox(redis).put(IncomingEvent("aa" + "0" * 30, "01A", b"sealed", limited=True))
    DeadLetters(redis).add("delivery", "aa" + "0" * 30, "400: no")
    found = scraped(client)
    assert found["madoguchi_users_waiting",] == 1
    assert 0 <= found["madoguchi_oldest_wait_seconds",] < 90
    assert found["madoguchi_dead_letters",] == 1


def test_promtool_finds_no_name_or_help_against_the_conventions(client: FlaskClient, redis: Redis) -> None:
    process = RedisMetricsSink(redis)
    for metric in catalogue.COUNTED:
        values = [(choices or ("plan_fee",))[0] for choices in metric.labels.values()]
        process.observe(metric, 0.1, *values) if metric.kind == "histogram" else process.count(metric, *values)
    process.flush()
    text = client.get("/metrics").text
    done = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_history_of_an_earlier_release_is_exposed_under_the_names_of_today(client: FlaskClient, redis: Redis) -> None:
    redis.hset(
        "mado:{figures}:totals", mapping={"answer_seconds|0.5": 2, "answer_seconds|sum": 600_000, "events|fast": 3}
    )
    process = RedisMetricsSink(redis)
    process.observe(catalogue.END_TO_END, 0.4)
    process.flush()
    found = scraped(client)
    assert found["madoguchi_end_to_end_seconds_count",] == 3
    assert found["madoguchi_end_to_end_seconds_sum",] == pytest.approx(1.0)
    assert found["madoguchi_events_total", "rate_limited"] == 3
    assert not [labels for labels in found if "answer_seconds" in labels[0] or "fast" in labels]


def test_every_metric_of_the_catalogue_is_shown_with_its_help(client: FlaskClient) -> None:
    text = client.get("/metrics").text
    for metric in (*catalogue.COUNTED, *catalogue.GAUGES):
        assert f"# HELP {metric.exposed_name} {metric.help}\n" in text, metric
        assert f"# TYPE {metric.exposed_name} {metric.kind}\n" in text, metric


def test_versions_are_told(client: FlaskClient) -> None:
    (labels,) = [labels for labels in scraped(client) if labels[0] == "madoguchi_build_info"]
    assert EDITION in labels
    assert all(labels)


def test_redis_that_refuses_is_told_at_once(settings: Settings) -> None:
    found = scraped(client_of(settings, redis_url=f"redis://127.0.0.1:{free_port()}/0", redis_cluster=False))
    assert found["madoguchi_redis_up",] == 0
    assert found["madoguchi_redis_writable",] == 0
    assert found["madoguchi_ready",] == 0
    shown = {"madoguchi_redis_up", "madoguchi_redis_writable", "madoguchi_build_info", "madoguchi_ready"}
    assert {labels[0] for labels in found} == shown


@pytest.mark.parametrize("option", ["maxmemory", "min-replicas-to-write"])
def test_what_redis_refuses_is_counted_while_it_does(settings: Settings, server: RedisServer, option: str) -> None:
    services = WebServices(
        settings.model_copy(update={"redis_url": server.url, "redis_cluster": False, "broker_url": None})
    )
    client = create_app(services).test_client()
    services.metrics.count(catalogue.WEBHOOK_REQUESTS, "not_stored")
    assert services.metrics.flush()
    with server.client() as admin:
        admin.config_set(option, "1")
        assert scraped(client)["madoguchi_redis_writable",] == 0
        for shown in (3, 5):
            services.metrics.count(catalogue.WEBHOOK_REQUESTS, "not_stored")
            services.metrics.count(catalogue.WEBHOOK_REQUESTS, "not_stored")
            assert not services.metrics.flush()
            found = scraped(client)
            assert found["madoguchi_webhook_requests_total", "not_stored"] == shown
            assert found["madoguchi_redis_up",] == 1
        admin.config_set(option, "0")
    assert services.metrics.flush()
    found = scraped(client)
    assert found["madoguchi_webhook_requests_total", "not_stored"] == 5, "none is lost, and none counts twice"
    assert found["madoguchi_redis_writable",] == 1


@contextmanager
def silent_server() -> Iterator[str]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.usefixtures("own_limits")
def test_redis_that_hangs_holds_a_scrape_up_for_two_seconds_at_most(settings: Settings) -> None:
    with silent_server() as url:

        def hangs() -> float:
            client = client_of(settings, redis_url=url, redis_cluster=False)
            started = time.monotonic()
            assert scraped(client)["madoguchi_redis_up",] == 0
            return time.monotonic() - started

        assert quickest(hangs, 2.5) < 2.5


def test_redis_that_dies_and_comes_back_is_followed(settings: Settings, tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    server.start()
    client = client_of(settings, redis_url=server.url, redis_cluster=False)
    assert scraped(client)["madoguchi_redis_up",] == 1
    server.kill()
    assert scraped(client)["madoguchi_redis_up",] == 0
    server.start()
    eventually(lambda: scraped(client)["madoguchi_redis_up",] == 1)
    server.stop()


@pytest.mark.parametrize(
    "given", [None, "", "Bearer ", "Bearer wrong", "Basic secret-token", "secret-token-", "Bearer ひ"]
)
def test_with_a_token_only_its_bearer_reads_them(settings: Settings, given: str | None) -> None:
    client = client_of(settings, metrics_token=SecretStr("secret-token"))
    headers = {} if given is None else {"Authorization": given.encode().decode("latin-1")}
    assert client.get("/metrics", headers=headers).status_code == 401


@pytest.mark.parametrize("proxied", [{}, {"X-Forwarded-For": "203.0.113.7"}])
def test_bearer_of_the_token_reads_them_from_anywhere(settings: Settings, proxied: dict[str, str]) -> None:
    client = client_of(settings, metrics_token=SecretStr("secret-token"))
    answer = client.get("/metrics", headers={"Authorization": "Bearer secret-token", **proxied})
    assert answer.status_code == 200


PROXY_HEADERS = (
    *("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded", "Forwarded-For"),
    *("X-Real-IP", "X-Client-IP", "True-Client-IP", "X-Cluster-Client-IP", "X-Original-Forwarded-For", "Client-IP"),
    *("CF-Connecting-IP", "CF-Ray", "CDN-Loop", "Fastly-Client-IP", "X-Azure-ClientIP", "X-Amzn-Trace-Id"),
    *("Fly-Client-IP", "X-Appengine-User-Ip", "X-Envoy-External-Address", "X-Request-Id", "X-Of-Some-Product"),
)
SCRAPERS = {
    "prometheus": {
        "User-Agent": "Prometheus/3.5.0",
        "Accept": "application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1",
        "Accept-Encoding": "gzip",
        "X-Prometheus-Scrape-Timeout-Seconds": "10",
    },
    "curl": {"User-Agent": "curl/8.5.0", "Accept": "*/*"},
    "browser": {"Sec-Fetch-Site": "none", "Upgrade-Insecure-Requests": "1", "Accept-Language": "ja", "DNT": "1"},
}


@pytest.mark.parametrize("header", PROXY_HEADERS)
def test_without_a_token_nobody_reads_them_through_a_proxy(client: FlaskClient, header: str) -> None:
    answer = client.get("/metrics", headers={header: "203.0.113.7"})
    assert answer.status_code == 403
    assert "madoguchi_" not in answer.text


@pytest.mark.parametrize("headers", SCRAPERS.values(), ids=list(SCRAPERS))
@pytest.mark.parametrize(
    "peer", ["127.0.0.1", "::1", "10.1.2.3", "192.168.0.9", "100.64.0.1", "fd00::7", "::ffff:10.0.0.1"]
)
def test_without_a_token_the_inner_network_reads_them(client: FlaskClient, headers: dict[str, str], peer: str) -> None:
    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": peer})
    assert answer.status_code == 200


@pytest.mark.parametrize("peer", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "", "nobody"])
def test_without_a_token_nobody_reads_them_from_a_public_address(client: FlaskClient, peer: str) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": peer}).status_code == 403


@pytest.mark.parametrize(
    "host", ["bot.example.jp", "BOT.example.jp", "bot.example.jp:443", "bot.example.jp.", "bot.example.jp:8000"]
)
def test_without_a_token_a_proxy_that_adds_nothing_is_known_by_the_public_host(settings: Settings, host: str) -> None:
    client = client_of(settings, public_url="https://bot.example.jp")
    assert client.get("/metrics", headers={"Host": host}).status_code == 403
    assert client.get("/metrics", headers={"Host": "10.1.2.3:8000"}).status_code == 200
