"""Counting and cutting text as a reader sees it."""

import regex

_CLUSTER = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """How many characters a reader sees, which is what LINE counts in labels."""
    return sum(1 for _ in _CLUSTER.finditer(text))


def cut(text: str, most: int) -> str:
    """The text in at most that many code points, never inside a character."""
    if len(text) <= most:
        return text
    end = 0
    for cluster in _CLUSTER.finditer(text):
        if cluster.end() > most - 1:
            break
        end = cluster.end()
    return text[:end] + "…"
