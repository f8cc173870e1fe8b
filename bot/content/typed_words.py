"""The words that staff type in answer to the pre-check's questions."""

from collections.abc import Mapping

from pydantic import model_validator

from bot.content.loader import ContentModel
from bot.domain.parsing.choices import NO_VALUE, Vocabulary, vocabulary
from bot.domain.parsing.sentence_patterns import PHRASES, Phrases

GENERAL = ("yes", "no", "unknown")


class ValueWords(ContentModel):
    """The words for one value; `general` lets plain yes, no or unknown mean it too."""

    general: str | None = None
    words: tuple[str, ...]


class TypedWords(ContentModel):
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
        meaning = {entry.general: value for value, entry in values.items() if entry.general}
        own = {value: entry.words for value, entry in values.items()}
        return self._made_ready(own, meaning, PHRASES.get(question, ()))

    def plain(self) -> Vocabulary:
        """Return the vocabulary of yes, no and unknown, which distinguishes a bare いいえ from a question."""
        return self._made_ready({}, {name: name for name in GENERAL})

    def _made_ready(
        self, own: Mapping[str, tuple[str, ...]], meaning: Mapping[str, str], phrases: Phrases = ()
    ) -> Vocabulary:
        lists = {"yes": self.yes, "no": self.no, "unknown": self.unknown}
        if not meaning.keys() <= lists.keys():
            raise ValueError(f"general is none of {', '.join(lists)}")
        words: dict[str, tuple[str, ...]] = {}
        for name, general in lists.items():
            value = meaning.get(name, NO_VALUE)
            words[value] = (*words.get(value, ()), *general)
        return vocabulary(own, words, fillers=self.fillers, endings=self.endings, phrases=phrases)
