"""Webhook bodies as LINE sends them: one event each, with an id of its own, signed."""

import itertools
import time
from typing import Any

import orjson

from bot.line.signature import sign

SECRET = "channel-secret-of-the-benchmark"
SECRET_KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "token-of-the-benchmark"
_numbers = itertools.count(1)
_users = itertools.count(1)
Event = dict[str, Any]


def line_id(number: int) -> str:
    return f"U{number:032x}"


def new_user() -> str:
    """The LINE ID of someone who has not been seen in this run."""
    return line_id(next(_users))


def text(user: str, words: str) -> Event:
    return _event(
        user, "message", message={"type": "text", "id": f"{next(_numbers):018d}", "text": words, "quoteToken": "q" * 80}
    )


def tap(user: str, data: str) -> Event:
    return _event(user, "postback", postback={"data": data})


def _event(user: str, kind: str, **what: Any) -> Event:
    number = next(_numbers)
    return {
        "type": kind,
        **what,
        "webhookEventId": f"01J{number:023d}",
        "deliveryContext": {"isRedelivery": False},
        "timestamp": int(time.time() * 1000),  # an event of some other day would be passed over as too old
        "source": {"type": "user", "userId": user},
        "replyToken": f"{number:032x}",
        "mode": "active",
    }


def signed(event: Event) -> tuple[bytes, str]:
    """The body that carries this event, and its signature."""
    body = orjson.dumps({"destination": "U" + "f" * 32, "events": [event]})
    return body, sign(SECRET, body)
