"""Taps: the actions of a phone when a button is touched."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from line_emulator.chats import Entry, Json
from line_emulator.phone import Phone
from line_emulator.records import Delivery
from line_emulator.rich_menu_store import RichMenus
from line_emulator.rules.actions import parse_moment
from line_emulator.visible import Button, buttons
from line_emulator.world import ImpossibleError, World

# Their quick replies stay until something has been sent.
_STAYS = ("camera", "cameraRoll", "location", "datetimepicker")


@dataclass(frozen=True)
class Tap:
    """The result of a tap. For links, copying and pickers, the phone itself does the rest."""

    did: str
    action: Json
    entry: Entry | None = None
    delivery: Delivery | None = None


@dataclass
class Taps:
    """Finds a button in what the user sees and taps it."""

    world: World
    phone: Phone
    menus: RichMenus
    _acts: dict[str, Callable[[str, str, Json, Json | None], Tap]] = field(init=False)

    def __post_init__(self) -> None:
        self._acts = {
            "message": self._message,
            "postback": self._postback,
            "datetimepicker": self._picker,
            "richmenuswitch": self._switch,
        }

    def by_label(self, user: str, label: str, *, chat: str | None = None, params: Json | None = None) -> Tap:
        """Tap the first visible button with this label, searched from the newest message up."""
        for button in self._visible(user, chat):
            if button.label == label:
                return self._perform(user, chat or user, button, params)
        seen = ", ".join(button.label for button in self._visible(user, chat))
        raise ImpossibleError(f"no button {label!r} to be seen, only: {seen}")

    def by_action(
        self,
        user: str,
        action: Json,
        *,
        chat: str | None = None,
        entry: str | None = None,
        params: Json | None = None,
    ) -> Tap:
        """Tap the button that has exactly this action, in this entry if one is named."""
        for button in self._visible(user, chat):
            if button.action == action and entry in (None, button.entry):
                return self._perform(user, chat or user, button, params)
        raise ImpossibleError("that button is not to be seen")

    def labels(self, user: str, chat: str | None = None) -> list[str]:
        return [button.label for button in self._visible(user, chat)]

    def _visible(self, user: str, chat: str | None) -> list[Button]:
        with self.world.feed.lock:
            place = chat or user
            menu = self.menus.shown_to(user)[0] if place == user else None
            return list(buttons(self.world.chat(place), menu))

    def _perform(self, user: str, place: str, button: Button, params: Json | None) -> Tap:
        kind = button.action["type"]
        if button.where == "rich_menu":
            self._count(user, button)
        if button.where == "quick_reply" and kind not in _STAYS:
            self._use_quick_reply(place, button)
        act = self._acts.get(kind)
        done = act(user, place, button.action, params) if act else Tap(kind, button.action)
        if button.where == "quick_reply" and kind == "datetimepicker":
            self._use_quick_reply(place, button)
        return done

    def _count(self, user: str, button: Button) -> None:
        """Count the tap for the statistics of the menu."""
        menu = self.menus.shown_to(user)[0] or {"areas": []}
        actions = [area["action"] for area in menu["areas"]]
        if button.action in actions:
            self.menus.taps.add(menu["richMenuId"], actions.index(button.action), user)

    def _use_quick_reply(self, place: str, button: Button) -> None:
        with self.world.feed.lock:
            self.world.chat(place).used_quick_replies = button.entry
            self.world.feed.publish("chat", place)

    def _message(self, user: str, place: str, action: Json, _params: Json | None) -> Tap:
        done = self.phone.says(user, action["text"], chat=place)
        return Tap("message", action, done.entry, done.delivery)

    def _postback(self, user: str, place: str, action: Json, _params: Json | None) -> Tap:
        if "text" in action:
            return self._postback_with_text(user, place, action)
        done = self.phone.postback(user, action["data"], display_text=action.get("displayText"), chat=place)
        return Tap("postback", action, done.entry, done.delivery)

    def _postback_with_text(self, user: str, place: str, action: Json) -> Tap:
        """Send the deprecated text as a message, then the postback: one tap, whose answers belong together."""
        chat = self.world.chat(place)
        said = self.phone.says(user, action["text"], chat=place)
        tapped = chat.mark
        done = self.phone.postback(user, action["data"], chat=place)
        with self.world.feed.lock:
            chat.mark = tapped
        return Tap("postback", action, said.entry, done.delivery)

    def _picker(self, user: str, place: str, action: Json, params: Json | None) -> Tap:
        done = self.phone.postback(user, action["data"], params=_picked(action, params), chat=place)
        return Tap("datetimepicker", action, done.entry, done.delivery)

    def _switch(self, user: str, place: str, action: Json, _params: Json | None) -> Tap:
        """Switch the menu on the phone and report the result to the bot."""
        params = self.menus.switch(user, action["richMenuAliasId"])
        done = self.phone.postback(user, action["data"], params=params, chat=place)
        return Tap("richmenuswitch", action, done.entry, done.delivery)


def _picked(action: Json, params: Any) -> Json:
    """Return the picked moment if the picker allows it."""
    mode = action["mode"]
    if not isinstance(params, dict) or set(params) != {mode} or not (moment := parse_moment(mode, params[mode])):
        raise ImpossibleError(f"params must hold one {mode} in its format")
    low, high = parse_moment(mode, action.get("min")), parse_moment(mode, action.get("max"))
    if (low and moment < low) or (high and moment > high):
        raise ImpossibleError("the picker does not offer that value")
    return {mode: params[mode].replace("t", "T")}
