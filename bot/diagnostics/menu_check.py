"""The account's rich menus beside those of this release."""

from collections.abc import Iterator

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import Bilingual, CheckResult, failed, ok, warning
from bot.rich_menus.api import RichMenuApi
from bot.rich_menus.definition import WantedMenu, key_in, wanted_menus

_SYNC = ("madoguchi richmenu sync を実行してください", "run: madoguchi richmenu sync")


def rich_menus(context: CheckContext) -> Iterator[CheckResult]:
    settings = context.settings
    token = settings.line_channel_access_token.get_secret_value()
    api = RichMenuApi(settings.line_api_url, settings.line_data_api_url, token, settings.limits.rich_menu_api_seconds)
    there, aliases = api.menus(), api.aliases()
    wanted = wanted_menus()
    wrong = list(_wrong(wanted, there, aliases, api.default()))
    if wrong:
        ja, en = "、".join(said.ja for said in wrong), ", ".join(said.en for said in wrong)
        yield failed(
            f"リッチメニューがこの版と違います: {ja}", f"rich menus differ from this release: {en}", next_step=_SYNC
        )
        return
    names = {menu.name for menu in wanted}
    old = sum(1 for name in there.values() if key_in(name) and name not in names)
    if old:
        yield warning(f"古いリッチメニューが {old} 個残っています", f"{old} old rich menus are left", next_step=_SYNC)
    yield ok(
        f"リッチメニュー {len(wanted)} 個がこの版のものです", f"{len(wanted)} rich menus are those of this release"
    )


def _wrong(
    wanted: tuple[WantedMenu, ...], there: dict[str, str], aliases: dict[str, str], default: str | None
) -> Iterator[Bilingual]:
    for menu in wanted:
        if menu.name not in there.values():
            older = any(key_in(name) == menu.key for name in there.values())
            ja, en = ("変更あり", "changed") if older else ("なし", "missing")
            yield Bilingual(f"{menu.key}（{ja}）", f"{menu.key} ({en})")
        elif there.get(aliases.get(menu.alias, "")) != menu.name:
            yield Bilingual(f"{menu.alias}（別名）", f"{menu.alias} (alias)")
        elif menu.default and there.get(default or "") != menu.name:
            yield Bilingual(f"{menu.key}（既定でない）", f"{menu.key} (not the default)")
