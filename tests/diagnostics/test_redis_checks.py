"""Redis in every state that an operator may leave it in."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.exceptions import RedisError

from bot.diagnostics import redis_checks
from bot.diagnostics.context import CheckContext
from bot.diagnostics.runner import CHECKS, STAGES
from bot.errors import SettingsError
from bot.settings import Settings
from bot.store.redis.connection import require_reachable
from tests.certificates import certificate
from tests.conftest import PATIENT
from tests.diagnostics.conftest import Deployment
from tests.servers import RedisServer, free_port, wait_for_port

SHORT_LOOK = replace(PATIENT, worker_sign_seconds=0.3)


def test_redis_away(deployment: Deployment) -> None:
    found = dict(deployment.found("redis", "persistence", "broker", "worker", redis_url="redis://127.0.0.1:9"))
    assert found["redis"].state == "failed"
    assert "does not answer" in found["redis"].message.en
    assert found["redis"].next_step
    assert "REDIS_URL" in found["redis"].next_step.en
    assert {found[name].state for name in ("persistence", "broker", "worker")} == {"skipped"}


def test_wrong_password(deployment: Deployment, server: RedisServer) -> None:
    Redis.from_url(server.url).config_set("requirepass", "richtig")
    result = deployment.only("redis", redis_url=server.url.replace("127.0.0.1", ":falsch@127.0.0.1"))
    assert result.state == "failed"
    assert "does not let us in" in result.message.en
    assert result.next_step
    assert "password" in result.next_step.en
    assert "falsch" not in str(result)


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("appendonly", "no", "no append-only file"),
        ("appendfsync", "no", "left to the system"),
        ("maxmemory-policy", "allkeys-lru", "may be evicted"),
    ],
)
def test_option_that_loses_events(
    deployment: Deployment, server: RedisServer, option: str, value: str, said: str
) -> None:
    Redis.from_url(server.url).config_set(option, value)
    result = deployment.only("persistence", redis_url=server.url)
    assert result.state == "failed"
    assert said in result.message.en
    assert result.next_step
    assert option in result.next_step.en


def test_managed_redis_that_forbids_config(deployment: Deployment, server: RedisServer) -> None:
    admin = Redis.from_url(server.url)
    admin.acl_setuser(
        "app", enabled=True, passwords=["+geheim"], keys=["*"], categories=["+@all"], commands=["-config"]
    )
    url = server.url.replace("127.0.0.1", "app:geheim@127.0.0.1")
    found = [result for _, result in deployment.found("persistence", redis_url=url)]
    assert [result.state for result in found] == ["ok", "ok", "manual"]
    assert "cannot be seen (CONFIG is forbidden)" in found[2].message.en


def test_managed_redis_that_tells_nothing_of_itself(deployment: Deployment, server: RedisServer) -> None:
    assert redis_checks._append_only({}).state == "manual"
    assert redis_checks._eviction({}).state == "manual"
    del deployment, server


def test_replica_takes_no_writes(deployment: Deployment, server: RedisServer) -> None:
    Redis.from_url(server.url).replicaof("127.0.0.1", 9)
    result = deployment.only("redis", redis_url=server.url)
    assert result.state == "failed"
    assert "takes no writes" in result.message.en
    assert result.next_step
    assert "primary, not a replica" in result.next_step.en


def test_full_redis_takes_no_writes(deployment: Deployment, server: RedisServer) -> None:
    Redis.from_url(server.url).config_set("maxmemory", "1")
    result = deployment.only("redis", redis_url=server.url)
    assert "takes no writes (OutOfMemoryError" in result.message.en


def test_single_server_taken_for_a_cluster(deployment: Deployment, server: RedisServer) -> None:
    result = deployment.only("redis", redis_url=server.url, redis_cluster=True, broker_url="amqp://127.0.0.1:9")
    assert result.state == "failed"
    assert result.next_step


@pytest.mark.parametrize(
    ("version", "states"),
    [
        ("3.2.1", ["failed"]),
        ("5.0.7", ["warning"]),
        ("6.2.14", ["ok", "warning"]),
        ("6.2.24", ["ok"]),
        ("7.0.15", ["ok", "manual"]),
        ("8.10.2", ["ok"]),
        ("?", ["failed"]),
    ],
)
def test_version(version: str, states: list[str]) -> None:
    assert [result.state for result in redis_checks._version({"redis_version": version})] == states


def test_known_vulnerability_is_named_with_the_release_that_mends_it() -> None:
    found = list(redis_checks._version({"redis_version": "7.2.4", "valkey_version": "8.1.2"}))
    assert "Valkey 8.1.2 has known vulnerabilities (CVE-2026-23479" in found[1].message.en
    assert found[1].next_step
    assert found[1].next_step.en == "use Valkey 8.1.9 (2026-07-21) or newer"


def let_in(server: RedisServer, *rights: str) -> None:
    admin: Any = Redis.from_url(server.url)
    admin.execute_command("ACL", "SETUSER", "bot", "on", ">geheim", *rights)


@pytest.fixture
def recommended(server: RedisServer) -> str:
    """The address for the user whose rights docs/explanation/security.md recommends."""
    rights = re.search(r"An ACL for that user: `([^`]+)`", Path("docs/explanation/security.md").read_text())
    assert rights
    let_in(server, *rights[1].split())
    return server.url.replace("127.0.0.1", "bot:geheim@127.0.0.1")


def test_recommended_rights_pass_and_what_cannot_be_seen_is_named(deployment: Deployment, recommended: str) -> None:
    names = [check.name for check in CHECKS if check.stage in STAGES["before"]]
    found = deployment.found(*names, redis_url=recommended)
    assert [(name, result) for name, result in found if result.state == "failed"] == []
    said = {result.message.en: result.state for name, result in found if name in ("redis", "persistence")}
    assert any(re.fullmatch(r"(Redis|Valkey) [\d.]+ answers", message) for message in said)
    assert [message for message, state in said.items() if state == "manual" and "cannot be seen" in message] == [
        "maxclients cannot be seen",
        "whether there is an append-only file cannot be seen",
        "maxmemory-policy cannot be seen",
        "appendfsync cannot be seen (CONFIG is forbidden)",
    ]


def test_right_that_the_bot_needs_is_told_apart_from_a_wrong_password(
    deployment: Deployment, server: RedisServer
) -> None:
    let_in(server, "resetkeys", "+@all", "-ping")
    result = deployment.only("redis", redis_url=server.url.replace("127.0.0.1", "bot:geheim@127.0.0.1"))
    assert result.state == "failed"
    assert "lacks rights" in result.message.en


@pytest.fixture
def tls_redis(tmp_path: Path) -> Iterator[str]:
    """A Redis as Heroku's: TLS with a certificate that it signed itself."""
    file = str(certificate(tmp_path, days=30))
    port = free_port()
    options = ["--tls-port", str(port), "--tls-auth-clients", "no", "--tls-ca-cert-file", file]
    server = RedisServer(tmp_path, *options, "--tls-cert-file", file, "--tls-key-file", file)
    server.start()
    wait_for_port(port)
    yield f"rediss://localhost:{port}/0"
    server.stop()


def test_certificate_that_nobody_known_has_signed_is_named_with_what_helps(
    deployment: Deployment, tls_redis: str
) -> None:
    result = deployment.only("redis", redis_url=tls_redis)
    assert result.state == "failed"
    assert "certificate" in result.message.en
    assert result.next_step
    assert "ssl_cert_reqs=none" in result.next_step.en
    assert "ssl_ca_certs" in result.next_step.en
    with pytest.raises(SettingsError, match="REDIS_URL: the certificate of Redis is not trusted"):
        require_reachable(Settings.model_validate({**deployment.settings.model_dump(), "redis_url": tls_redis}))
    broker = deployment.only("broker", broker_url=tls_redis)
    assert "the certificate of the broker's Redis is not trusted" in broker.message.en
    assert broker.next_step
    assert "BROKER_URL" in broker.next_step.en


def test_parameters_that_the_finding_names_help(deployment: Deployment, tls_redis: str, tmp_path: Path) -> None:
    for parameter in ("ssl_cert_reqs=none", f"ssl_ca_certs={tmp_path / 'certificate.pem'}"):
        found = deployment.found("redis", redis_url=f"{tls_redis}?{parameter}")
        assert [result for _, result in found if result.state == "failed"] == []


def test_trial_of_writing_leaves_nothing_behind(deployment: Deployment) -> None:
    deployment.found("redis")
    found = deployment.redis.keys("mado:*:trial")
    assert len(found) == 1
    assert all(deployment.redis.pttl(key) <= 1000 for key in found)


@pytest.mark.parametrize(
    ("maxclients", "state", "said"),
    [
        (11, "failed", "too few connections (maxclients 11, at least 12 needed)"),
        (20, "warning", "processes share few connections (maxclients 20, up to 172 used)"),
        (40, "warning", "processes share few connections (maxclients 40, up to 172 used)"),
        (200, "ok", "enough connections (maxclients 200, up to 172 used)"),
    ],
)
def test_clients_that_redis_lets_in_are_compared_with_the_settings(
    deployment: Deployment, server: RedisServer, maxclients: int, state: str, said: str
) -> None:
    with Redis.from_url(server.url) as admin:
        admin.config_set("maxclients", maxclients)
    (result,) = [one for _, one in deployment.found("redis", redis_url=server.url) if "maxclients" in one.message.en]
    assert (result.state, result.message.en) == (state, said)
    assert (result.next_step is not None) == (state != "ok")


def test_full_redis_is_named_as_such(deployment: Deployment, server: RedisServer) -> None:
    impatient = replace(PATIENT, redis_pool_wait_seconds=0.3)
    with Redis.from_url(server.url) as admin:
        admin.config_set("maxclients", 1)
        found = deployment.found("redis", "persistence", "broker", redis_url=server.url, limits=impatient)
    assert found[0][1].message.en == "Redis lets nobody else in (maxclients)"
    assert {result.state for _, result in found[1:]} == {"skipped"}


def test_checks_side_by_side_need_few_connections(deployment: Deployment, server: RedisServer) -> None:
    with Redis.from_url(server.url) as admin:
        admin.config_set("maxclients", 20)
        before = admin.info("stats")["total_connections_received"]
        deployment.found("redis", "persistence", "broker", "channel", "clock", redis_url=server.url)
        assert admin.info("stats")["total_connections_received"] - before <= 4


def test_limit_of_clients_that_may_not_be_read_is_for_a_person_to_look_up(deployment: Deployment) -> None:
    class Silent:
        def config_get(self, name: str) -> dict[str, str]:
            raise RedisError(name)

    (result,) = redis_checks._room_for_clients(Silent(), {}, CheckContext(deployment.settings))
    assert result.state == "manual"
    assert result.next_step
    assert "172" in result.next_step.en


def test_workers_of_a_redis_that_takes_no_writes_are_not_said_to_be_away(
    deployment: Deployment, server: RedisServer
) -> None:
    Redis.from_url(server.url).config_set("maxmemory", "1")
    found = dict(deployment.found("redis", "worker", redis_url=server.url, limits=SHORT_LOOK))
    assert found["worker"].state == "skipped"
    alone = deployment.only("worker", redis_url=server.url, limits=SHORT_LOOK)
    assert alone.state == "failed"
    assert "takes no writes" in alone.message.en


def test_no_worker(deployment: Deployment) -> None:
    deployment.redis.flushall()
    result = deployment.only("worker", limits=SHORT_LOOK)
    assert (result.state, result.message.en) == ("failed", "no worker is running")
    assert result.next_step
    assert "madoguchi worker" in result.next_step.en
