"""Which servers are known to be vulnerable, by what they say of themselves."""

import re

import pytest

from bot.store.redis.server_versions import RELEASES, ServerVersion, of_banner, of_info


@pytest.mark.parametrize(
    ("product", "number", "state"),
    [
        ("Redis", "6.2.14", "behind"),
        ("Redis", "6.2.24", "patched"),
        ("Redis", "7.4.10", "behind"),
        ("Redis", "8.10.2", "patched"),
        ("Redis", "8.10.1", "behind"),
        ("Redis", "8.12.0", "patched"),  # newer than the table
        ("Redis", "7.0.15", "ended"),
        ("Redis", "8.0.6", "ended"),
        ("Redis", "5.0.14", "ended"),
        ("Redis", "?", "ended"),
        ("Valkey", "9.1.0", "behind"),
        ("Valkey", "9.1.2", "patched"),
        ("Valkey", "10.0.0", "patched"),
    ],
)
def test_state_of_a_version(product: str, number: str, state: str) -> None:
    assert ServerVersion(product, number).state == state


def test_valkey_is_known_by_its_own_number_and_not_by_the_one_it_is_compatible_with() -> None:
    facts = {"redis_version": "7.2.4", "server_name": "valkey", "valkey_version": "9.1.2"}
    assert of_info(facts) == ServerVersion("Valkey", "9.1.2")
    assert of_info({"redis_version": "7.2.4"}) == ServerVersion("Redis", "7.2.4")


def test_banner_of_something_else_is_no_version() -> None:
    assert of_banner("KeyDB server v=6.3.4") is None
    assert of_banner("Redis server v=7.0.15 sha=00000000:0") == ServerVersion("Redis", "7.0.15")


def test_every_release_of_the_table_has_its_day_and_numbers_that_can_be_looked_up() -> None:
    for lines in RELEASES.values():
        for release in lines.values():
            assert re.fullmatch(r"20\d\d-\d\d-\d\d", release.released)
            assert all(re.fullmatch(r"CVE-20\d\d-\d{4,6}", cve) for cve in release.cves)
