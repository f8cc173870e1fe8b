"""The subcommands of `madoguchi content` on drafts and versions: import, diff, publish, history, restore, export."""

import getpass
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot.commands.terminal import echo_escaped, report_errors, writing

if TYPE_CHECKING:
    from redis import Redis

    from bot.content.units import Changes
    from bot.content_editing.wording import Piece
    from bot.settings import Settings
    from bot.store.content_versions import ContentVersions

_MARKS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
_who = click.option("--by", "who", default=getpass.getuser, help="だれが / Who does it.")
_why = click.option("--why", required=True, help="なぜ / Why.")


@click.command("import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--column", "columns", multiple=True, metavar="HEAD=FIELD", help="表の列 / A column of a table.")
@_who
@report_errors
def import_(path: Path, columns: tuple[str, ...], who: str) -> None:
    """YAML・CSV・Excelのファイルかフォルダーを下書きにします / Make drafts of what a file or folder says differently.

    表の列は見出しで決まり、--column で選べます。 / Columns of a table are known by their heads, or by --column.
    """
    from bot.content.release import units_with  # noqa: PLC0415 - not for `--help`
    from bot.content_editing.exchange import import_file  # noqa: PLC0415 - not for `--help`
    from bot.content_editing.publishing import published, save_draft, with_drafts  # noqa: PLC0415 - not for `--help`

    versions = open_versions()
    drafts = versions.drafts()
    in_use = units_with(with_drafts(published(versions), drafts))
    found = import_file(path, in_use, drafts, columns=columns, who=who)
    for unit, value in found.items():
        save_draft(versions, unit, value, who=who)
        echo_escaped(unit)
    echo_escaped(f"下書き {len(found)} 件 / {len(found)} drafts")


@click.command()
@report_errors
def drafts() -> None:
    """まだ公開していない下書きの一覧 / List the drafts, with their authors."""
    for unit, draft in open_versions().drafts().items():
        echo_escaped(f"{unit}  ({draft.who})")


@click.command()
@click.argument("units", nargs=-1, required=True)
@report_errors
def discard(units: tuple[str, ...]) -> None:
    """下書きを捨てます / Delete drafts."""
    versions = open_versions()
    found = versions.drafts()
    for unit in units:
        if unit not in found:
            raise click.UsageError(f"there is no draft of {unit}")
        versions.discard_draft(unit, seen=found[unit].revision)


@click.command()
@click.argument("old", default="current")
@click.argument("new", default="drafts")
@report_errors
def diff(old: str, new: str) -> None:
    """2つの内容のちがいを語ごとに示します / Show word by word how two contents differ.

    OLD, NEW: 版の番号、release、current、drafts / the number of a version, release, current, or drafts.
    """
    from bot.content.release import units_with  # noqa: PLC0415 - not for `--help`
    from bot.content_editing.wording import differences  # noqa: PLC0415 - not for `--help`

    versions = open_versions()
    found = differences(units_with(_named(versions, old)), units_with(_named(versions, new)))
    for unit, lines in found.items():
        echo_escaped(unit)
        for line in lines:
            echo_escaped(f"  {_marked(line)}")
    echo_escaped(f"{len(found)} 件のちがい / {len(found)} differences")


@click.command()
@click.argument("units", nargs=-1)
@_who
@_why
@report_errors
def publish(units: tuple[str, ...], who: str, why: str) -> None:
    """下書きを検査して公開します / Check the drafts (all, or those named) and publish them."""
    from bot.content_editing import checks, publishing  # noqa: PLC0415 - not for `--help`
    from bot.store.audit import AuditEntry, AuditLog  # noqa: PLC0415 - not for `--help`
    from bot.store.content_versions import ContentVersions  # noqa: PLC0415 - not for `--help`

    settings, redis = _opened()
    number = publishing.publish(
        ContentVersions(redis),
        checks.first_problem,
        who=who,
        why=why,
        units=units,
        by_another=settings.content_approval,
    )
    AuditLog(redis).add(AuditEntry(who, "publish", str(number), None, why))
    echo_escaped(f"版 {number} を公開しました / version {number} is published")


@click.command()
@report_errors
def history() -> None:
    """公開した版の一覧 / List the published versions: when, who, why."""
    versions = open_versions()
    current = versions.current()
    for version in versions.history():
        when = datetime.fromtimestamp(version.at, ZoneInfo("Asia/Tokyo")).strftime("%Y-%m-%d %H:%M")
        restored = "" if version.restores is None else f" (= {version.restores})"
        mark = "*" if version.number == current else " "
        echo_escaped(f"{mark} {version.number}{restored}  {when}  {version.who}: {version.why}")
    echo_escaped(f"{' ' if current else '*'} 0  この版のリリース / the release")


@click.command()
@click.argument("number", type=click.IntRange(min=0))
@_who
@_why
@report_errors
def restore(number: int, who: str, why: str) -> None:
    """以前の版に戻します（0はリリース） / Publish again what an earlier version said; 0 is the release."""
    from bot.content_editing import checks, publishing  # noqa: PLC0415 - not for `--help`
    from bot.store.audit import AuditEntry, AuditLog  # noqa: PLC0415 - not for `--help`
    from bot.store.content_versions import ContentVersions  # noqa: PLC0415 - not for `--help`

    redis = _opened()[1]
    made = publishing.restore(ContentVersions(redis), checks.first_problem, number, who=who, why=why)
    AuditLog(redis).add(AuditEntry(who, "restore", str(made), None, why))
    echo_escaped(f"版 {number} の内容を、版 {made} として公開しました / version {made} says what {number} said")


@click.command()
@report_errors
def conflicts() -> None:
    """新しいリリースと食いちがう変更の一覧 / List published changes of units that this release has changed, too."""
    from bot.content import units  # noqa: PLC0415 - not for `--help`
    from bot.content.release import release_units  # noqa: PLC0415 - not for `--help`
    from bot.content_editing.publishing import published  # noqa: PLC0415 - not for `--help`
    from bot.content_editing.wording import unit_diff  # noqa: PLC0415 - not for `--help`

    found = units.conflicts(published(open_versions()), release_units())
    for unit, change in found.items():
        echo_escaped(unit)
        for said, value in (("リリース / release", release_units().get(unit)), ("窓口 / desk", change.value)):
            echo_escaped(f"  {said}:")
            for line in unit_diff(units.Change(value, change.base)):
                echo_escaped(f"    {_marked(line)}")
    echo_escaped(f"食いちがい {len(found)} 件 / {len(found)} conflicts")


@click.command()
@click.argument("unit")
@click.option("--take", type=click.Choice(["desk", "release"]), required=True, help="どちらの文を使うか / Whose text.")
@_who
@report_errors
def resolve(unit: str, take: str, who: str) -> None:
    """食いちがいの片方を選び、下書きにします / Choose one side of a conflict as a draft."""
    from bot.content.release import release_units  # noqa: PLC0415 - not for `--help`
    from bot.content_editing.publishing import published, save_draft  # noqa: PLC0415 - not for `--help`

    versions = open_versions()
    changes = published(versions)
    if unit not in changes:
        raise click.UsageError(f"the published content does not change {unit}")
    save_draft(versions, unit, changes[unit].value if take == "desk" else release_units().get(unit), who=who)
    echo_escaped(f"下書きにしました / saved as a draft: {unit}")


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--version", "which", default="current", help="版の番号、release、current、drafts / Which content.")
@report_errors
def export_(folder: Path, which: str) -> None:
    """内容をリポジトリのYAMLとして書き出します / Write the content as the YAML of the repository."""
    from bot.content_editing.exchange import export  # noqa: PLC0415 - not for `--help`

    changes = _named(open_versions(), which)
    with writing(folder):
        different = export(folder, changes)
    for name in different:
        echo_escaped(name)
    echo_escaped(f"リリースとちがうファイル {len(different)} / {len(different)} files differ from the release")


COMMANDS = (import_, drafts, discard, diff, publish, history, restore, conflicts, resolve, export_)


def open_versions() -> "ContentVersions":
    """Return the versions in the Redis of the settings."""
    from bot.store.content_versions import ContentVersions  # noqa: PLC0415 - not for `--help`

    return ContentVersions(_opened()[1])


def _opened() -> "tuple[Settings, Redis]":
    """Return the settings and their Redis."""
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`

    settings = load_settings()
    return settings, connect(settings)


def _named(versions: "ContentVersions", name: str) -> "Changes":
    """Return the changes of the content of that name."""
    from bot.content_editing.publishing import published, with_drafts  # noqa: PLC0415 - not for `--help`

    if name == "drafts":
        return with_drafts(published(versions), versions.drafts())
    if name in ("release", "current"):
        return published(versions, 0 if name == "release" else None)
    if not name.isascii() or not name.isdigit():
        raise click.UsageError(f"{name}: not the number of a version, release, current or drafts")
    return published(versions, int(name))


def _marked(pieces: "Iterable[Piece]") -> str:
    return "".join(_MARKS[piece.kind].format(piece.text) for piece in pieces)
