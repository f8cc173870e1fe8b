"""はい, まだです, 申請中です, わからない: typed words read as one of a question's values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.mail_domains import read_domain
from bot.domain.parsing.sentence_patterns import Phrases, asks, read_phrase, speaks_against
from bot.text import normalize

LONGEST = 60
NO_VALUE = ""  # a plain yes or no that does not tell which of the question's values is meant

_UNSEEN = dict.fromkeys(range(0x1F3FB, 0x1F400)) | dict.fromkeys(map(ord, "❓❔"), "?")  # colours of the skin
_BREAKS = re.compile(r"(?:[。、,!?…・()「」『』:;\s]|(?<![a-z0-9])\.|\.(?![a-z0-9]))+")  # lg.jp is one word
_WONDERS = re.compile(r"[^?\s].*\?")  # 認証済み? and はい? ask; ??わからない answers
_WAVES = re.compile(r"[~〜〰ー―—]+")
_DRAWN_OUT = re.compile(r"(?<=..)[ーっw笑]+$")  # はいー, はいっ; うーん is not うん
# What looks like a domain, an address or a sum, whether it could be read or not.
_DOTTED = re.compile(r"@|[a-z0-9]\.[a-z0-9]")


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
    """Make width, case, kana, dashes and drawn-out vowels alike; what cannot be seen is dropped."""
    plain = normalize.fold(text.translate(_UNSEEN), kana=True, vowels=True)
    return _DRAWN_OUT.sub("", _WAVES.sub("ー", plain.strip()))


def read_choice(text: str, words: Vocabulary) -> str | None:
    """The value the text means; None if it means none, more than one, or is a question."""
    if len(text) > LONGEST:
        return None
    plain = fold(text)
    if _WONDERS.search(plain):
        return None
    pieces = _pieces(plain)
    for known in (words.own, words.general):
        whole = _value("".join(pieces), known, words)
        values = [_value(piece, known, words) for piece in pieces]
        meant = {value for value in (whole, *values) if value is not None}
        if meant:
            beside = [piece for piece, value in zip(pieces, values, strict=True) if value is None]
            return _unless_doubtful(meant, beside if whole is None else [], plain, words)
    return read_phrase(plain, words.phrases)


def _unless_doubtful(meant: set[str], beside: Sequence[str], plain: str, words: Vocabulary) -> str | None:
    """The one value, unless what is not understood beside its word asks something or takes it back."""
    if len(meant) > 1 or (beside and asks(plain)):  # はい、でもいくらですか
        return None
    value = meant.pop()
    taken_back = any(speaks_against(piece, value, words.phrases) for piece in beside)
    return None if taken_back else value or None


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
    return normalize.without_pictures(piece)


def read_mail_answer(text: str, words: Vocabulary) -> str | None:
    """Return a domain or "unknown". None if the text names none or several, denies one, or asks a question."""
    domain = read_domain(text)
    if domain or _DOTTED.search(fold(text)):
        return domain  # a word beside it must not bring back what was left alone: gmail, lg.jpではありません
    return read_choice(text, words)
