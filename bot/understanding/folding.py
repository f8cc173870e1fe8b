"""One spelling for what a reader takes for the same: width, case, kana, long vowels, marks."""

import re
from dataclasses import dataclass

from bot.text import normalize

KANJI, KATAKANA, HIRAGANA, LATIN, DIGIT, OTHER = "CKHLDO"

_END_OF_WORD = re.compile(r"(?<=[ァ-ヺ]{2})ー(?![ァ-ヺー])|(?<=[ァ-ヺ]ー[ァ-ヺ])ー(?![ァ-ヺー])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_INNER_DOT = re.compile(r"(?<=[ァ-ヺー])[・･=＝](?=[ァ-ヺ])")


@dataclass(frozen=True)
class Folded:
    """Text in its one spelling, and the script each of its characters was written in."""

    text: str
    scripts: str


def fold(text: str) -> Folded:
    """The same for every way of writing the same letters; as long as its scripts."""
    plain = normalize.fold(text, vowels=True)
    plain = _THOUSANDS.sub("", _INNER_DOT.sub("", plain))
    plain = _END_OF_WORD.sub("", plain)
    return Folded(normalize.hiragana(plain), _scripts(plain))


def _scripts(text: str) -> str:
    """The script of each character; a long-vowel mark belongs to the kana before it."""
    found = ""
    for char in text:
        found += found[-1] if char == "ー" and found[-1:] in {KATAKANA, HIRAGANA} else _script(char)
    return found


def _script(char: str) -> str:
    if char == "ー" or "ァ" <= char <= "ヺ":
        return KATAKANA
    if "ぁ" <= char <= "ゟ":
        return HIRAGANA
    if "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char in "々〆ヶ":
        return KANJI
    if char.isdigit():
        return DIGIT
    return LATIN if char.isalpha() else OTHER
