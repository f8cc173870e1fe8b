"""Decorations of account names, ways to type a body, and samples of their product with all names."""

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

# How staff type their body: {} is the name, {full} the name with its prefecture.
WAYS_TO_TYPE = (
    "{}",
    "{}です",
    "{full}",
    "{full}です。",
    "うちは{}です",
    "{}の職員です",
    "{}の広報担当です",
    "えーと、{}です",
    "お世話になります。{}と申します",
    "{full}でございます",
    "団体は{}になります",
    "{}　よろしくお願いします",
)


def sampled(ways: Sequence[str], size: int) -> Iterator[tuple[LocalGovernment, str]]:
    """Pairs of a body and a way: the same few for each `make test`, all of them if FUZZ_EXAMPLES is set."""
    pairs = [(government, way) for government in REGISTER.governments for way in ways]
    if "FUZZ_EXAMPLES" in os.environ:
        return iter(pairs)
    return iter(random.Random(17).sample(pairs, size))  # noqa: S311 - picks examples, guards nothing
