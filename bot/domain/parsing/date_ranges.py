"""Words for more than one day: a week, a month, a span, two days to choose from, digits that leave the day open."""

import re
from collections.abc import Callable

_N = r"(?a:\d{1,2})"
_PART = (
    r"(?:の?(?:上旬|初旬|中旬|下旬|前半|後半|半ば|中頃|始め頃|第?[1-5]?週目?|以?内|中|平日|どこか|いつか|早々|早め))?"
)
_MONTH = rf"(?:{_N}月|今月|当月|来月|翌月|再来月|さ来月|同月)"
_YEAR = r"(?:(?a:\d{4})年?|(?:令和|r)(?:元|(?a:\d{1,2}))年?|今年|本年|来年|再来年|翌年)"
_SEASON = r"(?:[春夏秋冬]|年明け早々|年明け|年内|年末年始|年末|年始|暮れ|お?正月|連休明け|休み明け)"
_SPAN = re.compile(
    rf"(?:{_YEAR}(?:の|[/.\-])?)?(?:{_MONTH}|{_SEASON}){_PART}"
    rf"|{_YEAR}[/.\-]{_N}|{_YEAR}{_PART}|(?:今|来|再来)?年度(?:内|中|明け|始め頃)?"
    rf"|(?:今週|来週|翌週|再来週|さ来週|今度の週)(?:末|の?(?:前半|後半|半ば|中|平日|どこか|末))?|(?:今|次の)?週末"
    rf"|上旬|中旬|下旬|月半ば|月内|週内|数(?:日|週間|か月|ヶ月)(?:後|以内|中|内)?"
    rf"|{_N}(?:日|週間|か月|ヶ月|ヵ月|ケ月|カ月|箇月)(?:以内|間|内)|{_N}(?:か月|ヶ月|ヵ月|ケ月|カ月|箇月)後"
    r"|(?a:\d{3,4})"
)
_BETWEEN = re.compile(
    r"[~〜]|から|または|又は|もしくは|あるいは|ないし|or|[かと、,&]|(?<=日)[ー\-]|(?<=\d)-(?=\d{1,2}[/月])"
)
_BARE_DAY = re.compile(rf"{_N}日?")


def leaves_the_day_open(text: str, is_day: Callable[[str], bool]) -> bool:
    """True for what speaks of time but of no single day: 来月, 12月上旬, 1201, 12/1〜12/5, 1日か2日."""
    if _SPAN.fullmatch(text):
        return True
    first, *others = _BETWEEN.split(text)
    return bool(others) and _says_when(first, is_day) and all(_follows(part, is_day) for part in others)


def _says_when(part: str, is_day: Callable[[str], bool]) -> bool:
    return is_day(part) or bool(_SPAN.fullmatch(part))


def _follows(part: str, is_day: Callable[[str], bool]) -> bool:
    return bool(_BARE_DAY.fullmatch(part)) or _says_when(part, is_day)
