"""JSON of a request in which one strange value must not cost the rest."""

import json
import math
from typing import Any

import orjson


def loads(body: bytes) -> Any:
    """What is no text or no number in JSON's sense becomes "?" or null; raises ValueError where it is none at all."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        pass
    try:
        text = body.decode("utf-8-sig", "replace")
        read = json.loads(text, parse_int=_finite, parse_float=_finite, parse_constant=lambda _: None)
        return orjson.loads(json.dumps(read, ensure_ascii=False).encode("utf-8", "replace"))  # half surrogate pairs
    except RecursionError:
        raise ValueError("nested too deep") from None


def _finite(digits: str) -> int | float | None:
    number = float(digits)
    if not math.isfinite(number):
        return None
    return int(digits) if len(digits) < 16 and digits.lstrip("-").isdigit() else number
