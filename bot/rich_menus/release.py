"""The rich menus that this release wants the account to have."""

from bot.errors import PermanentError
from bot.flows.registry import FLOWS, STATELESS_FLOWS
from bot.rich_menus.definition import RESUME, definition
from bot.rich_menus.texts import RichMenusText, alias_of, load_rich_menus, picture_of
from bot.rich_menus.wanted import WantedMenu


def wanted_menus(texts: RichMenusText | None = None) -> tuple[WantedMenu, ...]:
    """From the content, with the committed pictures; raises PermanentError for the first mistake."""
    texts = texts or load_rich_menus()
    for key, menu in texts.menus.items():
        if unknown := {area.open for area in menu.areas} - {*FLOWS, *STATELESS_FLOWS, RESUME}:
            raise PermanentError(f"rich_menus.yaml: {key} opens what is not there: {', '.join(sorted(unknown))}")
    return tuple(
        WantedMenu(key, alias_of(key), definition(texts, key), picture_of(key), default=menu.default)
        for key, menu in texts.menus.items()
    )
