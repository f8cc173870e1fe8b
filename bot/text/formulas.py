"""Text for the cells of a spreadsheet."""

import re

# What spreadsheets run, also behind blanks and in the wide letters of a Japanese keyboard.
_FORMULA = re.compile(r"[\s\x00-\x20\ufeff]*[=+\-@＝＋－＠]|[\t\r]")


def harmless(cell: str) -> str:
    """Return the text, with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
