"""Text as weighed letter n-grams, hashed into a fixed number of places: no vocabulary to keep or to load."""

import re
from collections.abc import Sequence
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.understanding.folding import fold

Floats = NDArray[np.float32]
ClusterNodes = NDArray[np.int64]

PLACES = 1 << 16
LONGEST = 4  # letters of an n-gram
MOST = 600  # letters of a text that are read
_GAPS = re.compile(r"[\W_]+")


@lru_cache(maxsize=256)  # three classifiers read the same message
def places(text: str) -> ClusterNodes:
    """Return the hashed n-grams of a folded text: one to four characters, with marks for its beginning and end."""
    plain = f"^{_GAPS.sub(' ', fold(text).text).strip()[:MOST]}$"
    ends = len(plain) + 1
    grams = {plain[at : at + size] for size in range(1, LONGEST + 1) for at in range(ends - size)}
    found = np.fromiter({crc32(gram.encode()) & (PLACES - 1) for gram in grams}, dtype=np.int64)
    found.sort()  # a set's order is another in each process, and so would be the sums and the model
    found.flags.writeable = False
    return found


def rarity(texts: Sequence[ClusterNodes]) -> Floats:
    """Return the inverse document frequency of each place."""
    spread = np.zeros(PLACES, np.float32)
    for text in texts:
        spread[text] += 1
    return (np.log((1 + len(texts)) / (1 + spread)) + 1).astype(np.float32)


def weigh(text: ClusterNodes, rare: Floats) -> Floats:
    """Return the weight of each place of a text; their squares add up to one."""
    weights = rare[text]
    return np.asarray(weights / np.sqrt(weights @ weights), np.float32)
