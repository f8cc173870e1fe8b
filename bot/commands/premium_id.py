"""`madoguchi premium-id`: checks if a wished premium ID has a possible form."""

import sys

import click

from bot.commands.json_lines import BadInputError, read_texts, refuse_undecodable, write
from bot.commands.terminal import echo_escaped
from bot.content.cached import premium_id_texts
from bot.content.premium_id import id_in_words
from bot.domain.premium_ids import CheckedId, check_premium_id


# An ID may start with a hyphen, so an unknown option is taken as an ID.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("wished", metavar="[ID]", required=False)
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@click.option("--stdin", "from_stdin", is_flag=True, help='1行に1件読む（IDか{"id"}） / one per line.')
def command(wished: str | None, *, as_json: bool, from_stdin: bool) -> None:
    """希望のプレミアムIDが使える形かを調べます / Check the form of a wished premium ID."""
    if from_stdin == (wished is not None):
        raise BadInputError("give either an ID or --stdin")
    for text in read_texts(sys.stdin.buffer, "id") if wished is None else [refuse_undecodable(wished)]:
        checked = check_premium_id(text)
        if as_json:
            write(_as_json(checked))
        else:
            echo_escaped("\n".join((f"{text.strip()}:", *(f"  {line}" for line in _in_words(checked)))))


def _in_words(checked: CheckedId) -> tuple[str, ...]:
    return id_in_words(checked, premium_id_texts())


def _as_json(checked: CheckedId) -> dict[str, object]:
    return {
        "id": checked.wished,
        "valid": checked.valid,
        "problems": [problem.value for problem in checked.problems],
        "proposal": checked.proposal,
        "messages": list(_in_words(checked)),
    }
