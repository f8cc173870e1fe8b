"""Whoever can write into Redis and has no password does not get into the console."""

import hashlib
from typing import Any

from pydantic import SecretStr
from redis import Redis

from bot.settings import Settings
from bot.store.keys import console_session
from tests.conftest import SECRET_KEY
from tests.web.console.conftest import Operator

NEWER = "fedcba9876543210fedcba9876543210"


def key_of(token: str) -> str:
    return console_session(hashlib.sha256(token.encode()).hexdigest())


def cookie(operator: Operator, kind: str) -> str:
    found = operator.client.get_cookie(f"madoguchi-{kind}")
    assert found
    return found.value


def test_record_of_a_live_session_opens_under_no_other_token(
    operator: Operator, redis: Redis, console_settings: Settings
) -> None:
    operator.logs_in()
    live: Any = redis.get(key_of(cookie(operator, "console")))
    other = Operator(console_settings)
    other.logs_in("taro", "another pass phrase")
    redis.set(key_of(cookie(other, "console")), live)
    assert other.client.get("/console/").status_code == 303


def test_token_that_anybody_is_given_with_the_login_form_is_none_of_a_session(
    operator: Operator, redis: Redis, console_settings: Settings
) -> None:
    operator.logs_in()
    live: Any = redis.get(key_of(cookie(operator, "console")))
    stranger = Operator(console_settings)
    stranger.form_token()
    visit = cookie(stranger, "login")
    redis.set(key_of(visit), live)
    stranger.client.set_cookie("madoguchi-console", visit)
    assert stranger.client.get("/console/").status_code == 303


def test_plain_record_is_no_session(operator: Operator, redis: Redis) -> None:
    operator.logs_in()
    token = cookie(operator, "console")
    redis.set(key_of(token), '{"operator":"hanako","digest":"","since":1.0}')
    assert operator.client.get("/console/").status_code == 303


def test_record_shows_neither_operator_nor_password(operator: Operator, redis: Redis) -> None:
    operator.logs_in()
    assert b"hanako" not in (redis.get(key_of(cookie(operator, "console"))) or b"")


def test_login_and_open_forms_outlive_a_change_of_the_key(operator: Operator, console_settings: Settings) -> None:
    operator.logs_in()
    csrf = operator.form_token("/console/")
    changed = {**console_settings.model_dump(), "secret_key": SecretStr(f"{NEWER},{SECRET_KEY}")}
    after = Operator(Settings(**changed))
    after.client.set_cookie("madoguchi-console", cookie(operator, "console"))
    assert "hanako さん" in after.reads()
    assert after.client.post("/console/logout", data={"csrf": csrf}).headers["Location"] == "/console/login"
