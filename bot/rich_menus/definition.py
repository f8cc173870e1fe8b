"""The rich menus of this release, as LINE takes them.

They offer the same functions as the text menu, below tabs that the phone switches by itself.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import orjson

from bot.errors import PermanentError
from bot.flows.menu import NAME
from bot.flows.postback import encode
from bot.flows.registry import FLOWS, STATELESS_FLOWS
from bot.rich_menus.texts import AreaText, Place, RichMenusText, alias_of, load_rich_menus, picture_of

RESUME = "resume"  # beside the functions: goes on where the user stopped
FOR_ONE_USER = ("resume", "waiting")  # menus linked to single users, in place of the tab of the same name
_OURS = re.compile(r"madoguchi/([a-z]{1,20})/[0-9a-f]{16}")
ALIASES = "madoguchi-"


@dataclass(frozen=True)
class WantedMenu:
    """`definition` is the rich menu object without its name."""

    key: str
    alias: str
    definition: dict[str, Any]
    image: bytes
    default: bool = False

    @property
    def name(self) -> str:
        """Changes with the object and with the picture, so that equal names mean equal menus."""
        content = orjson.dumps(self.definition, option=orjson.OPT_SORT_KEYS) + self.image
        return f"madoguchi/{self.key}/{hashlib.sha256(content).hexdigest()[:16]}"


def key_in(name: str) -> str | None:
    """Return the key of the menu with this name. None if it is not ours and must not be changed."""
    found = _OURS.fullmatch(name)
    return found[1] if found else None


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
    """Return the area of a tab. The phone switches the menu itself; LINE requires `data` and only reports it."""
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
