"""Ids in the forms that LINE gives them."""

import secrets
import threading
import time
import uuid
from itertools import count

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_message_numbers = count(500_000_000_000_000_000 + secrets.randbelow(10**15) * 100)
_lock = threading.Lock()


def ulid(at_ms: int) -> str:
    """26 characters that sort by time, as `webhookEventId` has them."""
    number = (at_ms << 80) | secrets.randbits(80)
    return "".join(_BASE32[(number >> shift) & 31] for shift in range(125, -5, -5))


def message_id() -> str:
    with _lock:
        return str(next(_message_numbers))


def chat_id(letter: str) -> str:
    """A user (`U`), group (`C`) or room (`R`) ID."""
    return letter + secrets.token_hex(16)


def rich_menu_id() -> str:
    return f"richmenu-{secrets.token_hex(16)}"


def opaque_token() -> str:
    """A reply, quote or mark-as-read token: nothing can be read out of it."""
    return secrets.token_urlsafe(24)


def request_id() -> str:
    return str(uuid.uuid4())


def now_ms() -> int:
    return time.time_ns() // 1_000_000
