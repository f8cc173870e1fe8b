"""`madoguchi richmenu`: updates the rich menus of the account, or draws them."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.json_lines import write
from bot.commands.terminal import report_errors, writing
from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.rich_menus.api import RichMenuApi
    from bot.settings import Settings
    from bot.store.menu_statistics import MenuStatisticsStore

WORDS = {
    "created": "作りました / created",
    "uploaded": "画像を登録しました / picture uploaded",
    "alias_created": "別名を作りました / alias created",
    "alias_moved": "別名を切り替えました / alias moved",
    "default_moved": "既定にしました / made the default",
    "statistics_kept": "統計を控えました / statistics kept",
    "statistics_refused": "統計は読めませんでした / LINE gave no statistics",
    "carried_over": "利用者を移しました / users carried over",
    "alias_deleted": "古い別名を消しました / old alias deleted",
    "deleted": "古いものを消しました / old one deleted",
}
UNCHANGED = "変更はありません / nothing to change"
AGAIN = (
    "途中で止まりました。それまでのメニューは使えます。もう一度実行してください"
    " / stopped half-way; what was there still works; run it again"
)


@click.group("richmenu")
def command() -> None:
    """リッチメニューを扱います / Look after the rich menus."""


@command.command("sync")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def sync(*, as_json: bool) -> None:
    """アカウントのメニューを内容どおりにします / Make the account's menus what the content says."""
    from bot.rich_menus.definition import wanted_menus  # noqa: PLC0415 - not for `--help`
    from bot.rich_menus.sync import Change, RichMenuSync  # noqa: PLC0415 - LINE's SDK is slow to import
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`

    settings = load_settings()
    api = _api(settings)
    done: list[Change] = []
    problem = None
    try:
        for change in RichMenuSync(api, wanted_menus(), keep_statistics=partial(_kept, settings, api)).run():
            done.append(change)
            if not as_json:
                click.echo(f"{change.menu}: {WORDS[change.what]} ({change.id})")
    except BotError as error:
        if not as_json:
            if done:
                error.args = (f"{error}; {AGAIN}",)
            raise
        problem = str(error)
    if as_json:
        write({"complete": problem is None, "changes": [asdict(change) for change in done], "problem": problem})
        click.get_current_context().exit(1 if problem else 0)
    elif not done:
        click.echo(UNCHANGED)


@command.command("statistics")
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def statistics(*, as_json: bool) -> None:
    """LINEが数えたタップを読んで控えます / Read LINE's counts of taps, keep and show them."""
    from bot.commands.stats_tables import show_menus  # noqa: PLC0415 - not for `--help`
    from bot.settings import load_settings  # noqa: PLC0415 - not for `--help`
    from bot.store.menu_statistics import as_json as in_json  # noqa: PLC0415 - not for `--help`

    settings = load_settings()
    found = _kept(settings, _api(settings)).all()
    if as_json:
        write({"menus": [in_json(one) for one in found]})
    else:
        show_menus(found)


def _api(settings: "Settings") -> "RichMenuApi":
    from bot.rich_menus.api import RichMenuApi  # noqa: PLC0415 - LINE's SDK is slow to import: not for `--help`

    token = settings.line_channel_access_token.get_secret_value()
    return RichMenuApi(settings.line_api_url, settings.line_data_api_url, token, settings.limits.rich_menu_api_seconds)


def _kept(settings: "Settings", api: "RichMenuApi", only: "Collection[str] | None" = None) -> "MenuStatisticsStore":
    """Keep the statistics of our menus, or of these alone. Only here Redis is needed, and started if it is embedded."""
    from bot.rich_menus.statistics import StatisticsKeeper, StatisticsReader  # noqa: PLC0415 - not for `--help`
    from bot.runtime.clock import today_in_japan  # noqa: PLC0415 - not for `--help`
    from bot.store.menu_statistics import MenuStatisticsStore  # noqa: PLC0415 - not for `--help`
    from bot.store.redis.connection import connect  # noqa: PLC0415 - not for `--help`

    store = MenuStatisticsStore(connect(settings))
    StatisticsKeeper(StatisticsReader(api, today_in_japan), store).keep(only)
    return store


@command.command("preview")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="プログラム向けにJSONで出力 / JSON for programs.")
@report_errors
def preview(folder: Path, *, as_json: bool) -> None:
    """押せる範囲を描き込んだ画像を書き出します / Write the pictures with their areas drawn in."""
    from bot.rich_menus.definition import wanted_menus  # noqa: PLC0415 - not for `--help`
    from bot.rich_menus.preview import preview_svg  # noqa: PLC0415 - not for `--help`

    files = []
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for menu in wanted_menus():
            path = folder / f"{menu.key}.svg"
            path.write_text(preview_svg(menu), encoding="utf-8")
            files.append(str(path))
            if not as_json:
                click.echo(path)
    if as_json:
        write({"files": files})
