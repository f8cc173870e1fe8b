"""IDs in LINE's formats."""

import secrets
import threading
import time
import uuid
from itertools import count

_BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_message_numbers = count(500_000_000_000_000_000 + secrets.randbelow(10**15) * 100)
_lock = threading.Lock()


def ulid(at_ms: int) -> str:
    """Return 26 characters that sort by time, like `webhookEventId`."""
    number = (at_ms << 80) | secrets.randbits(80)
    return "".join(_BASE32[(number >> shift) & 31] for shift in range(125, -5, -5))


def message_id() -> str:
    with _lock:
        return str(next(_message_numbers))


def chat_id(letter: str) -> str:
    """Return the ID of a user (`U`), a group (`C`) or a multi-person chat (`R`)."""
    return letter + secrets.token_hex(16)


def rich_menu_id() -> str:
    return f"richmenu-{secrets.token_hex(16)}"


def opaque_token() -> str:
    """Return a reply, quote or mark-as-read token, which reveals nothing."""
    return secrets.token_urlsafe(24)


def request_id() -> str:
    return str(uuid.uuid4())


def now_ms() -> int:
    return time.time_ns() // 1_000_000
