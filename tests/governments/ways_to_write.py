"""Decorations of account names, and samples of their product with all names."""

import os
import random
from collections.abc import Iterator, Sequence

from bot.governments import LocalGovernment, load

REGISTER = load()

# {} is the name. Each of them is an ornament, an addition of accounts, or both.
DECORATIONS = (
    "【公式】{}",
    "{}【公式】",
    "[公式]{}",
    "《公式》{}",
    "{}（公式）",
    "公式{}",
    "{}公式",
    "{}公式LINE",
    "{}公式アカウント",
    "{}LINE公式アカウント",
    "LINE公式{}",
    "LINE{}",
    "{}LINE",
    "★{}",
    "{}★",
    "★{}★",
    "☆{}☆",
    "「{}」",
    "『{}』",
    "（{}）",
    "〈{}〉",
    "◆{}",
    "■{}■",
    "♪{}♪",
    "✨{}✨",
    "🏯{}",
    "{}🌸",
    "#{}",
    "@{}",
    "{}！",
    "{}_official",
    "{}防災",
    "防災{}",
    "{}ニュース",
    "{}からのお知らせ",
    "ようこそ{}へ",
)


def sampled(ways: Sequence[str], size: int) -> Iterator[tuple[LocalGovernment, str]]:
    """Pairs of a body and a way: the same few for each `make test`, all of them if FUZZ_EXAMPLES is set."""
    pairs = [(government, way) for government in REGISTER.governments for way in ways]
    if "FUZZ_EXAMPLES" in os.environ:
        return iter(pairs)
    return iter(random.Random(17).sample(pairs, size))  # noqa: S311 - picks examples, guards nothing
