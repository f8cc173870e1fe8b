"""The words that staff type in answer to the pre-check's questions."""

from collections.abc import Mapping

from pydantic import model_validator

from bot.content.sentences import Texts
from bot.domain.typed.choices import Vocabulary, vocabulary

GENERAL = ("yes", "no", "unknown")


class ValueWords(Texts):
    """The words for one value; `general` lets plain yes, no or unknown mean it too."""

    general: str | None = None
    words: tuple[str, ...]


class TypedWords(Texts):
    """All word lists; loading fails where one word would mean two values."""

    fillers: tuple[str, ...]
    endings: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    unknown: tuple[str, ...]
    questions: Mapping[str, Mapping[str, ValueWords]]

    @model_validator(mode="after")
    def _no_word_twice(self) -> "TypedWords":
        for question in self.questions:
            self.vocabulary(question)
        return self

    def vocabulary(self, question: str) -> Vocabulary:
        """The question's words, ready for `read_choice`; "unknown" is among its values."""
        values = self.questions[question]
        return vocabulary(
            {value: entry.words for value, entry in values.items()},
            {value: self._general(entry.general) for value, entry in values.items() if entry.general},
            fillers=self.fillers,
            endings=self.endings,
        )

    def _general(self, name: str) -> tuple[str, ...]:
        if name not in GENERAL:
            raise ValueError(f"{name} is none of {', '.join(GENERAL)}")
        words: tuple[str, ...] = getattr(self, name)
        return words
