"""How often somebody may try to log in to the console: counted in Redis, so for all web processes together."""

import hashlib
import hmac
import ipaddress
from typing import Any

from bot.store.keys import console_tries, derive
from bot.store.scripts import script

WINDOW_SECONDS = 15 * 60
FROM_ONE_PLACE, FROM_EVERYWHERE = 10, 100
ALL = "all"


class LoginTries:
    """Addresses are kept as pseudonyms, for as long as they count."""

    def __init__(self, redis: Any, secret_key: str) -> None:
        self._redis = redis
        self._key = derive(secret_key, "console addresses")
        self._count = script(redis, "tries")

    def wait_seconds(self, address: str) -> int:
        """Counts this try; 0 where it may go on. Who may not try from here uses up nobody else's tries."""
        here = self._count(keys=[self._counter(address)], args=[FROM_ONE_PLACE, WINDOW_SECONDS])
        return int(here or self._count(keys=[console_tries(ALL)], args=[FROM_EVERYWHERE, WINDOW_SECONDS]))

    def forgive(self, address: str) -> None:
        """After a good login."""
        self._redis.delete(self._counter(address))

    def _counter(self, address: str) -> str:
        return console_tries(hmac.new(self._key, _place(address).encode(), hashlib.sha256).hexdigest()[:32])


def _place(address: str) -> str:
    """An IPv6 user has a whole /64 to choose addresses from: it counts as one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    mapped = found if found.version == 4 else found.ipv4_mapped
    return str(mapped or ipaddress.ip_network((found, 64), strict=False))
