"""`madoguchi name`: checks if LINE would accept a name for the account of a local government."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.commands.json_lines import BadInputError, parse, read_lines, refuse_undecodable, write
from bot.commands.name_table import NameTable
from bot.commands.terminal import echo_escaped
from bot.content.account_names import name_message
from bot.domain.account_names import judge, judge_for
from bot.domain.name_verdict import NameOutcome, NameVerdict
from bot.governments import load

_OPTION = re.compile(r"--[a-z]")
_MARKS = {
    NameOutcome.OK: "○ 使えます / ok",
    NameOutcome.UNCLEAR: "？ 要確認 / unclear",
    NameOutcome.NG: "× 使えません / ng",
}


# A name may start with a hyphen, so an unknown option is taken as a name.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.option("--body", help="団体名。この団体の名前としてだけ調べます / judge it as the name of this body only.")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@click.option(
    "--stdin",
    "by_line",
    is_flag=True,
    help='1行に1件（名前か{"name", "body"}）を読みJSONで出力 / one per line, JSON out.',
)
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path),
    help="CSVの各行を調べ、結果の列を足して出力 / judge each row of a CSV file, result columns appended.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="--csv の結果を書くファイル（既定は標準出力） / where the result of --csv goes, default stdout.",
)
def command(
    name: str | None, *, body: str | None, as_json: bool, by_line: bool, table: Path | None, output: Path | None
) -> None:
    """アカウント名が申込条件に合うかを調べます / Check whether an account name would be accepted."""
    if [name is not None, by_line, table is not None].count(True) != 1:
        raise BadInputError("give a name, --stdin or --csv")
    if name and _OPTION.match(name):
        raise BadInputError(f"no such option: {name}")
    if output and not table:
        raise BadInputError("--output goes with --csv")
    if table and as_json:
        raise BadInputError("--json does not go with --csv")
    if table:
        NameTable(table).judge_into(output, lambda one, its: _judged(one, its or body))
        return
    given = _from_stdin(body) if name is None else iter([(refuse_undecodable(name), body)])
    for one, its in given:
        verdict = _judged(one, its)
        if as_json or by_line:
            write(verdict.as_json(name_message(verdict)))
        else:
            _print(_in_words(verdict))


def _judged(name: str, body: str | None) -> NameVerdict:
    """Return the verdict on a name, for the given government if there is one."""
    return judge_for(name, load(), government=body) if body and body.strip() else judge(name, load())


def _from_stdin(body: str | None) -> Iterator[tuple[str, str | None]]:
    for place, line in read_lines(sys.stdin.buffer):
        if line.lstrip().startswith("{"):
            name, its = _from_object(parse(line, place=place), place)
            yield name, its or body
        else:
            yield line, body


def _from_object(given: dict[str, object], place: str) -> tuple[str, str | None]:
    name, body = given.get("name"), given.get("body")
    if not isinstance(name, str):
        raise BadInputError(f"{place}name: has to be a text")
    if not (body is None or isinstance(body, str)):
        raise BadInputError(f"{place}body: has to be a text")
    refuse_undecodable(body or "", place=f"{place}body: ")
    return refuse_undecodable(name, place=f"{place}name: "), body


def _print(text: str) -> None:
    """Print the text; a terminal that cannot encode a character shows a question mark."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    echo_escaped(text)


def _in_words(verdict: NameVerdict) -> str:
    lines = [f"{_MARKS[verdict.verdict]}: {verdict.name.strip()}", f"  {name_message(verdict)}"]
    if verdict.governments:
        lines.append(
            "  団体 / bodies: " + "、".join(f"{body.full_name}（{body.code}）" for body in verdict.governments)
        )
    if verdict.suggestions:
        lines.append("  使える名前 / accepted: " + "、".join(verdict.suggestions))
    return "\n".join(lines)
