"""A number of messages as typed: 8万, ８００００通, 80,000, 約1.5万."""

import re
from enum import StrEnum

from bot.text.normalize import normalize
from bot.text.numerals import read_number

LONGEST = 40
MOST = 1_000_000_000  # beyond any body's messages; a slip of the finger

_BEFORE = re.compile(
    r"^(?:はい|たぶん|多分|えっと|ひと月に?|一か月に?で?|月間?に?|毎月|1[かヶケカ箇ヵ]月[にで]?|約|およそ|おおよそ|だいたい|大体|ざっと|最大で?|合計で?|[、,])"
)
_AFTER = re.compile(
    r"(?:/月|通|件|メッセージ|くらい|ぐらい|ほど|程度|前後|です|でした|かな|だと思います|と思います|ちょうど|(?:を|の)?予定(?:しています|です)?|弱|強|余り|以上|以下|以内|[~〜]|を?配信|を?送信|送ります"
    r"|でお願いします|[。.!、,])$"
)
_THOUSANDS = re.compile(r"((?a:\d+(?:\.\d+)?))k")


class CountProblem(StrEnum):
    """Why a typed number of messages cannot be used."""

    UNREADABLE = "unreadable"
    TOO_MANY = "too_many"


def read_count(text: str) -> int | CountProblem:
    """The number of messages a month, or why it cannot be read."""
    if len(text) > LONGEST:
        return CountProblem.UNREADABLE
    bare = _bare(text)
    thousands = _THOUSANDS.fullmatch(bare)
    number = read_number(f"{thousands[1]}千" if thousands else bare)
    if number is None or number != number.to_integral_value():
        return CountProblem.UNREADABLE
    return CountProblem.TOO_MANY if number > MOST else int(number)


def _bare(text: str) -> str:
    plain = normalize(text).lower()
    bare = re.sub(r"\s+", "", plain)
    bare = re.sub(r"(?<=\d)、(?=\d{3})", ",", bare)
    while (shorter := _AFTER.sub("", _BEFORE.sub("", bare))) != bare:
        bare = shorter
    return bare
