"""Words that mean a time but no day: 年明け, 来年, 4月上旬ごろ, できれば早めに."""

import re

from bot.text.normalize import fold

LONGEST = 20
_TIME = re.compile(
    r"(?:たぶん|多分|できれば|なるべく|\d+|[一二三四五六七八九十]|再?来|今|翌|年?明け|年度?|[かヶケカ箇]?月|週|日"
    r"|[春夏秋冬](?:休み)?|[上中下]旬|半ば|初め|初頭|初旬|始め|はじめ|末|前半|後半|頃|ごろ|以降|以内|後|前|中|内|うち"
    r"|近い|そのうち|すぐ|早め|早く|正月|お盆|連休|gw|ゴールデンウィーク|くらい|ぐらい|あたり|から|まで|に|の|です|を?予定"
    r"|[〜~、。!\s])+"
)


def sounds_like_a_time(text: str) -> bool:
    """Whether a short text is made of such words alone, so that it was meant as a day."""
    plain = fold(text, pictures=False).strip()
    return len(plain) <= LONGEST and _TIME.fullmatch(plain) is not None
