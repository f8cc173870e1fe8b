"""The kinds of facts that a statement of the source, or a line of an answer, may state."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal, get_args

from pydantic import field_validator

from bot.content.loader import JA, ContentModel, load_yaml

FactKind = Literal["address", "fee", "partner", "name_pattern", "condition", "step", "figure"]
FACT_KINDS: tuple[FactKind, ...] = get_args(FactKind)


class FactKindText(ContentModel):
    """A kind: its name for people, the words by which it is known, and the categories whose other facts it takes."""

    label: str
    words: str
    categories: tuple[str, ...]

    @field_validator("words")
    @classmethod
    def _is_pattern(cls, words: str) -> str:
        try:
            re.compile(words)
        except re.error as error:
            raise ValueError(f"not a pattern: {error.msg}") from None
        return words


class FactKinds(ContentModel):
    """`fact_kinds.yaml`: the kinds, the first one that fits a statement first."""

    kinds: Mapping[FactKind, FactKindText]

    def of(self, statement: str, categories: Iterable[str] = ()) -> FactKind | None:
        """Return the kind of a statement by its words, else by the first category that has one, else None."""
        for kind, text in self.kinds.items():
            if re.search(text.words, statement):
                return kind
        own = {category: kind for kind, text in self.kinds.items() for category in text.categories}
        return next((own[category] for category in categories if category in own), None)

    def label(self, kind: FactKind | None) -> str:
        """Return the name of a kind; empty if there is none."""
        return self.kinds[kind].label if kind else ""


@cache
def fact_kinds() -> FactKinds:
    """Return the kinds; ContentError with file and line for the first mistake."""
    return load_yaml(JA / "fact_kinds.yaml", FactKinds)
