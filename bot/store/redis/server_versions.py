"""The oldest release of each Redis and Valkey line without a known vulnerability.

Kept by hand: after a security release, change its line here and add a test case. Distributions mend older numbers
without changing them, so a line that its makers have ended is neither good nor bad by its number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

AS_OF = "2026-11"
State = Literal["patched", "behind", "ended"]


@dataclass(frozen=True, slots=True)
class SecurityRelease:
    """The last security release of a line, its day, and vulnerabilities that it or one before it mended."""

    patch: int
    released: str
    cves: tuple[str, ...]


_LUA = ("CVE-2025-49844", "CVE-2025-46817", "CVE-2025-46818", "CVE-2025-46819")
_MAY_2026 = ("CVE-2026-23479", "CVE-2026-25243", "CVE-2026-23631")
_VALKEY_JULY_2026 = ("CVE-2026-56684", "CVE-2026-63639")

# By product and line. Redis: docker-library/official-images, "[SECURITY]" pull requests; Valkey: its release notes.
RELEASES: Mapping[str, Mapping[tuple[int, int], SecurityRelease]] = {
    "Redis": {
        (6, 2): SecurityRelease(24, "2026-08-18", (*_LUA, *_MAY_2026)),
        (7, 2): SecurityRelease(16, "2026-08-18", (*_LUA, *_MAY_2026)),
        (7, 4): SecurityRelease(11, "2026-08-18", (*_LUA, *_MAY_2026)),
        (8, 2): SecurityRelease(10, "2026-09-18", (*_LUA, *_MAY_2026)),
        (8, 4): SecurityRelease(6, "2026-08-18", _MAY_2026),
        (8, 6): SecurityRelease(7, "2026-09-18", _MAY_2026),
        (8, 8): SecurityRelease(3, "2026-09-18", ()),
        (8, 10): SecurityRelease(2, "2026-09-18", ()),
    },
    "Valkey": {
        (7, 2): SecurityRelease(14, "2026-07-21", (*_MAY_2026, *_VALKEY_JULY_2026)),
        (8, 0): SecurityRelease(10, "2026-07-21", (*_MAY_2026, *_VALKEY_JULY_2026)),
        (8, 1): SecurityRelease(9, "2026-07-21", (*_MAY_2026, *_VALKEY_JULY_2026)),
        (9, 0): SecurityRelease(5, "2026-07-21", (*_MAY_2026, *_VALKEY_JULY_2026)),
        (9, 1): SecurityRelease(1, "2026-07-21", _VALKEY_JULY_2026),
    },
}


@dataclass(frozen=True, slots=True)
class ServerVersion:
    """A server product and the version number that it reports."""

    product: str
    number: str

    @property
    def state(self) -> State:
        """`patched`: nothing is known against it. `behind`: something is. `ended`: only a distribution mends it."""
        line, patch = self._parts()
        if found := RELEASES[self.product].get(line):
            return "patched" if patch >= found.patch else "behind"
        return "patched" if line > max(RELEASES[self.product]) else "ended"

    @property
    def wanted(self) -> tuple[str, SecurityRelease] | None:
        """The number of the line's last security release and what it is; None for a line that is not listed."""
        line, _ = self._parts()
        found = RELEASES[self.product].get(line)
        return (f"{line[0]}.{line[1]}.{found.patch}", found) if found else None

    def _parts(self) -> tuple[tuple[int, int], int]:
        major, minor, patch = ([int(part) for part in re.findall(r"\d+", self.number)] + [0, 0, 0])[:3]
        return (major, minor), patch


def of_info(facts: Mapping[str, Any]) -> ServerVersion:
    """Read what INFO says; Valkey gives the Redis that it is compatible with, too."""
    if "valkey_version" in facts:
        return ServerVersion("Valkey", str(facts["valkey_version"]))
    return ServerVersion("Redis", str(facts.get("redis_version", "?")))


def of_banner(text: str) -> ServerVersion | None:
    """Read what `--version` prints; None if it is no server of these."""
    found = re.match(r"(Redis|Valkey) server v=(\d[\w.\-]*)", text)
    return ServerVersion(found[1], found[2]) if found else None
