"""The rich menus as LINE takes them: the same functions as the text menu, with tabs that switch on the phone."""

from typing import Any

from bot.flows.menu import NAME
from bot.flows.postback import encode
from bot.rich_menus.texts import AreaText, Place, RichMenusText, alias_of

RESUME = "resume"  # beside the functions: goes on where the user stopped


def definition(texts: RichMenusText, key: str) -> dict[str, Any]:
    """The rich menu object but for its name, which the synchronisation gives."""
    menu = texts.menus[key]
    tabs = [_tab(texts, tab) for tab in texts.tabs if tab != menu.tab]
    width, height = texts.size
    return {
        "size": {"width": width, "height": height},
        "selected": True,
        "chatBarText": texts.chat_bar,
        "areas": [*tabs, *(_area(area) for area in menu.areas)],
    }


def _tab(texts: RichMenusText, tab: str) -> dict[str, Any]:
    """The phone switches by itself; the data is required and is only told to the bot."""
    action = {
        "type": "richmenuswitch",
        "label": texts.switch_label.format(tab=texts.tabs[tab]),
        "richMenuAliasId": alias_of(tab),
        "data": encode(NAME, "tab", tab),
    }
    return {"bounds": _bounds(texts.tab_place(tab)), "action": action}


def _area(area: AreaText) -> dict[str, Any]:
    """The menu makes way for what comes next: the answer, or the keyboard where something is to be typed."""
    action = {
        "type": "postback",
        "label": area.label,
        "data": encode(NAME, "open", area.open),
        "displayText": area.label,
        "inputOption": "openKeyboard" if area.keyboard else "closeRichMenu",
    }
    return {"bounds": _bounds(area.place), "action": action}


def _bounds(place: Place) -> dict[str, int]:
    return dict(zip(("x", "y", "width", "height"), place, strict=True))
