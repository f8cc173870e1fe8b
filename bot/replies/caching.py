"""Most of what a message says is the same for everyone: what was made of a short text is kept for the next one."""

from collections.abc import Callable
from functools import lru_cache

SHORT, KEPT = 100, 2048  # long texts are what users wrote: keeping those would cost memory and serve nobody


def cached_short(work: Callable[[str, int], str]) -> Callable[[str, int], str]:
    """The same function of a text and a limit, faster where it has seen both."""
    seen = lru_cache(maxsize=KEPT)(work)

    def recall(text: str, most: int) -> str:
        return seen(text, most) if len(text) <= SHORT else work(text, most)

    return recall
