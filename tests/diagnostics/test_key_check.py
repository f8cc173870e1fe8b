"""Every way in which SECRET_KEY may not be the one that Redis is in use with."""

from pydantic import SecretStr

from bot.store import keys
from bot.store.secret_keys import SecretKeys
from tests.conftest import SECRET_KEY
from tests.diagnostics.conftest import Deployment

NEWER = "fedcba9876543210fedcba9876543210"


def test_same_key_is_fine(deployment: Deployment) -> None:
    SecretKeys(deployment.redis, SECRET_KEY).claim()
    assert deployment.only("secret-key").state == "ok"


def test_look_at_it_claims_nothing(deployment: Deployment) -> None:
    deployment.redis.delete(keys.secret_keys())
    assert deployment.only("secret-key").state == "ok"
    assert not deployment.redis.exists(keys.secret_keys())


def test_other_key_fails_and_neither_is_shown(deployment: Deployment) -> None:
    SecretKeys(deployment.redis, SECRET_KEY).claim()
    result = deployment.only("secret-key", secret_key=SecretStr(NEWER))
    assert (result.state, result.message.en) == ("failed", "Redis is in use with another SECRET_KEY")
    assert result.next_step
    assert not any(key in str(result) for key in (NEWER, SECRET_KEY))


def test_change_that_is_under_way_is_a_reminder(deployment: Deployment) -> None:
    SecretKeys(deployment.redis, SECRET_KEY).claim()
    result = deployment.only("secret-key", secret_key=SecretStr(f"{NEWER},{SECRET_KEY}"))
    assert (result.state, result.message.en) == ("warning", "several SECRET_KEYs are accepted")


def test_replaced_key_that_still_stands_first_is_named(deployment: Deployment) -> None:
    SecretKeys(deployment.redis, SECRET_KEY).claim()
    SecretKeys(deployment.redis, f"{NEWER},{SECRET_KEY}").claim()
    result = deployment.only("secret-key", secret_key=SecretStr(f"{SECRET_KEY},{NEWER}"))
    assert (result.state, result.message.en) == ("warning", "SECRET_KEY lists a replaced key first")


def test_redis_away_hides_it(deployment: Deployment) -> None:
    assert deployment.only("secret-key", redis_url="redis://127.0.0.1:9").state == "skipped"
