"""`madoguchi edition compare NEW --old OLD`: what a new media guide changes, and in which entries."""

import getpass
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.json_lines import write
from bot.commands.terminal import echo_escaped, report_errors

LARGEST = 500_000  # bytes; the text of the media guide has some 25,000
FACT_KINDS = ("address", "fee", "partner", "name_pattern", "condition", "step", "figure")
if TYPE_CHECKING:
    from bot.content.editions import Change

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
@click.option(
    "--fact",
    "facts",
    multiple=True,
    type=click.Choice(FACT_KINDS),
    help="この種類の文だけ / Statements of this kind only.",
)
@click.option("--drafts", is_flag=True, help="変わった文を下書きにする / make drafts of the entries that say them.")
@click.option("--edition", help="新しい版の名前（下書きにする） / name of the new edition, as a draft.")
@click.option("--published", help="発行日 YYYY-MM-DD（下書きにする） / its date, as a draft.")
@click.option("--pages", help="ページ数（下書きにする） / its number of pages, as a draft.")
@click.option("--by", "who", default=getpass.getuser, help="だれが / who makes the drafts.")
@report_errors
def compare(
    new: Path, old: Path, *, as_json: bool, facts: tuple[str, ...], drafts: bool, who: str, **source: str | None
) -> None:
    """新旧の文を1つずつ比べ、関係する項目を示します / Compare statement by statement, with the entries concerned."""
    from bot.content.editions import compare_editions  # noqa: PLC0415 - not for `--help`
    from bot.content.fact_kinds import fact_kinds  # noqa: PLC0415 - not for `--help`
    from bot.content.knowledge import load_knowledge  # noqa: PLC0415 - not for `--help`

    knowledge, kinds = load_knowledge(), fact_kinds()
    changes = compare_editions(_read(old), _read(new), knowledge.entries, knowledge.category_of)
    changes = [change for change in changes if not facts or change.fact in facts]
    for change in changes:
        if as_json:
            entries = list(change.entries)
            write({"kind": change.kind, "fact": change.fact, "old": change.old, "new": change.new, "entries": entries})
            continue
        said = f"{change.old} → {change.new}" if change.kind == "changed" else change.new or change.old
        names = f"  [{', '.join(change.entries)}]" if change.entries else ""
        about = f"〔{kinds.label(change.fact)}〕" if change.fact else ""
        echo_escaped(f"{_WORDS[change.kind]}: {about}{said}{names}")
    if drafts or any(source.values()):
        _save_drafts(changes if drafts else [], {name: text for name, text in source.items() if text}, who)
    if not as_json:
        count = Counter[str](change.kind for change in changes)
        echo_escaped("、".join(f"{words} {count[kind]}" for kind, words in _WORDS.items()))
        moved = Counter(kinds.label(change.fact) or "そのほか" for change in changes if change.kind != "stays")
        if moved:
            echo_escaped("変わる文の種類 / kinds: " + "、".join(f"{label} {number}" for label, number in moved.items()))


@command.command("keep")
@click.argument("text", type=_TEXT)
@report_errors
def keep(text: Path) -> None:
    """いまの版のテキストを、運用画面の「出典」に出します / Show the text of the edition in use beside the forms."""
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`
    from bot.store.source_text import SourceText  # noqa: PLC0415 - not for `--help`

    pages = _read(text).rstrip("\f\n").split("\f")
    SourceText(connect(load_settings())).keep(pages)
    echo_escaped(f"{len(pages)} ページ / pages")


def _save_drafts(changes: "Sequence[Change]", source: Mapping[str, str], who: str) -> None:
    """Save drafts of what the new edition changes, over the drafts and the content that are there."""
    from bot.commands.content_versions import open_versions  # noqa: PLC0415 - not without `--drafts`
    from bot.content.release import units_with  # noqa: PLC0415 - not without `--drafts`
    from bot.content_editing.editions import edition_drafts  # noqa: PLC0415 - not without `--drafts`
    from bot.content_editing.publishing import published, save_draft, with_drafts  # noqa: PLC0415 - not without `--drafts`

    versions = open_versions()
    units = units_with(with_drafts(published(versions), versions.drafts()))
    found = {**edition_drafts(changes, units), **{f"source:{name}": text for name, text in source.items()}}
    for unit, value in found.items():
        save_draft(versions, unit, value, who=who)
        echo_escaped(f"下書き / draft: {unit}", err=True)


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
