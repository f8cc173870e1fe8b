"""Rewrites a message before it is taken apart: days in kana, the same month, and what somebody dictated."""

import re

_PREFECTURE_SPACE = re.compile(r"(?<=[都道府県])[ \u3000]+(?=[一-龥ぁ-んァ-ヶ]{1,6}[市区町村])")
_DICTATED = re.compile(r"[「『]([^「」『』]*[。！!\n][^「」『』]*)[」』]")  # 「さつま町。LINEはある。」
_MONTH = re.compile(
    r"(?:(?:令和|平成)?(?:\d{1,4}|[元一二三四五六七八九十]+)年)?(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月"
)
_SAME_MONTH = re.compile("同月(?=[0-9一二三四五六七八九十])")
_UNITS = {
    "いち": 1, "に": 2, "さん": 3, "し": 4, "よん": 4, "ご": 5, "ろく": 6, "しち": 7, "なな": 7, "はち": 8, "く": 9, "きゅう": 9,
}  # fmt: skip
_OWN_NAMES = {
    "ついたち": 1, "ふつか": 2, "みっか": 3, "よっか": 4, "いつか": 5, "むいか": 6, "なのか": 7, "ようか": 8, "ここのか": 9,
    "とおか": 10, "とうか": 10, "じゅうよっか": 14, "はつか": 20, "にじゅうよっか": 24,
}  # fmt: skip
_ONE = "|".join(sorted(_UNITS, key=len, reverse=True))
_KANA_DAY = "|".join(sorted(_OWN_NAMES, key=len, reverse=True))
_KANA_DATE = re.compile(
    rf"(?<![ぁ-ん])(?P<month>じゅう(?:いち|に)?|{_ONE}|1[0-2]|[1-9])がつ[ 　]*の?"
    rf"(?:(?P<own>{_KANA_DAY})|(?P<tens>に|さん)?(?P<ten>じゅう)?(?P<one>{_ONE})?にち|(?P<digits>[0-3]?\d)[日にち]*)"
)


def preprocess(text: str) -> str:
    """Return the message as the clauses are read."""
    text = _DICTATED.sub(r" \1。", _PREFECTURE_SPACE.sub("", text))
    text = _KANA_DATE.sub(_in_digits, text)
    return _with_months(text)


def _in_digits(found: re.Match[str]) -> str:
    month = _number(found["month"])
    if found["own"]:
        day = _OWN_NAMES[found["own"]]
    elif found["digits"]:
        day = int(found["digits"])
    else:
        tens = _UNITS.get(found["tens"] or "", 1 if found["ten"] else 0)
        day = 10 * tens + _UNITS.get(found["one"] or "", 0) if found["ten"] or not found["tens"] else 0
    return f"{month}月{day}日" if 1 <= month <= 12 and 1 <= day <= 31 else found[0]


def _number(spoken: str) -> int:
    if spoken.isdigit():
        return int(spoken)
    rest = spoken.removeprefix("じゅう")
    return (10 if rest != spoken else 0) + _UNITS.get(rest, 0)


def _with_months(text: str) -> str:
    """Write the month that stood before for 同月."""

    def month(found: re.Match[str]) -> str:
        before = _MONTH.findall(text[: found.start()])
        return before[-1] if before else found[0]

    return _SAME_MONTH.sub(month, text)
