"""What may be kept of a question nobody could answer: short, in one spelling, without what points to a person."""

import unicodedata

import regex

from bot.replies.limits import clean, cut_units

MOST = 100
_READ = 1500  # nothing later can be among the characters that are kept

_NOTHING = regex.compile(r"[\u200b\u200c\u2060\ufeff\u00ad]")
_SPACES = regex.compile(r"\s+")
_DASH = regex.compile(r"(?<=\d)\s?[-‐‑‒–—―−─ー]\s?(?=\d)")
_NAME = r"(?:\p{Han}{1,4}[ ])?[\p{Han}々ヶ]{1,6}|[\p{Katakana}ー]{2,12}|\p{Hiragana}{2,6}|[A-Za-z]{2,20}"
# Said of anyone, so no name: お客様, 皆さん, 業者さん, 同様, 仕様, 様式.
_ANYONE = (
    r"(?:お客|皆|みな|業者|職員|住民|市民|町民|村民|県民|区民|代理店|担当者?|団体|自治体|会社|企業|パートナー|ヤフー|利用者"
    r"|同|仕|多|異|模|一|有)"
)
_TITLE = r"(?:さん|さま|様(?![式々子相態])|氏(?!名)|殿(?!堂)|くん|ちゃん|先生)"

# In this order: what is longer and surer first. Lengths are bounded, so that no text can make a search slow.
_MASKS = (
    (regex.compile(r"\b[UCR][0-9a-f]{32}\b"), "〔ID〕"),
    (regex.compile(r"(?:https?://|www\.)[!-~]+", regex.I), "〔URL〕"),
    (regex.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"), "〔メール〕"),
    (regex.compile(r"@[A-Za-z0-9_.-]{2,40}"), "〔ID〕"),
    (regex.compile(r"(?<=\bID[はが:= ]{1,3})[A-Za-z0-9_.-]{3,40}", regex.I), "〔ID〕"),
    (regex.compile(r"〒\s?\d{3}-?\d{4}"), "〔郵便番号〕"),
    (regex.compile(r"\+\d{1,3}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){1,3}"), "〔電話〕"),
    (regex.compile(r"\(?\d{2,5}\)?[- (]{1,2}\d{1,4}[- )]{1,2}\d{3,4}|\b0\d{9,10}\b"), "〔電話〕"),
    (regex.compile(r"(?<![\d-])\d{3}-\d{4}(?![\d-])"), "〔郵便番号〕"),
    (regex.compile(r"\d{1,4}(?:丁目|番地?)(?:の?\d{1,4}(?:番地?|号|-\d{1,4})?){0,2}"), "〔番地〕"),
    (regex.compile(r"(?<=\p{Han})\d{1,4}(?:-\d{1,4}){1,3}"), "〔番地〕"),
    (regex.compile(r"\d[\d -]{4,40}\d(?! ?[通円人件])|\d{5,40}(?![\d通円人件])"), "〔番号〕"),
    (regex.compile(rf"(?:{_NAME})(?<!{_ANYONE})(?={_TITLE})"), "〔名前〕"),
    (regex.compile(r"(?<=[課係部室局所場市町村県]の)[\p{Han}々ヶ]{1,6}(?=です|と)"), "〔名前〕"),
    (regex.compile(r"(?:[\p{Han}々ヶ]{1,6}|[\p{Katakana}ー]{2,12})(?=と(?:申|もう)しま|でございま)"), "〔名前〕"),
    (regex.compile(r"(?<=(?:氏名|担当|担当者|名前)[:] ?)[^\s、。]{2,12}"), "〔名前〕"),
)


def masked(text: str) -> str:
    """The text in one spelling, masked, in at most 100 characters; made to be counted, not to be read back."""
    plain = unicodedata.normalize("NFKC", _NOTHING.sub("", clean(text[:_READ])))
    plain = _DASH.sub("-", _SPACES.sub(" ", plain)).strip(" 。、.,!?")
    for pattern, mask in _MASKS:
        plain = pattern.sub(mask, plain)
    return cut_units(plain, MOST)
