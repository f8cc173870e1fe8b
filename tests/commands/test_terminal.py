"""A terminal obeys nobody but us: names and questions with escape sequences are spelled out."""

import csv
import io
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cli import main
from bot.commands.terminal import escaped

TITLE, RED, HIDDEN = "\x1b]0;title\x07", "\x1b[31m", "\u202e"


@given(st.text(st.characters()))
@example("\x1b[2J\x9b31m\r\x08\x7f\u202e\ud83c")
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    left = escaped(text).replace("\n", "").replace("\t", "")
    assert not [char for char in left if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(left) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")) | st.sampled_from("\n\t")))
def test_ordinary_words_are_shown_as_they_are(text: str) -> None:
    assert escaped(text) == text


@pytest.mark.parametrize(
    "words",
    [
        ["name", f"横浜市{RED}"],
        ["name", f"横浜市{TITLE}", "--body", f"横浜市{RED}"],
        ["ask", f"料金は{RED}{HIDDEN}"],
        ["premium-id", f"@yoko{RED}hama"],
        ["name", f"--{RED}x"],
        ["ask", "--stdin", f"{RED}"],
        [f"x{RED}y"],
        ["content", f"{TITLE}"],
        ["precheck", f"--{RED}"],
    ],
)
def test_commands_repeat_what_was_typed_without_obeying_it(words: list[str]) -> None:
    result = CliRunner().invoke(main, words, color=True)
    said = result.stdout + result.stderr
    assert said
    assert not {"\x1b", "\x07", HIDDEN} & set(said)


def test_columns_added_to_a_spreadsheet_are_never_formulas(tmp_path: Path) -> None:
    given_names = ["=1+1", "+横浜市", "-横浜市", "@横浜市", '=HYPERLINK("http://x")', "\t=1", "横浜市"]
    table = tmp_path / "names.csv"
    table.write_text("名前\n" + "\n".join('"' + name.replace('"', '""') + '"' for name in given_names) + "\n")
    result = CliRunner().invoke(main, ["name", "--csv", str(table)])
    assert result.exit_code == 0

    rows = list(csv.reader(io.StringIO(result.stdout)))[1:]
    assert [row[0] for row in rows] == given_names
    assert not [cell for row in rows for cell in row[1:] if cell[:1] in tuple("=+-@\t\r")]
