"""Whose events this Redis holds: the user ID of the one bot, which is about no person."""

from collections.abc import Callable
from typing import Any

from redis.exceptions import RedisError

from bot.errors import StoreUnavailableError
from bot.store.keys import bot_identity


class BotIdentityStore:
    """Written by the first worker that knows its bot; raises StoreUnavailableError where Redis does not answer."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def get(self) -> str:
        """Empty where no worker has said it yet."""
        raw: bytes | None = self._ask(self._redis.get, bot_identity())
        return raw.decode("ascii", "replace") if raw else ""

    def claim(self, bot_id: str) -> str:
        """Whose it is now: this bot's if it was nobody's."""
        self._ask(self._redis.set, bot_identity(), bot_id, nx=True)
        return self.get()

    def reassign(self, bot_id: str) -> None:
        """An operator's word: from now on it is this bot's."""
        self._ask(self._redis.set, bot_identity(), bot_id)

    def _ask(self, call: Callable[..., Any], *args: str, **options: Any) -> Any:
        try:
            return call(*args, **options)
        except (RedisError, OSError) as error:
            raise StoreUnavailableError(f"Redis did not say whose it is: {type(error).__name__}") from None
