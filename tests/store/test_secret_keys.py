"""Which SECRET_KEY a Redis is in use with: the first claims it, a new one takes it over, a strange one is refused."""

import pytest
from redis import Redis

from bot.errors import SettingsError, StoreUnavailableError
from bot.store import keys
from bot.store.keys import Pseudonyms
from bot.store.secret_keys import SecretKeys

OLD, NEW, STRANGE = "o" * 32, "n" * 32, "s" * 32
LINE_ID = "U" + "1" * 32


def names(redis: Redis, secret_key: str) -> str:
    return SecretKeys(redis, secret_key).claim().of(LINE_ID)


def test_first_process_says_which_key_it_is_and_the_next_ones_agree(redis: Redis) -> None:
    assert SecretKeys(redis, OLD).look() is None
    assert names(redis, OLD) == names(redis, OLD) == Pseudonyms(OLD).of(LINE_ID)
    assert SecretKeys(redis, OLD).look()


@pytest.mark.parametrize("secret_key", [STRANGE, f"{STRANGE},{NEW}"])
def test_key_that_is_not_listed_is_refused_and_changes_nothing(redis: Redis, secret_key: str) -> None:
    names(redis, OLD)
    before = redis.get(keys.secret_keys())
    for ask in (SecretKeys(redis, secret_key).claim, SecretKeys(redis, secret_key).look):
        with pytest.raises(SettingsError, match=r"^SECRET_KEY: ") as refused:
            ask()
        assert not any(key in str(refused.value) for key in (OLD, NEW, STRANGE))
    assert redis.get(keys.secret_keys()) == before


def test_users_keep_their_names_through_every_step_of_every_change(redis: Redis) -> None:
    steps = (OLD, f"{OLD},{NEW}", f"{NEW},{OLD}", NEW, f"{NEW},{STRANGE}", f"{STRANGE},{NEW}", STRANGE)
    assert {names(redis, step) for step in steps} == {Pseudonyms(OLD).of(LINE_ID)}


def test_second_key_alone_takes_nothing_over(redis: Redis) -> None:
    names(redis, OLD)
    names(redis, f"{OLD},{NEW}")
    assert names(redis, OLD)
    with pytest.raises(SettingsError):
        names(redis, NEW)


def test_old_key_alone_is_refused_once_the_new_one_is_in_use(redis: Redis) -> None:
    names(redis, OLD)
    names(redis, f"{NEW},{OLD}")
    with pytest.raises(SettingsError):
        names(redis, OLD)


def test_machine_that_was_forgotten_takes_nothing_back(redis: Redis) -> None:
    names(redis, OLD)
    names(redis, f"{NEW},{OLD}")
    forgotten = SecretKeys(redis, f"{OLD},{NEW}")
    forgotten.claim()
    assert forgotten.outdated
    assert names(redis, NEW), "it is still in use with the new one"


def test_emptied_redis_is_claimed_again_with_the_names_that_are_known(redis: Redis) -> None:
    names(redis, OLD)
    running = SecretKeys(redis, f"{NEW},{OLD}")
    before = running.claim().of(LINE_ID)
    redis.flushall()
    assert running.claim().of(LINE_ID) == before
    assert names(redis, NEW) == before
    with pytest.raises(SettingsError):
        names(redis, STRANGE)


@pytest.mark.parametrize("stored", [b"x", b"\x02" + b"0" * 60, b'{"pseudonyms":"00"}'])
def test_record_that_somebody_made_up_is_refused(redis: Redis, stored: bytes) -> None:
    redis.set(keys.secret_keys(), stored)
    with pytest.raises(SettingsError):
        names(redis, OLD)


def test_redis_that_is_away_is_an_error_to_try_again() -> None:
    with Redis.from_url("redis://127.0.0.1:9") as away, pytest.raises(StoreUnavailableError):
        SecretKeys(away, OLD).claim()
