"""The page's words: one table for each language, and nothing of them left in the code."""

import json
import re
from pathlib import Path

STATIC = Path(__file__).parents[2] / "line_emulator" / "static"
TABLES = STATIC / "js" / "languages"
ENGLISH, JAPANESE = TABLES / "en.js", TABLES / "ja.js"
KANA_OR_KANJI = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
USED = re.compile(r'say\("([\w.]+)"|data-say(?:-label)?="([\w.]+)"')


def table(language: Path) -> dict[str, str]:
    """Return the words by their meaning; the file is a comment and one object as in JSON."""
    _, _, words = language.read_text(encoding="utf-8").partition("export default ")
    return {str(meaning): str(text) for meaning, text in json.loads(words.rstrip().removesuffix(";")).items()}


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def sources() -> list[Path]:
    found = [path for kind in ("*.js", "*.html") for path in STATIC.rglob(kind)]
    return [path for path in found if path.parent != TABLES]


def test_both_languages_have_the_same_meanings_in_the_same_order() -> None:
    assert list(table(ENGLISH)) == list(table(JAPANESE))


def test_both_languages_fill_in_the_same_values() -> None:
    japanese = table(JAPANESE)
    differing = [meaning for meaning, text in table(ENGLISH).items() if places(text) != places(japanese[meaning])]
    assert differing == []


def test_every_meaning_is_used_and_every_used_meaning_has_words() -> None:
    used = {first or second for path in sources() for first, second in USED.findall(path.read_text(encoding="utf-8"))}
    assert used == set(table(ENGLISH))


def test_the_english_words_are_english_and_none_are_empty() -> None:
    assert [text for text in table(ENGLISH).values() if not text.strip() or KANA_OR_KANJI.search(text)] == []
    assert [text for text in table(JAPANESE).values() if not text.strip()] == []


def test_the_code_of_the_page_has_no_japanese_words_of_its_own() -> None:
    found = [path.name for path in sources() if KANA_OR_KANJI.search(path.read_text(encoding="utf-8"))]
    assert found == []
