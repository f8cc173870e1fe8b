"""A rich menu as it shall be, and the name that says which content it has."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import orjson

_OURS = re.compile(r"madoguchi/([a-z]{1,20})/[0-9a-f]{16}")
ALIASES = "madoguchi-"


@dataclass(frozen=True)
class WantedMenu:
    """`definition` is the rich menu object without its name."""

    key: str
    alias: str
    definition: dict[str, Any]
    image: bytes
    default: bool = False

    @property
    def name(self) -> str:
        """Changes with the object and with the picture, so that equal names mean equal menus."""
        content = orjson.dumps(self.definition, option=orjson.OPT_SORT_KEYS) + self.image
        return f"madoguchi/{self.key}/{hashlib.sha256(content).hexdigest()[:16]}"


def key_in(name: str) -> str | None:
    """Which of our menus a name belongs to; None: it is not ours, hands off."""
    found = _OURS.fullmatch(name)
    return found[1] if found else None
