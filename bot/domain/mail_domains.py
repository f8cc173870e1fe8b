"""The domain of a mail address, and whether it is a local government's."""

import re

from bot.text.normalize import DASHES, fold

LONGEST_ADDRESS = 320
LONGEST_DOMAIN = 253

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
# What is typed for a dot, and what may be one: with it on either side a domain is not whole.
_DOTS = "・。·"
_NEAR_DOTS = rf"{_DOTS},、_"
# Written on its own, or between Japanese words: nothing Latin may touch it.
_DOMAIN_IN_TEXT = re.compile(
    rf"(?<![a-z0-9.@_+-])(?<![a-z0-9][{_NEAR_DOTS}]){_DOMAIN.pattern}(?![a-z0-9.@_-]|[{_NEAR_DOTS}][a-z0-9])"
)
# Behind an @ it is the whole of what follows; another address may come next.
_AFTER_AT = re.compile(rf"@\s*({_DOMAIN.pattern})(?![a-z0-9@_.-]*[a-z0-9@_-]|[^\w\s]?[a-z0-9](?![\w.+%-]*@))")
_DASH_INSIDE = re.compile(rf"(?<=[a-z0-9])[{re.escape(DASHES)}](?=[a-z0-9])")
_DOT_INSIDE = re.compile(rf"(?<=[a-z0-9])[{_DOTS}](?=[a-z0-9])")

_TOP = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")  # 5.000 is a sum
# Not so, not any more, not yet, one of several, or asked: a domain in such a sentence is not the answer.
_NOT_THIS = re.compile(
    r"(?:では|じゃ|で)(?:な|あり|ご)|ない|ません|なし|以外|違|ちが|予定|つもり|検討|これから|(?:取得|申請|移行|変更)中"
    r"|(?:以前|昔|かつて|元々?|(?<!名)前)[はの]|でした|だった|[てで]い?(?:た|まし)"
    r"|[a-z]\s*か(?!ら)|または|又は|もしくは|あるいは|(?:^|\s)(?:not|or)\s|か[。\s]*$|[?❓❔]\s*$"
)
_NO_DOUBT = re.compile(r"間違い?(?:ない|ありません)|問題(?:ない|ありません)")

_OFFICE = re.compile(r"(?:.+\.)?(city|town|vill)\.([^.]+)((?:\.[^.]+){0,2})\.jp")
_PREFECTURE_OFFICE = re.compile(r"(?:.+\.)?pref\.([^.]+)\.jp")

# The first designated cities have a name right below .jp; anybody else may own a name such as example.jp there.
_ALONE = frozenset({"kawasaki", "kitakyushu", "kobe", "nagoya", "sapporo", "sendai", "yokohama"})

_PREFECTURE = re.compile(
    "hokkaido|aomori|iwate|miyagi|akita|yamagata|fukushima|ibaraki|tochigi|gunma|saitama|chiba|tokyo|kanagawa"
    "|niigata|toyama|ishikawa|fukui|yamanashi|nagano|gifu|shizuoka|aichi|mie|shiga|kyoto|osaka|hyogo|nara"
    "|wakayama|tottori|shimane|okayama|hiroshima|yamaguchi|tokushima|kagawa|ehime|kochi|fukuoka|saga|nagasaki"
    "|kumamoto|oita|miyazaki|kagoshima|okinawa"
)


def read_domain(text: str) -> str | None:
    """The domain in an address, a domain or a short sentence; None if there is none, more than one, or it is not so."""
    if len(text) > LONGEST_ADDRESS:
        return None
    plain = _DASH_INSIDE.sub("-", fold(text).strip())
    if _NOT_THIS.search(_NO_DOUBT.sub("", plain)):
        return None
    found = _of_addresses(plain) if "@" in plain else set(_DOMAIN_IN_TEXT.findall(plain))
    domain = found.pop() if len(found) == 1 else ""
    readable = len(domain) <= LONGEST_DOMAIN and _TOP.fullmatch(domain.rpartition(".")[2])
    return domain if readable else None


def _of_addresses(plain: str) -> set[str]:
    """Return the domain after each @. Empty if one @ has none, because no other part of the text may replace it."""
    first, _, rest = plain.partition("@")
    found = _AFTER_AT.findall(first + "@" + _DOT_INSIDE.sub(".", rest))
    return set(found) if len(found) == plain.count("@") else set()


def is_local_government(domain: str) -> bool:
    """True for lg.jp and for the older domains by place: city, town, vill, pref and metro.tokyo.jp."""
    if domain in {"lg.jp", "metro.tokyo.jp"} or domain.endswith((".lg.jp", ".metro.tokyo.jp")):
        return True
    if prefecture := _PREFECTURE_OFFICE.fullmatch(domain):
        return bool(_PREFECTURE.fullmatch(prefecture[1]))
    if office := _OFFICE.fullmatch(domain):
        return _is_place(office[1], office[2], office[3])
    return False


def _is_place(kind: str, name: str, above: str) -> bool:
    """All stand below their prefecture, some cities named like it right there: city.kyoto.jp; the oldest ones alone."""
    if above:
        return bool(_PREFECTURE.fullmatch(above.rpartition(".")[2]))
    return kind == "city" and (name in _ALONE or bool(_PREFECTURE.fullmatch(name)))
