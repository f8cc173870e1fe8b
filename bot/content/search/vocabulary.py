"""The words of the trade: which forms mean the same, which say nothing, which belong elsewhere."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.content.knowledge import JA
from bot.content.loader import ContentModel, load_yaml
from bot.content.search.folding import LATIN, fold

Form = Annotated[str, Field(min_length=1, max_length=40)]

SILENT = ""
FOREIGN = "foreign:"


class VocabularyFile(ContentModel):
    """`vocabulary.yaml`."""

    concepts: dict[str, tuple[Form, ...]]
    silent: tuple[Form, ...]
    foreign: dict[str, tuple[Form, ...]]


@dataclass(frozen=True)
class Vocabulary:
    """Folded forms with the concepts each stands for."""

    forms: dict[str, tuple[str, ...]]

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.forms))

    def at(self, text: str, scripts: str, start: int) -> str:
        """The longest form that stands at this place, or nothing."""
        for end in range(min(len(text), start + self.longest), start, -1):
            form = text[start:end]
            if form in self.forms and _whole(scripts, start, end):
                return form
        return ""


def _whole(scripts: str, start: int, end: int) -> bool:
    """Latin words count only whole: the ID in `video` is none."""
    cut_before = start > 0 and scripts[start - 1] == scripts[start] == LATIN
    cut_after = end < len(scripts) and scripts[end - 1] == scripts[end] == LATIN
    return not (cut_before or cut_after)


def load_vocabulary(folder: Path = JA) -> Vocabulary:
    """The vocabulary, or ContentError with file and line."""
    read = load_yaml(folder / "vocabulary.yaml", VocabularyFile)
    forms: dict[str, tuple[str, ...]] = {}
    for form in read.silent:
        _add(forms, form, SILENT)
    for kind, words in read.foreign.items():
        for form in words:
            _add(forms, form, FOREIGN + kind)
    for concept, words in read.concepts.items():
        for form in words:
            _add(forms, form, concept)
    return Vocabulary(forms)


def _add(forms: dict[str, tuple[str, ...]], form: str, concept: str) -> None:
    """A form may stand for several concepts; a silent word that also means something is not silent."""
    folded = fold(form).text
    before = tuple(known for known in forms.get(folded, ()) if known != SILENT)
    forms[folded] = before if concept in before else (*before, concept)
