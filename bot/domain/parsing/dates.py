"""A day as typed: 12/1, 12月1日, 令和8年12月1日, 明後日, 再来週の水曜, 来月1日, 月末.

A day without a year is the next such day: today's counts, one that is over this year means next year.
A weekday alone is the next one after today. Weeks run from Monday to Sunday.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.dates import WEEKDAYS, problem_of
from bot.domain.parsing.date_patterns import READERS, OpenYearError, Reader
from bot.domain.parsing.date_ranges import leaves_the_day_open
from bot.text.normalize import DASHES, fold
from bot.text.numerals import kanji_to_digits

LONGEST = 40
LONGEST_VAGUE = 20


class TypedDateProblem(StrEnum):
    """Why a typed day is not taken as it stands."""

    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    PAST = "past"
    OTHER_WEEKDAY = "other_weekday"
    TOO_FAR = "too_far"
    NOT_A_DAY = "not_a_day"  # 来月, 12月上旬, 12/1〜12/5: which day is open
    WHICH_YEAR = "which_year"  # 26年12月1日: of the century or of the era


@dataclass(frozen=True, slots=True)
class TypedDate:
    """The day that was meant, or the problem; with past and other_weekday both."""

    day: date | None
    problem: TypedDateProblem | None = None


_BEFORE = re.compile(
    r"^(?:はい|えっと|たぶん|多分|おそらく|恐らく|できれば|一応|予定は|希望は|申込日は|申請日は|じゃあ|それでは|では|[、,])"
)
_BEHIND = re.compile(
    r"(?:です|でお願いします|お願いします|でおねがいします|(?:に|を|の)?(?:申し?込み?|申請)?の?(?:を?予定|希望)(?:です|しています|しております)?"
    r"|に?(?:申し?込み|申請し|申請)(?:ます|たいです|たい|する予定です|する)?|に?申し?込む|にします|にしようと?思います|を考えています"
    r"|ごろ|頃|くらい|ぐらい|あたり|かな|から|までに?|以降|中に?|に|で|よ|(?:よろしく|宜しく)|[。.!、~〜])$"
)
# What is left of a face or a laugh once its signs are dropped: (笑), (^_^), m(_ _)m, ww.
_FACE_BEHIND = re.compile(r"(?:m?\((?:笑|汗|涙|泣|o|[\W_])*\)m?|笑|w+|[・,;:'\"*_\-]+)$")
_HALF = r"(?:午前|午後|am|pm|朝|昼|夕方?|夜)"
_CLOCK = r"(?:(?a:\d{1,2})(?:時|:(?a:\d\d))?[~〜\-])?(?a:\d{1,2})(?:時(?:半|(?a:\d{1,2})分?)?|:(?a:\d\d))"
# The hour of a day says no more than the day; behind a digit it needs a space, for 12/110時 may be two days.
_HOUR_BEHIND = re.compile(rf"(?:の?{_HALF}(?:{_CLOCK}|中|1番?)?|(?:(?<=[^\d/.\-:年])の?|\s){_CLOCK})$")
_WEEKDAY_BEHIND = re.compile(
    rf"[(\[〔【<]?([{WEEKDAYS}])(?:曜日?)?(?:[・/]?祝日?)?[)\]〕】>]$|([{WEEKDAYS}])曜日?$|(?<=[\d日])([{WEEKDAYS}])$"
)
_SPACES = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # one between two digits parts a day from an hour
_DASH_INSIDE = re.compile(rf"(?<=[\d年月日])[{re.escape(DASHES)}](?=\d)")
_SLASHES = str.maketrans(dict.fromkeys("∕⁄╱", "/"))
_KANA_DAYS = {
    "ついたち": "1日", "朔日": "1日", "ふつか": "2日", "みっか": "3日", "よっか": "4日", "むいか": "6日",
    "ようか": "8日", "ここのか": "9日", "とおか": "10日", "はつか": "20日",
}  # fmt: skip  # いつか is some day, and なのか asks
_KANA_DAY = re.compile(rf"(?:^|(?<=月)|(?<=月の))(?:{'|'.join(_KANA_DAYS)})")
# Words that mean a time but no day: 年明け, 来年, 4月上旬ごろ, できれば早めに.
_VAGUE = re.compile(
    r"(?:たぶん|多分|できれば|なるべく|\d+|[一二三四五六七八九十]|再?来|今|翌|年?明け|年度?|[かヶケカ箇]?月|週|日"
    r"|[春夏秋冬](?:休み)?|[上中下]旬|半ば|初め|初頭|初旬|始め|はじめ|末|前半|後半|頃|ごろ|以降|以内|後|前|中|内|うち"
    r"|近い|そのうち|すぐ|早め|早く|正月|お盆|連休|gw|ゴールデンウィーク|くらい|ぐらい|あたり|から|まで|に|の|です|を?予定"
    r"|[〜~、。!\s])+"
)


def read_date(text: str, *, today: date) -> TypedDate:
    """The day a short text names, seen from today."""
    if len(text) > LONGEST:
        return TypedDate(None, TypedDateProblem.UNREADABLE)
    whole = _bare(text)
    read = _with_weekday(whole, today)
    if read.problem is not TypedDateProblem.UNREADABLE:
        return read
    return TypedDate(None, TypedDateProblem.NOT_A_DAY) if leaves_the_day_open(whole, _says_day(today)) else read


def _says_day(today: date) -> Callable[[str], bool]:
    return lambda part: _with_weekday(_bare(part), today).problem is not TypedDateProblem.UNREADABLE


def _with_weekday(bare: str, today: date) -> TypedDate:
    weekday = _WEEKDAY_BEHIND.search(bare)
    read = _read(bare, today)
    if weekday and read.problem is TypedDateProblem.UNREADABLE:
        return _on_weekday(_read(bare[: weekday.start()], today), weekday[1] or weekday[2] or weekday[3])
    return read


def _on_weekday(read: TypedDate, weekday: str) -> TypedDate:
    """12月1日(火) is taken only if that day is one."""
    if read.day is None or WEEKDAYS[read.day.weekday()] == weekday:
        return read
    return TypedDate(read.day, TypedDateProblem.OTHER_WEEKDAY)


def _bare(text: str) -> str:
    plain = _SPACES.sub("", fold(text.translate(_SLASHES), pictures=False)).strip()
    bare = kanji_to_digits(_KANA_DAY.sub(lambda found: _KANA_DAYS[found[0]], plain))
    bare = _DASH_INSIDE.sub("-", bare)
    while (shorter := _stripped(bare)) != bare:
        bare = shorter
    return re.sub(r"\s+", "", bare)


def _stripped(bare: str) -> str:
    for pattern in (_BEFORE, _BEHIND, _FACE_BEHIND, _HOUR_BEHIND):
        bare = pattern.sub("", bare)
    return bare


def _read(text: str, today: date) -> TypedDate:
    for pattern, reader in READERS:
        match = pattern.fullmatch(text)
        if match:
            return _of_form(reader, match, today)
    return TypedDate(None, TypedDateProblem.UNREADABLE)


def _of_form(reader: Reader, match: re.Match[str], today: date) -> TypedDate:
    try:
        return _checked(reader(match, today), today)
    except OpenYearError:
        return TypedDate(None, TypedDateProblem.WHICH_YEAR)
    except (ValueError, OverflowError):  # 2月30日, 年0000, 99999日後
        return TypedDate(None, TypedDateProblem.IMPOSSIBLE)


def _checked(day: date | None, today: date) -> TypedDate:
    if day is None:
        return TypedDate(None, TypedDateProblem.IMPOSSIBLE)
    if day < today:
        return TypedDate(day, TypedDateProblem.PAST)
    return TypedDate(None, TypedDateProblem.TOO_FAR) if problem_of(day) else TypedDate(day)


def sounds_like_a_time(text: str) -> bool:
    """Return True if a short text consists only of words that mean a time, so that it was meant as a day."""
    plain = fold(text, pictures=False).strip()
    return len(plain) <= LONGEST_VAGUE and _VAGUE.fullmatch(plain) is not None
