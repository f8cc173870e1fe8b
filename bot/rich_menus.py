"""The rich menus that this release wants the account to have."""

from bot.content.rich_menus import RichMenusText, alias_of, load_rich_menus, picture_of
from bot.flows.rich_menus import definition
from bot.line.wanted_menus import WantedMenu


def wanted_menus(texts: RichMenusText | None = None) -> tuple[WantedMenu, ...]:
    """From the content, with the committed pictures; raises ContentError for the first mistake."""
    texts = texts or load_rich_menus()
    return tuple(
        WantedMenu(key, alias_of(key), definition(texts, key), picture_of(key), default=menu.default)
        for key, menu in texts.menus.items()
    )
