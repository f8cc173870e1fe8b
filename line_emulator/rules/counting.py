"""Counts like LINE: most texts in UTF-16 units, button texts in grapheme clusters, bubbles in bytes."""

import json
from typing import Any

import regex

_CLUSTER = regex.compile(r"\X")
_SURROGATE = regex.compile(r"[\ud800-\udfff]")


def utf16_units(value: str) -> int:
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(value: str) -> int:
    return sum(1 for _ in _CLUSTER.finditer(value))


def unpaired_surrogate(value: str) -> bool:
    """Return True if half a surrogate pair stands alone, which happens if an emoji is cut in the middle."""
    return _SURROGATE.search(value) is not None


def json_bytes(value: Any) -> int:
    """Return the larger of two sizes: in UTF-8, and with all but ASCII escaped, as the SDK sends it."""
    escaped = json.dumps(value, separators=(",", ":"))
    plain = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return max(len(escaped), len(plain))
