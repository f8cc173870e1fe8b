"""Limits login attempts to the console. Counted in Redis, for all web processes together."""

import hashlib
import hmac
import ipaddress
import re
from typing import Any

from bot.runtime.key_derivation import derive_key
from bot.store.keys import login_attempts
from bot.store.redis.scripts import script

WINDOW_SECONDS = 15 * 60
FROM_ONE_ADDRESS, FROM_ALL_ADDRESSES = 10, 100
CODES_OF_ONE_OPERATOR = 5
ALL = "all"
NO_ADDRESS = "no address"
_WITH_PORT = re.compile(
    r"\[([^\]]*)\](?::.*)?|(\d+(?:\.\d+){3}):.*"
)  # [2001:db8::1]:5555, [2001:db8::1], 192.0.2.1:5555


class LoginAttempts:
    """Counters by address, and of codes by operator, stored as pseudonyms that expire with the window."""

    def __init__(self, redis: Any, secret_key: str) -> None:
        self._redis = redis
        self._key = derive_key(secret_key, "console addresses")
        self._count = script(redis, "count_attempt")

    def wait_seconds(self, address: str) -> int:
        """Count an attempt and return the seconds to wait, 0 if it is allowed.

        An attempt refused for its address does not count towards the limit of all addresses.
        """
        here = self._count(keys=[self._counter(address)], args=[FROM_ONE_ADDRESS, WINDOW_SECONDS])
        return int(here or self._count(keys=[login_attempts(ALL)], args=[FROM_ALL_ADDRESSES, WINDOW_SECONDS]))

    def reset(self, address: str) -> None:
        """Forget the attempts of this address; to be called after a successful login."""
        self._redis.delete(self._counter(address))

    def may_try_code(self, operator: str) -> bool:
        """Count a code that was given with the right password. Return False after too many, from all addresses."""
        return not self._count(keys=[self._code_counter(operator)], args=[CODES_OF_ONE_OPERATOR, WINDOW_SECONDS])

    def reset_codes(self, operator: str) -> None:
        """Forget the wrong codes of this operator; to be called after a right one."""
        self._redis.delete(self._code_counter(operator))

    def _counter(self, address: str) -> str:
        return self._named(_network_of(address))

    def _code_counter(self, operator: str) -> str:
        return self._named(f"codes of {operator}")

    def _named(self, what: str) -> str:
        return login_attempts(hmac.new(self._key, what.encode(), hashlib.sha256).hexdigest()[:32])


def _network_of(address: str) -> str:
    """Return the network that shares a counter: the address, or the /64 of an IPv6 address, which one user controls.

    Ports and brackets, which some gateways add, are ignored. Everything that is no address shares one counter.
    """
    given = address.strip().strip('"')
    with_port = _WITH_PORT.fullmatch(given)
    try:
        found = ipaddress.ip_address(with_port[1] or with_port[2] if with_port else given)
    except ValueError:
        return NO_ADDRESS
    mapped = found if found.version == 4 else found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((found, 64), strict=False))
