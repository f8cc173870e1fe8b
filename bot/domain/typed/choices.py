"""はい, まだです, 申請中です, わからない: typed words read as one of a question's values."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.typed.phrases import Phrases, asks, read_phrase

LONGEST = 60
NO_VALUE = ""  # a plain yes or no that does not tell which of the question's values is meant

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_UNSEEN = dict.fromkeys((*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400), 0x200B, 0x200D, 0x2060))
_BREAKS = re.compile(r"[。、,.!?…・()「」『』:;\s]+")
_WAVES = re.compile(r"[~〜〰ー―—]+")
_DRAWN_OUT = re.compile(r"(?<=..)[ーっw笑]+$")  # はいー, はいっ; うーん is not うん


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one question, folded: those of its own, and plain yes and no."""

    own: Mapping[str, str]
    general: Mapping[str, str]
    fillers: tuple[str, ...]
    endings: tuple[str, ...]
    phrases: Phrases = ()


def vocabulary(
    own: Mapping[str, Sequence[str]],
    general: Mapping[str, Sequence[str]],
    *,
    fillers: Sequence[str],
    endings: Sequence[str],
    phrases: Phrases = (),
) -> Vocabulary:
    """Words by value, made ready for reading; ValueError if one word would have two values."""
    return Vocabulary(_by_word(own), _by_word(general), _longest_first(fillers), _longest_first(endings), phrases)


def _by_word(words: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
    values: dict[str, str] = {}
    for value, variants in words.items():
        for variant in variants:
            known = values.setdefault("".join(_pieces(fold(variant))), value)
            if known != value:
                raise ValueError(f"{variant} stands for both {known} and {value}")
    return values


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({fold(word) for word in words}, key=len, reverse=True))


def fold(text: str) -> str:
    """Width, case, kana and drawn-out vowels made alike; what cannot be seen is dropped."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_UNSEEN).translate(_KATAKANA)
    return _DRAWN_OUT.sub("", _WAVES.sub("ー", plain.strip()))


def read_choice(text: str, words: Vocabulary) -> str | None:
    """The value the text means; None if it means none, more than one, or is a question."""
    if len(text) > LONGEST:
        return None
    plain = fold(text)
    pieces = _pieces(plain)
    for known in (words.own, words.general):
        values = [_value(piece, known, words) for piece in ("".join(pieces), *pieces)]
        meant = {value for value in values if value is not None}
        if meant:
            # はい、でもいくらですか: what is not understood beside the word may be a question
            doubtful = None in values[1:] and asks(plain)
            return meant.pop() or None if len(meant) == 1 and not doubtful else None
    return read_phrase(plain, words.phrases)


def _pieces(plain: str) -> list[str]:
    return [_DRAWN_OUT.sub("", piece) for piece in _BREAKS.split(plain) if piece]


def _value(piece: str, known: Mapping[str, str], words: Vocabulary) -> str | None:
    """The piece as it stands, or without what is merely polite around it."""
    for candidate in _strippings(piece, words):
        if candidate in known:
            return known[candidate]
    return None


def _strippings(piece: str, words: Vocabulary) -> list[str]:
    found = [piece]
    for candidate in found:  # grows while it is walked: each shorter form is stripped again
        shorter = [candidate.removeprefix(word) for word in words.fillers if candidate.startswith(word)]
        shorter += [candidate.removesuffix(word) for word in words.endings if candidate.endswith(word)]
        shorter.append(_without_symbols(candidate))
        found += [form for form in shorter if form and form not in found]
    return found


def _without_symbols(piece: str) -> str:
    return "".join(char for char in piece if unicodedata.category(char) not in {"So", "Sk", "Cf", "Cn"})
