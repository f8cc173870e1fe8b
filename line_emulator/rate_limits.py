"""LINE's rate limits: a token bucket for each endpoint, shared by all values of its path parameters."""

import threading
from dataclasses import dataclass

from line_emulator.clock import Clock

_HOUR = 3600.0
# (method, path as routed): requests, seconds. All others: 2,000 a second.
LIMITS: dict[tuple[str, str], tuple[int, float]] = {
    ("POST", "/v2/bot/message/multicast"): (200, 1.0),
    ("POST", "/v2/bot/message/broadcast"): (60, _HOUR),
    ("POST", "/v2/bot/message/narrowcast"): (60, _HOUR),
    ("POST", "/v2/oauth/accessToken"): (370, 1.0),
    ("POST", "/v2/bot/chat/loading/start"): (100, 1.0),
    ("GET", "/v2/bot/channel/webhook/endpoint"): (1000, 60.0),
    ("PUT", "/v2/bot/channel/webhook/endpoint"): (1000, 60.0),
    ("POST", "/v2/bot/channel/webhook/test"): (60, _HOUR),
    ("POST", "/v2/bot/richmenu"): (100, _HOUR),
    ("DELETE", "/v2/bot/richmenu/<menu_id>"): (100, _HOUR),
    ("DELETE", "/v2/bot/richmenu/alias/<alias>"): (100, _HOUR),
    ("GET", "/v2/bot/richmenu/progress/batch"): (100, _HOUR),
    ("POST", "/v2/bot/richmenu/batch"): (3, _HOUR),
    ("GET", "/v2/bot/richmenu/list"): (10, 1.0),
    ("GET", "/v2/bot/insight/richmenu/<menu_id>/summary"): (60, _HOUR),
    ("GET", "/v2/bot/insight/richmenu/<menu_id>/daily"): (60, _HOUR),
}
DEFAULT = (2000, 1.0)


@dataclass
class _Bucket:
    left: float
    at: float


class RateLimits:
    """A token bucket for each endpoint, which refills evenly."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[tuple[str, str], _Bucket] = {}

    def take(self, method: str, route: str) -> bool:
        """Return True if this request is within the limit of its endpoint."""
        most, seconds = LIMITS.get((method, route), DEFAULT)
        now = self._clock.seconds()
        with self._lock:
            bucket = self._buckets.setdefault((method, route), _Bucket(most, now))
            bucket.left = min(most, bucket.left + (now - bucket.at) * most / seconds)
            bucket.at = now
            if bucket.left < 1:
                return False
            bucket.left -= 1
            return True

    def reset(self) -> None:
        with self._lock:
            self._buckets.clear()
