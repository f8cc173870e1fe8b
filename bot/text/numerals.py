"""Japanese numerals: 三千, 2万5千, 1.5万, 二十."""

import re
from decimal import Decimal

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_SMALL_UNITS = {"千": 1000, "百": 100, "十": 10}
_LARGE_UNITS = {"億": 10**8, "万": 10**4}

_PLAIN = re.compile(r"(?a:\d+(?:\.\d+)?)")
_GROUPED = re.compile(r"(?a:\d{1,3}(?:,\d{3})+(?:\.\d+)?)")
_KANJI_DIGITS = re.compile(r"[〇零一二三四五六七八九]+")
_SMALL_PART = re.compile(r"((?a:\d+(?:\.\d+)?)|[一二三四五六七八九]?)([千百十])")
_KANJI_RUN = re.compile(r"[〇零一二三四五六七八九十]+")


def read_number(text: str) -> Decimal | None:
    """The number that the whole text is, in digits, kanji or both mixed; units must fall."""
    total = Decimal(0)
    rest = text
    for unit, value in _LARGE_UNITS.items():
        before, mark, after = rest.partition(unit)
        if mark:
            part = _below_ten_thousand(before)
            if not part:  # 万 alone is a fragment, 0万 a slip
                return None
            total, rest = total + part * value, after
            if not rest:
                return total
    last = _below_ten_thousand(rest)
    return None if last is None else total + last


def _below_ten_thousand(text: str) -> Decimal | None:
    simple = _simple(text)
    return _with_small_units(text) if simple is None else simple


def _simple(text: str) -> Decimal | None:
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _KANJI_DIGITS.fullmatch(text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    return None


def _with_small_units(text: str) -> Decimal | None:
    total = Decimal(0)
    position, last_unit = 0, 10**4
    while match := _SMALL_PART.match(text, position):
        unit = _SMALL_UNITS[match[2]]
        if unit >= last_unit:
            return None
        total += (_simple(match[1]) or 1) * unit
        position, last_unit = match.end(), unit
    if position == 0:
        return None
    rest = _simple(text[position:]) if position < len(text) else Decimal(0)
    return None if rest is None or rest >= last_unit else total + rest


def kanji_to_digits(text: str) -> str:
    """The same text with 十二 written 12, as dates need it."""
    return _KANJI_RUN.sub(_as_digits, text)


def _as_digits(match: re.Match[str]) -> str:
    value = read_number(match[0])
    return match[0] if value is None else str(value)
