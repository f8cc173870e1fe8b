"""The text of the source, page by page, if the operator keeps it for the editors. The repository has none of it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from bot.store.keys import source_text


class SourceText:
    """The pages in Redis. Raises Redis's errors."""

    def __init__(self, redis: Any) -> None:
        self._redis = redis

    def pages(self) -> Sequence[str]:
        """Return the pages, the first one first; none if no text is kept."""
        try:
            return msgspec.json.decode(self._redis.get(source_text()) or b"[]", type=list[str])
        except msgspec.DecodeError:
            return []

    def keep(self, pages: Sequence[str]) -> None:
        """Keep these pages in place of all others."""
        self._redis.set(source_text(), msgspec.json.encode(list(pages)))
