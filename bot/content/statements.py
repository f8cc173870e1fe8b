"""Examples of answers in the words of staff, one a line. The detector of questions learns from them."""

from pathlib import Path

from bot.content.knowledge import JA
from bot.content.loader import ContentError

FOLDER = JA / "statements"


def load_statements(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the lines of all files by name, without empty ones and comments (#); ContentError if one is not UTF-8."""
    return tuple(line for path in sorted(folder.glob("*.txt")) for line in _lines(path))


def _lines(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, f"not UTF-8: {error.reason}") from None
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
