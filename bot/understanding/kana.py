"""Lines spelled in kana, as some type: learned beside the line itself. Needed while learning only."""

import re
from collections.abc import Callable, Iterator

_KANJI = re.compile(r"[一-鿿々]")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
Spell = Callable[[str], str]


def speller() -> Spell | None:
    """Return what spells a text in hiragana, or None if the package sudachipy or its dictionary is missing."""
    try:
        from sudachipy import Dictionary  # noqa: PLC0415 - an installation that learns nothing does without it

        words = Dictionary(dict="small").tokenizer()
    except (ImportError, ModuleNotFoundError):
        return None

    def spelled(text: str) -> Iterator[str]:
        for word in words.tokenize(text):
            surface: str = word.surface()
            yield word.reading_form() if _KANJI.search(surface) else surface

    return lambda text: "".join(spelled(text)).translate(_TO_HIRAGANA)
