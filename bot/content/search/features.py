"""What a text is about: the concepts it names, and the letters of what the vocabulary does not know."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.content.search.folding import DIGIT, HIRAGANA, KANJI, KATAKANA, LATIN, Folded, fold
from bot.content.search.vocabulary import FOREIGN, SILENT, Vocabulary

_NOT_LETTERS = re.compile(r"[\W_]+")
_CONTENT = frozenset({KANJI, KATAKANA, LATIN, DIGIT})


@dataclass(frozen=True)
class Features:
    """What the vocabulary knows in a text, the letters of what it does not, and all letter pairs.

    `anchored`: a word of this trade is in it; `topical`: at least one that is often of this trade;
    `foreign`: the kinds of other matters that were named.
    """

    concepts: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    foreign: tuple[str, ...] = ()
    anchored: bool = False
    topical: bool = False

    @property
    def all(self) -> frozenset[str]:
        return self.concepts | self.letters

    def __or__(self, other: "Features") -> "Features":
        return Features(
            self.concepts | other.concepts,
            self.letters | other.letters,
            self.pairs | other.pairs,
            tuple(dict.fromkeys(self.foreign + other.foreign)),
            self.anchored or other.anchored,
            self.topical or other.topical,
        )


class Reader:
    """Turns text into features, forgiving one slip in a longer katakana or Latin word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._slips = tuple(form for form in vocabulary.forms if len(form) > 3 and _one_alphabet(form))

    @property
    def anchors(self) -> frozenset[str]:
        """The concepts of this trade."""
        return self._vocabulary.anchors

    @property
    def matters(self) -> frozenset[str]:
        """What a conversation can be about beside the plan itself."""
        return self._vocabulary.matters

    @property
    def aspects(self) -> frozenset[str]:
        """What is asked about a matter: its price, its duration, its reason."""
        return self._vocabulary.aspects

    def read(self, text: str) -> Features:
        folded = fold(text)
        concepts: dict[str, None] = {}
        letters: set[str] = set()
        for part in self._named(self._parts(folded)):
            if part.is_form:
                concepts.update(dict.fromkeys(self._vocabulary.forms[part.text]))
            else:
                letters.update(_pairs(part.text))
        known = frozenset(name for name in concepts if name != SILENT and not name.startswith(FOREIGN))
        return Features(
            concepts=known,
            letters=frozenset(letters),
            pairs=frozenset(_pairs(_NOT_LETTERS.sub("", folded.text))),
            foreign=tuple(name.removeprefix(FOREIGN) for name in concepts if name.startswith(FOREIGN)),
            anchored=not known.isdisjoint(self._vocabulary.anchors),
            topical=not known.isdisjoint(self._vocabulary.topical),
        )

    def _parts(self, folded: Folded) -> Iterator["_Part"]:
        """Forms of the vocabulary and the words between them, in order."""
        text, scripts = folded.text, folded.scripts
        place = 0
        while place < len(text):
            form = self._vocabulary.at(text, scripts, place)
            end = place + len(form) if form else self._word_end(text, scripts, place)
            if form or scripts[place] in _CONTENT:
                yield self._part(text[place:end], place, form)
            place = end

    def _named(self, parts: Iterable["_Part"]) -> Iterator["_Part"]:
        """Without the strange words that an ending right after them makes a name."""
        waiting: list[_Part] = []
        for part in parts:
            if waiting and waiting[-1].end != part.start:
                yield from waiting
                waiting.clear()
            if part.is_form and part.text.endswith(self._vocabulary.absorbing):
                waiting.clear()
                yield part
            elif self._is_strange(part):
                waiting.append(part)
            else:
                yield from waiting
                waiting.clear()
                yield part
        yield from waiting

    def _is_strange(self, part: "_Part") -> bool:
        return not part.is_form or self._vocabulary.forms[part.text][0].startswith(FOREIGN)

    def _word_end(self, text: str, scripts: str, start: int) -> int:
        end = start + 1
        while end < len(text) and scripts[end] == scripts[start] != HIRAGANA:
            if self._vocabulary.at(text, scripts, end):
                break
            end += 1
        return end

    def _part(self, word: str, start: int, form: str) -> "_Part":
        if not form and len(word) > 3 and _one_alphabet(word):
            form = next((known for known in self._slips if _one_slip(word, known)), "")
        return _Part(form or word, start, start + len(word), bool(form))


@dataclass(frozen=True)
class _Part:
    text: str
    start: int
    end: int
    is_form: bool


def _one_alphabet(word: str) -> bool:
    return all("ぁ" <= char <= "ゟ" or char == "ー" for char in word) or (word.isascii() and word.isalpha())


def _one_slip(word: str, form: str) -> bool:
    return abs(len(word) - len(form)) < 2 and OSA.distance(word, form, score_cutoff=1) < 2


def _pairs(word: str) -> set[str]:
    return {word} if len(word) == 1 else {word[at : at + 2] for at in range(len(word) - 1)}
