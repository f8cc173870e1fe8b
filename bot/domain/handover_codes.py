"""Resume codes: how one is spelled, and how it is read however it was typed."""

import re
import unicodedata
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 32 letters; none that is taken for another: no I, L, O, U
BITS = 40
LONGEST = 60  # characters of a message that may be a code
_SYMBOLS = 8
_ALIKE = str.maketrans("OIL", "011")
_NAMED = re.compile(r"(?:引き?継ぎ?|ひきつぎ)(?:コード|こーど)?(?:は|で|[:：])*")
_HALVES = r"([0-9A-Z]{4})([-‐‑‒–—―−ー~・_ ]?)([0-9A-Z]{4})"
_CODE = re.compile(rf"{_HALVES}(?:です|でお願いします)?[。.!]?")


@dataclass(frozen=True, slots=True)
class HandoverCode:
    """A code as it is shown, and the name that what it stands for is kept under."""

    text: str
    id: str


@dataclass(frozen=True, slots=True)
class TypedCode:
    """Eight letters of the alphabet; `named` where the words beside it say that it is a code."""

    code: str
    named: bool


def spelled(key: bytes) -> str:
    """The first 40 bits as a code in two groups: 7K3F-9Q2M."""
    number = int.from_bytes(key[: BITS // 8], "big")
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def plain_code(text: str) -> str | None:
    """The eight letters of a code, however they are written: 「７ｋ３ｆ　9q2m」; None where it is none."""
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", text).strip().upper()) if len(text) <= LONGEST else None
    code = (found[1] + found[3]).translate(_ALIKE) if found else ""
    return code if code and set(code) <= set(ALPHABET) else None


def read_code(text: str) -> TypedCode | None:
    """「引き継ぎ 7k3f9q2m」; without such a word it has to look like a code and nothing else."""
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).strip().strip("「」『』()")
    word = _NAMED.match(plain)
    rest = plain[word.end() :] if word else plain
    code = plain_code(rest)
    return TypedCode(code, named=bool(word)) if code and (word or _looks_like_one(rest)) else None


def _looks_like_one(text: str) -> bool:
    """Not a telephone number, and in one piece not a plain word either."""
    letters = [char for char in text if char.isascii() and char.isalnum()]
    apart = len(text.strip()) > len(letters)
    return any(char.isalpha() for char in letters) and (apart or any(char.isdigit() for char in letters))
