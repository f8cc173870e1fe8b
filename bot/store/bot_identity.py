"""The user ID of the bot whose events this Redis holds. It identifies no person."""

from collections.abc import Callable
from typing import Any

from redis.exceptions import RedisError

from bot.errors import StoreUnavailableError
from bot.store.keys import bot_identity


class BotIdentityStore:
    """A record written by the first worker that knows its bot. Raises StoreUnavailableError if Redis is down."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def get(self) -> str:
        """Return the bot's user ID, empty if no worker has written it yet."""
        raw: bytes | None = self._ask(self._redis.get, bot_identity())
        return raw.decode("ascii", "replace") if raw else ""

    def claim(self, bot_id: str) -> str:
        """Record this bot if none is recorded. Return the one that is recorded now."""
        self._ask(self._redis.set, bot_identity(), bot_id, nx=True)
        return self.get()

    def reassign(self, bot_id: str) -> None:
        """Record this bot in place of any other; for operators."""
        self._ask(self._redis.set, bot_identity(), bot_id)

    def _ask(self, call: Callable[..., Any], *args: str, **options: Any) -> Any:
        try:
            return call(*args, **options)
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(f"Redis did not say whose it is: {type(error).__name__}") from None
