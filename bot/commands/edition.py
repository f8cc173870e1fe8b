"""`madoguchi edition compare NEW --old OLD`: what a new media guide changes, and in which entries."""

from collections import Counter
from pathlib import Path

import click

from bot.commands.json_lines import write
from bot.commands.terminal import echo_escaped, report_errors

LARGEST = 500_000  # bytes; the text of the media guide has some 25,000
_WORDS = {
    "stays": "変更なし / stays",
    "changed": "変更 / changed",
    "gone": "削除 / gone",
    "new": "追加 / new",
}
_TEXT = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("edition")
def command() -> None:
    """媒体資料の新しい版を調べます / Look at a new edition of the media guide."""


@command.command("compare")
@click.argument("new", type=_TEXT)
@click.option("--old", required=True, type=_TEXT, help="いまの版のテキスト / Text of the edition in use.")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def compare(new: Path, old: Path, *, as_json: bool) -> None:
    """新旧の文を1つずつ比べ、関係する項目を示します / Compare statement by statement, with the entries concerned."""
    from bot.content.editions import compare_editions  # noqa: PLC0415 - not for `--help`
    from bot.content.knowledge import load_knowledge  # noqa: PLC0415 - not for `--help`

    changes = compare_editions(_read(old), _read(new), load_knowledge().entries)
    for change in changes:
        if as_json:
            entries = list(change.entries)
            write({"kind": change.kind, "old": change.old, "new": change.new, "entries": entries})
            continue
        said = f"{change.old} → {change.new}" if change.kind == "changed" else change.new or change.old
        names = f"  [{', '.join(change.entries)}]" if change.entries else ""
        echo_escaped(f"{_WORDS[change.kind]}: {said}{names}")
    if not as_json:
        count = Counter[str](change.kind for change in changes)
        echo_escaped("、".join(f"{words} {count[kind]}" for kind, words in _WORDS.items()))


def _read(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise click.UsageError(f"{path.name}: larger than {LARGEST:,} bytes: not the text of a media guide")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError(f"{path.name}: not UTF-8: save the text as UTF-8") from None
    if not text.strip() or "\0" in text:
        raise click.UsageError(f"{path.name}: no text")
    return text
