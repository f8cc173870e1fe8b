"""Resume codes: how one is spelled, and how it is read however it was typed."""

import re
from dataclasses import dataclass

from bot.text.normalize import DASHES, WAVES, normalize

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32 letters; none that is taken for another: no I, L, O, U
BITS = 40
LONGEST = 60  # characters of a message that may be a code
_SYMBOLS = 8
_QUOTES = str.maketrans(dict.fromkeys("「」『』()"))
_ALIKE = str.maketrans("OIL", "011")
_NAMED = re.compile(
    r"(?:(?:引き?継ぎ?|ひきつぎ)(?:ます|たいです|たい)?(?:の|用の?)?(?:コード|こーど|番号)?|(?:コード|こーど))"
    r"(?:は|で|を|[:、。])*\s*"
)
_PARTS = rf"([0-9A-Z]{{4}})([{re.escape(DASHES + WAVES)}・_ ]?)([0-9A-Z]{{4}})"
_AFTER_CODE = (
    r"\s*(?:です|で(?:引き?継ぎ|続け)ます|[をで]?(?:お願い|おねがい)(?:いた)?します|を引き?継ぎ(?:ます|たいです))?"
)
_CODE = re.compile(rf"{_PARTS}{_AFTER_CODE}[。.!]?")
_IN_TEXT = re.compile(rf"(?<![0-9A-Z]){_PARTS}(?![0-9A-Z])", re.IGNORECASE)
_SPEAKS_OF_ONE = re.compile(r"引き?継|ひきつ|コード|こーど")
_DATE = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")


@dataclass(frozen=True, slots=True)
class HandoverCode:
    """A code as it is shown, and the name that what it stands for is kept under."""

    text: str
    id: str


@dataclass(frozen=True, slots=True)
class TypedCode:
    """Eight characters of the alphabet. `named` is True if the words beside them say that they are a code.

    `sure` is False for eight bare digits, because they may be some other number.
    """

    code: str
    named: bool

    @property
    def sure(self) -> bool:
        return self.named or not self.code.isdecimal()


def spelled(key: bytes) -> str:
    """The first 40 bits as a code in two groups: 7K3F-9Q2M."""
    number = int.from_bytes(key[: BITS // 8], "big")
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def plain_code(text: str) -> str | None:
    """Return the eight characters of a code in any spelling: 「７ｋ３ｆ　9q2m」. None if it is not a code."""
    found = _CODE.fullmatch(normalize(text).strip().upper()) if len(text) <= LONGEST else None
    code = (found[1] + found[3]).translate(_ALIKE) if found else ""
    return code if code and set(code) <= set(ALPHABET) else None


def read_code(text: str) -> TypedCode | None:
    """「引き継ぎ 7k3f9q2m」; without such a word it has to look like a code and nothing else."""
    if not text or len(text) > LONGEST:
        return None
    plain = normalize(text).translate(_QUOTES).strip()
    word = _NAMED.match(plain)
    rest = plain[word.end() :] if word else plain
    code = plain_code(rest)
    named = bool(word or _SPEAKS_OF_ONE.search(rest))
    return TypedCode(code, named=named) if code and (named or _looks_like_one(rest)) else None


def _looks_like_one(text: str) -> bool:
    """In one piece neither a plain word nor a date such as 20261201."""
    found = _IN_TEXT.search(text)
    if found is None or found[2]:
        return found is not None
    return any(char.isdigit() for char in found[0]) and not _DATE.fullmatch(found[0])


def without_codes(text: str) -> str:
    """The text with a mark for each code, and for each word that may be one where the text speaks of codes."""
    plain = normalize(text)
    spoken_of = bool(_SPEAKS_OF_ONE.search(plain))
    return _IN_TEXT.sub(lambda found: "〔コード〕" if spoken_of or _like_a_code(found) else found[0], plain)


def _like_a_code(found: re.Match[str]) -> bool:
    """Letters with a digit among them, or in two groups; numbers alone are for the masks of numbers."""
    both = found[1] + found[3]
    return not both.isdecimal() and (found[2] not in ("", " ") or any(char.isdigit() for char in both))
