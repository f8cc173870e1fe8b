"""Served on an address of this machine, the page answers to no other name: a stranger's name may lead here."""

import pytest
import urllib3

from line_emulator import Emulator
from line_emulator.loopback import is_loopback
from tests.conftest import SECRET


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("127.255.255.254", True),
        ("::1", True),
        ("[::1]", True),
        ("::ffff:127.0.0.1", True),
        ("localhost", True),
        ("LOCALHOST.", True),
        ("128.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - to be told apart
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
        (None, False),
    ],
)
def test_own_names_and_addresses(host: str | None, *, own: bool) -> None:
    assert is_loopback(host) is own


@pytest.mark.parametrize("served_on", ["127.0.0.1", "127.0.0.2"])
def test_page_on_any_loopback_address_is_guarded_against_a_name_that_leads_here(served_on: str) -> None:
    with Emulator("http://127.0.0.1:9/callback", SECRET, host=served_on, strict=True) as emulator:
        pool = urllib3.PoolManager(retries=False)
        emulator.new_user()
        assert served_on in emulator.url
        assert pool.request("GET", f"{emulator.url}/_/state").status == 200
        assert pool.request("GET", f"{emulator.url}/_/state", headers={"Host": "evil.example"}).status == 403
        pool.clear()
