"""`madoguchi check` where Redis is a cluster and RabbitMQ the broker."""

import pika
import pytest
from pydantic import SecretStr

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult
from bot.diagnostics.runner import CHECKS, run_checks
from bot.settings import Settings
from tests.clusters import ClusterAndRabbit


def found(settings: Settings, *names: str, **changes: object) -> list[tuple[str, CheckResult]]:
    changed = Settings.model_validate({**settings.model_dump(), **changes})
    return list(run_checks(CheckContext(changed), [check for check in CHECKS if check.name in names]))


def test_cluster_and_rabbitmq_that_are_all_right(settings: Settings) -> None:
    said = found(settings, "redis", "persistence", "broker")
    assert [(name, result) for name, result in said if result.state == "failed"] == []
    sentences = [result.message.en for _, result in said]
    assert "logged in to RabbitMQ, and its queue can be used" in sentences
    assert any(sentence.startswith("the cluster is whole") for sentence in sentences)


def test_rabbitmq_that_does_not_let_us_in(settings: Settings) -> None:
    assert settings.broker_url
    wrong = settings.broker_url.replace("guest:guest@", "guest:geheim@")
    ((_, result),) = found(settings, "broker", broker_url=wrong, secret_key=SecretStr("0123456789abcdef" * 2))
    assert (result.state, result.message.en) == ("failed", "RabbitMQ does not let us in")
    assert result.next_step
    assert "password" in result.next_step.en
    assert "geheim" not in str(result)


MAIL, RINGS = "^mail.*", r"^(mail.*|amq\\.default)$"  # as docs/explanation/scaling.md has them, for Erlang


@pytest.mark.parametrize(
    ("name", "rights", "state"),
    [
        ("all", (MAIL, RINGS, MAIL), "ok"),
        ("no-configure", ("^$", RINGS, MAIL), "failed"),
        ("no-ring", (MAIL, MAIL, MAIL), "failed"),
        ("no-read", (MAIL, RINGS, "^$"), "failed"),
    ],
)
def test_rights_on_the_queue(
    settings: Settings, servers: ClusterAndRabbit, name: str, rights: tuple[str, str, str], state: str
) -> None:
    configure, write, read = rights
    url = servers.rabbit.add_user(name, "geheim", configure=configure, write=write, read=read)
    ((_, result),) = found(settings, "broker", broker_url=url)
    assert result.state == state, result
    assert state == "ok" or result.message.en == "RabbitMQ lacks our rights (403)"


def test_trial_leaves_no_ring_and_takes_none(settings: Settings) -> None:
    connection = pika.BlockingConnection(pika.URLParameters(str(settings.broker_url)))
    found(settings, "broker")
    channel = connection.channel()
    before = channel.queue_declare("mail", passive=True).method.message_count
    found(settings, "broker")
    assert channel.queue_declare("mail", passive=True).method.message_count == before
    connection.close()


def test_cluster_taken_for_a_single_server(settings: Settings) -> None:
    one = str(settings.redis_url).split(",")[0]
    said = [result for _, result in found(settings, "redis", redis_url=one, redis_cluster=False, broker_url=None)]
    assert said[-1].message.en == "this Redis is a node of a cluster"
    assert said[-1].next_step
    assert "REDIS_CLUSTER=1" in said[-1].next_step.en
