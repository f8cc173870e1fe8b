"""`madoguchi check` where Redis is a cluster and RabbitMQ the broker."""

from pydantic import SecretStr

from bot.doctor.examination import CHECKS, examine
from bot.doctor.finding import Finding
from bot.doctor.patient import Patient
from bot.settings import Settings


def found(settings: Settings, *names: str, **changes: object) -> list[tuple[str, Finding]]:
    changed = Settings.model_validate({**settings.model_dump(), **changes})
    return list(examine(Patient(changed), [check for check in CHECKS if check.name in names]))


def test_cluster_and_rabbitmq_that_are_all_right(settings: Settings) -> None:
    said = found(settings, "redis", "persistence", "broker")
    assert [(name, finding) for name, finding in said if finding.state == "failed"] == []
    sentences = [finding.message.en for _, finding in said]
    assert "logged in to RabbitMQ" in sentences
    assert any(sentence.startswith("the cluster is whole") for sentence in sentences)


def test_rabbitmq_that_does_not_let_us_in(settings: Settings) -> None:
    assert settings.broker_url
    wrong = settings.broker_url.replace("guest:guest@", "guest:geheim@")
    ((_, finding),) = found(settings, "broker", broker_url=wrong, secret_key=SecretStr("0123456789abcdef" * 2))
    assert (finding.state, finding.message.en) == ("failed", "RabbitMQ does not let us in")
    assert finding.todo
    assert "password" in finding.todo.en
    assert "geheim" not in str(finding)


def test_cluster_taken_for_a_single_server(settings: Settings) -> None:
    one = str(settings.redis_url).split(",")[0]
    said = [finding for _, finding in found(settings, "redis", redis_url=one, redis_cluster=False, broker_url=None)]
    assert said[-1].message.en == "this Redis is a node of a cluster"
    assert said[-1].todo
    assert "REDIS_CLUSTER=1" in said[-1].todo.en
