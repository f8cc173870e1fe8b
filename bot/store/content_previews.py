"""The results of the checks of unpublished content, by a digest of that content. Each check runs once at a time."""

from typing import Any

from bot.store.keys import content_preview

KEPT_SECONDS = 30 * 86_400
RUNS_SECONDS = 300  # then a check that has not ended may begin anew: its process is gone
RUNNING = b"running"


class ContentPreviews:
    """Previews as their writers encode them. Raises Redis's errors."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def begin(self, digest: str) -> bool:
        """Mark a check as running. Return False if it runs already, or has ended."""
        return bool(self._redis.set(content_preview(digest), RUNNING, nx=True, ex=RUNS_SECONDS))

    def read(self, digest: str) -> bytes | None:
        """Return the preview; empty while the check runs, None if nobody has begun it."""
        found: bytes | None = self._redis.get(content_preview(digest))
        return b"" if found == RUNNING else found

    def save(self, digest: str, preview: bytes) -> None:
        self._redis.set(content_preview(digest), preview, ex=KEPT_SECONDS)

    def forget(self, digest: str) -> None:
        """Delete a preview, so that the check can begin anew."""
        self._redis.delete(content_preview(digest))
