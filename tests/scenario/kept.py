"""The table of keys in docs/explanation/security.md, held against the keys that are really there."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import Redis

from tests.scenario.traces import names

ROOT = Path(__file__).parents[2]
PARTS = {
    "<bucket>": "[0-9a-f]{2}",
    "<user>": "[0-9a-f]{32}",
    "<event>": "[0-9A-Za-z]{1,64}",
    "<day>": r"\d{4}-\d{2}-\d{2}",
    "<hex>": "[0-9a-f]{16,64}",
    "<name>": r"[\w.\-]+",
}
UNITS = {"s": 1, "min": 60, "h": 3600, "days": 86400}


@dataclass(frozen=True)
class Row:
    """A key as documented; `seconds` is None where it has no time to live and says why."""

    key: str
    kind: str
    entry: str
    seconds: int | None

    def matches(self, name: str) -> bool:
        pattern = re.escape(self.key)
        for part, meant in PARTS.items():
            pattern = pattern.replace(re.escape(part), meant)
        return re.fullmatch(pattern, name) is not None


def documented() -> list[Row]:
    """The rows of the table under "What lies in Redis"."""
    text = (ROOT / "docs" / "explanation" / "security.md").read_text(encoding="utf-8")
    section = text.split("## What lies in Redis", 1)[1].split("\n## ", 1)[0]
    found = re.findall(r"^\| `([^`]+)` \| (\w+) \| ([^|]+) \| ([^|]+) \|", section, re.MULTILINE)
    return [Row(key, kind, entry.strip(), _seconds(life.strip())) for key, kind, entry, life in found]


def _seconds(life: str) -> int | None:
    timed = re.match(r"(\d+) (s|min|h|days)\b", life)
    return int(timed[1]) * UNITS[timed[2]] if timed else None


def undocumented(redis: Redis) -> list[str]:
    """What lies in Redis otherwise than the table says."""
    return [problem for name in names(redis) if (problem := _problem(redis, name.decode()))]


def _problem(redis: Redis, name: str) -> str:
    kind: Any = redis.type(name)
    left: Any = redis.ttl(name)
    if kind == b"none" or left == -2:
        return ""  # gone since it was listed
    rows = [row for row in documented() if row.matches(name)]
    if len(rows) != 1:
        return f"{name}: in {len(rows)} rows of the table"
    row = rows[0]
    if kind.decode() != row.kind:
        return f"{name}: a {kind.decode()}, documented as {row.kind}"
    if row.seconds is None:
        return "" if left == -1 else f"{name}: has a time to live, documented as without"
    return "" if 0 <= left <= row.seconds else f"{name}: lives {left} s, documented as at most {row.seconds}"
