"""Respelling of disguised numbers and mail addresses, so that the masks recognise them.

People write 090ハイフン1234 or taro☆city.example.jp to pass a filter. The list of disguises is bounded: each entry is
one way of writing seen in practice. docs/explanation/masking.md says what is recognised and what is not.
"""

import regex

# The invisible characters of Unicode, but not those that make up emoji.
_INVISIBLE = regex.compile(
    r"[\p{DI}\u3164\u1160--[\u200d\ufe0e\ufe0f]]|(?<=[\p{L}\p{N}])\u200d(?=[\p{L}\p{N}])", regex.V1
)

_FORMAL = str.maketrans("壱壹弌弐貳贰弍参參叁弎肆伍陸漆柒捌玖拾什零", "一一一二二二二三三三三四五六七七八九十十〇")
_NUMERAL = "〇零一二三四五六七八九十百千壱壹弌弐貳贰弍参參叁弎肆伍陸漆柒捌玖拾什"
_NUMERALS = regex.compile(rf"(?:[{_NUMERAL}][-ー の・./,、]?){{3,20}}")

_KANA_DIGIT = (
    r"ゼロ|レイ|マル|イチ|ニー?|サン|ヨン|シー?|ゴー?|ロク|ナナ|シチ|ハチ|キュ[ウー]|クー?"
    r"|ぜろ|れい|まる|いち|にー?|さん|よん|しー?|ごー?|ろく|なな|しち|はち|きゅ[うー]|くー?"
)
_ENGLISH_DIGIT = r"zero|oh|one|two|three|four|five|six|seven|eight|nine"
_SPOKEN = regex.compile(rf"(?:(?:{_KANA_DIGIT})[-ー の、,・]{{0,3}}){{7,24}}+")
_SPOKEN_ENGLISH = regex.compile(rf"\b(?:(?:{_ENGLISH_DIGIT})[- ,]{{1,3}}){{6,24}}(?:{_ENGLISH_DIGIT})\b", regex.I)

_D = rf"[\d{_NUMERAL}]"
_DASH_WORD = r"ハイフン|はいふん|ダッシュ|だっしゅ|マイナス|まいなす|スラッシュ|アンダーバー|バー|ドット|かっこ|カッコ"
_BETWEEN_DIGITS = regex.compile(
    rf"(?<={_D}) ?(?:(?:{_DASH_WORD}) ?){{1,2}}(?={_D})|(?<={_D}) ?(?:[\p{{P}}\p{{S}}ー] ?){{3,12}}(?={_D})"
)
_JOINED_BY_AND = regex.compile(r"(?<!\d)(0\d{1,4}) ?と ?(\d{1,4}) ?と ?(\d{3,4})(?!\d)")

# O9O-l234-5678: letters that look like digits, in what is mostly digits.
_MOSTLY_DIGITS = regex.compile(r"(?<![A-Za-z0-9])[0-9OoIl](?:[- ]?[0-9OoIl]){9,12}(?![A-Za-z0-9])")
_LETTERS = str.maketrans("OoIl", "0011")
_FEWEST_DIGITS = 6

_HOST = r"[A-Za-z0-9-]{1,63}"
_DOT = r" ?(?:[.。・]|[(\[<{【〔「]? ?(?:ドット|どっと|dot|てん|点) ?[)\]>}】〕」]?) ?"
_DOMAIN = rf"{_HOST}(?:{_DOT}{_HOST}){{0,4}}{_DOT}[A-Za-z]{{2,20}}(?![A-Za-z0-9])"
_LOCAL = r"[A-Za-z0-9._%+-]{1,64}"
_AT_WORD = r"[アあ][ッツっつ][トと][・ ]?(?:[マま][ー-]?[クく])?|@ ?(?:マーク|まーく)|@{2,3}"
_SIGN_FOR_AT = r" ?[☆★◎○●◇◆□■△▲▽▼※♪♯#*&§¶]{1,3} ?"
_DISGUISED_MAIL = regex.compile(
    rf"({_LOCAL})(?: ?[(\[<{{【〔「]? ?(?:{_AT_WORD}) ?[)\]>}}】〕」]? ?|{_SIGN_FOR_AT}|@)({_DOMAIN})", regex.I
)
_AT_AS_PART = regex.compile(rf"([A-Za-z0-9._%+-]{{1,64}}?)(?:[_-](?:at|AT)[_-]|(?<=[a-z0-9])AT(?=[a-z0-9]))({_DOMAIN})")
_DOTS = regex.compile(_DOT, regex.I)
_SPACED_OUT = regex.compile(r"(?<![A-Za-z0-9@._-])(?:[A-Za-z0-9@._-] ){4,60}[A-Za-z0-9@._-](?![A-Za-z0-9@._-])")


def without_invisible(text: str) -> str:
    """Return the text without characters that show nothing.

    Unlike `bot.text.normalize.visible`, it keeps combining marks and the joiners of emoji, which operators can read.
    """
    return _INVISIBLE.sub("", text)


def respelled(text: str) -> str:
    """Return a normalised text in which disguised numbers and mail addresses are written as usual."""
    plain = _JOINED_BY_AND.sub(r"\1-\2-\3", _BETWEEN_DIGITS.sub("-", text))
    plain = _NUMERALS.sub(lambda found: found[0].translate(_FORMAL), plain)
    plain = _SPOKEN_ENGLISH.sub("〔番号〕", _SPOKEN.sub("〔番号〕", plain))
    plain = _MOSTLY_DIGITS.sub(_as_digits, plain)
    plain = _SPACED_OUT.sub(_closed_up, plain)
    return _AT_AS_PART.sub(_as_mail, _DISGUISED_MAIL.sub(_as_mail, plain))


def _as_digits(found: regex.Match[str]) -> str:
    enough = sum(character.isdecimal() for character in found[0]) >= _FEWEST_DIGITS
    return found[0].translate(_LETTERS) if enough else found[0]


def _closed_up(found: regex.Match[str]) -> str:
    return found[0].replace(" ", "") if "@" in found[0] else found[0]


def _as_mail(found: regex.Match[str]) -> str:
    return f"{found[1]}@{_DOTS.sub('.', found[2])}"
