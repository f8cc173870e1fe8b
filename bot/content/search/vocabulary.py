"""The words of the trade: which forms mean the same, which say nothing, which belong elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, read_document
from bot.content.search.folding import DIGIT, HIRAGANA, KATAKANA, LATIN, fold

Form = Annotated[str, Field(min_length=1, max_length=40)]

SILENT = ""
SHORT = 2
_KANA = frozenset({HIRAGANA, KATAKANA})
_RUNS = frozenset({LATIN, DIGIT})
FOREIGN = "foreign:"


class VocabularyFile(ContentModel):
    """`vocabulary.yaml`."""

    concepts: dict[str, tuple[Form, ...]]
    silent: tuple[Form, ...]
    foreign: dict[str, tuple[Form, ...]]
    absorbing: tuple[Form, ...]
    anchors: tuple[str, ...]
    topical: tuple[str, ...]
    matters: tuple[str, ...]
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Folded forms with the concepts each stands for, and the scripts each was written in."""

    forms: dict[str, tuple[str, ...]]
    written: dict[str, frozenset[str]]
    absorbing: tuple[str, ...]
    anchors: frozenset[str]
    topical: frozenset[str]
    matters: frozenset[str]
    aspects: frozenset[str]

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.forms))

    def at(self, text: str, scripts: str, start: int) -> str:
        """The longest form that stands at this place, or nothing."""
        for end in range(min(len(text), start + self.longest), start, -1):
            form = text[start:end]
            if form in self.forms and _whole(scripts, start, end) and self._in_script(form, scripts[start:end]):
                return form
        return ""

    def _in_script(self, form: str, scripts: str) -> bool:
        """Kana may be typed for kana, but not across a border (が|ス), and short words only as written."""
        if scripts in self.written[form]:
            return True
        kana = set(scripts) & _KANA
        return len(kana) == 1 and len(scripts) > SHORT


def _whole(scripts: str, start: int, end: int) -> bool:
    """Latin words and numbers count only whole: the ID in `video` is none."""
    cut_before = start > 0 and scripts[start - 1] == scripts[start] and scripts[start] in _RUNS
    cut_after = end < len(scripts) and scripts[end - 1] == scripts[end] and scripts[end] in _RUNS
    return not (cut_before or cut_after)


def load_vocabulary(folder: Path = JA) -> Vocabulary:
    """The vocabulary, or ContentError with file and line."""
    document = read_document(folder / "vocabulary.yaml", VocabularyFile)
    read = document.value
    for field in ("anchors", "topical", "matters", "aspects"):
        for place, concept in enumerate(getattr(read, field)):
            if concept not in read.concepts:
                raise document.error((field, place), f"no such concept: {concept}")
    forms: dict[str, tuple[str, ...]] = {}
    written: dict[str, frozenset[str]] = {}
    for form, concept in _pairs(read):
        folded = fold(form)
        forms[folded.text] = _joined(forms.get(folded.text, ()), concept)
        written[folded.text] = written.get(folded.text, frozenset()) | {folded.scripts}
    return Vocabulary(
        forms=forms,
        written=written,
        absorbing=tuple(fold(form).text for form in read.absorbing),
        anchors=frozenset(read.anchors),
        topical=frozenset(read.topical),
        matters=frozenset(read.matters),
        aspects=frozenset(read.aspects),
    )


def _pairs(read: VocabularyFile) -> Iterator[tuple[str, str]]:
    yield from ((form, SILENT) for form in read.silent)
    for kind, forms in read.foreign.items():
        yield from ((form, FOREIGN + kind) for form in forms)
    for concept, forms in read.concepts.items():
        yield from ((form, concept) for form in forms)


def _joined(before: tuple[str, ...], concept: str) -> tuple[str, ...]:
    """A form may stand for several concepts; one that means anything is not silent."""
    meant = tuple(known for known in before if known != SILENT)
    return meant if concept in meant else (*meant, concept)
