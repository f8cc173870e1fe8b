"""Checks a list of names in a CSV file and writes the same rows with their verdicts."""

import codecs
import csv
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import track

from bot.commands.json_lines import BadInputError
from bot.content.account_names import name_message
from bot.domain.name_verdict import NameVerdict

Judge = Callable[[str, str | None], NameVerdict]

_NAME_HEADERS = ("name", "account_name", "アカウント名", "名前", "名称")
_BODY_HEADERS = ("body", "団体名", "団体", "自治体名", "自治体")
_ADDED = ("verdict", "pattern", "problem", "body_codes", "body_names", "suggestions", "message")
_LIST = " | "


class NameTable:
    """A CSV file with a header row, in UTF-8 or in the encoding of Japanese spreadsheets."""

    def __init__(self, path: Path) -> None:
        self._rows = _rows(path)
        if not self._rows:
            raise BadInputError(f"{path.name}: no header row")
        header = [cell.strip().lower() for cell in self._rows[0]]
        found = [place for place, cell in enumerate(header) if cell in _NAME_HEADERS]
        if not found:
            _refuse_separator(path, header)
            raise BadInputError(f"{path.name}: line 1: no column named {' or '.join(_NAME_HEADERS)}")
        self._name = found[0]
        self._body = next((place for place, cell in enumerate(header) if cell in _BODY_HEADERS), None)

    def judge_into(self, output: Path | None, judge: Judge) -> None:
        """Write each row and its verdict. Show a progress bar if standard error is a terminal."""
        with _opened(output) as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow([*self._rows[0], *_ADDED])
            for row in self._watched(shown=output is not None or not stream.isatty()):
                writer.writerow([*row, *self._result(row, judge)])

    def _result(self, row: list[str], judge: Judge) -> list[str]:
        if not any(row):
            return [""] * len(_ADDED)
        verdict = judge(_cell(row, self._name), _cell(row, self._body) or None)
        return [
            verdict.verdict.value,
            verdict.pattern.value if verdict.pattern else "",
            verdict.problem.value if verdict.problem else "",
            _LIST.join(body.code for body in verdict.governments),
            _LIST.join(body.full_name for body in verdict.governments),
            _LIST.join(verdict.suggestions),
            name_message(verdict),
        ]

    def _watched(self, *, shown: bool) -> Iterator[list[str]]:
        rows = self._rows[1:]
        if not (shown and sys.stderr.isatty()):
            return iter(rows)
        return iter(track(rows, description="アカウント名", console=Console(stderr=True)))


def _cell(row: list[str], place: int | None) -> str:
    return row[place] if place is not None else ""


def _rows(path: Path) -> list[list[str]]:
    """Return all rows, each as long as the header."""
    rows = csv.reader(io.StringIO(_text(path), newline=""))
    found: list[list[str]] = []
    try:
        for row in rows:
            width = len(found[0]) if found else len(row)
            if any(row[width:]):  # an unquoted comma: the columns after it would be wrong
                raise BadInputError(f"{path.name}: line {rows.line_num}: {len(row)} cells under {width} headers")
            found.append(row[:width] + [""] * (width - len(row)))
    except csv.Error as error:
        raise BadInputError(f"{path.name}: line {rows.line_num}: {error}") from None
    return found


def _refuse_separator(path: Path, header: list[str]) -> None:
    """Raise BadInputError if the columns are not separated by commas."""
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if any(cell.strip() in _NAME_HEADERS for cell in ",".join(header).split(mark)):
            raise BadInputError(f"{path.name}: line 1: separated by {word}; save it with commas")


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BadInputError(f"{path}: {error.strerror}") from None
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadInputError(f"{path.name}: UTF-16; save it as CSV in UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    try:
        return raw.decode("cp932")
    except UnicodeDecodeError:
        raise BadInputError(f"{path.name}: line {line}: neither UTF-8 nor Shift_JIS") from None


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Open the file with the mark by which a spreadsheet recognises UTF-8, or standard output in UTF-8."""
    if output is None:
        stream = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="", write_through=False)
        yield stream
        stream.flush()
        stream.detach()
        return
    # Written to a temporary file and moved: the output may be the input, and a failure must not damage it.
    target = output.with_name(output.name + ".part") if output.is_file() or not output.exists() else output
    try:
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            yield file
        if target is not output:
            target.replace(output.resolve())
    except OSError as error:
        raise BadInputError(f"{output}: {error.strerror}") from None
    finally:
        if target is not output:
            target.unlink(missing_ok=True)
