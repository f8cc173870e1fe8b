"""Compiled patterns of the content. Python's own cache holds 512, fewer than the content has in all."""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.content.slow_patterns import LONGEST_TEXT


@lru_cache(maxsize=4096)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the compiled pattern."""
    return re.compile(pattern)


def says_only(text: str, patterns: Iterable[str]) -> bool:
    """Return True if the whole text has one of these forms. A long text has none."""
    return len(text) <= LONGEST_TEXT and any(compiled(pattern).fullmatch(text) for pattern in patterns)
