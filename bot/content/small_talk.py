"""Examples of small talk, each with its kind. The reader of talk learns from them."""

from pathlib import Path

from bot.content.knowledge import JA
from bot.content.loader import ContentError

FOLDER = JA / "small_talk"
KINDS = ("thanks", "greeting", "bye", "complaint", "backchannel", "person", "easy", "language")


def load_small_talk(folder: Path = FOLDER) -> tuple[tuple[str, str], ...]:
    """Return kind and words of each line of all files by name; ContentError with file and line for a mistake."""
    return tuple(found for path in sorted(folder.glob("*.tsv")) for found in _lines(path))


def _lines(path: Path) -> tuple[tuple[str, str], ...]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, f"not UTF-8: {error.reason}") from None
    found: list[tuple[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        kind, _, words = line.partition("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if kind not in KINDS or not words.strip():
            raise ContentError(path, number, f"not a kind of small talk, a tab and words: {', '.join(KINDS)}")
        found.append((kind, words.strip()))
    return tuple(found)
