"""The buttons that a user sees, in the order in which people notice them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from line_emulator.chats import Chat, Json


@dataclass(frozen=True)
class Button:
    """An action that can be tapped, and its place."""

    action: Json
    where: Literal["quick_reply", "rich_menu", "message"]
    entry: str | None = None

    @property
    def label(self) -> str:
        """The text on the button, or what its tap would leave in the chat if it has no label."""
        for name in ("label", "displayText", "text"):
            if name in self.action:
                return str(self.action[name])
        return ""


def buttons(chat: Chat, menu: Json | None) -> Iterator[Button]:
    """Return the quick replies, then the rich menu's areas, then the messages' buttons from the newest up."""
    if shown := chat.quick_replies():
        for item in shown.message["quickReply"]["items"]:
            yield Button(item["action"], "quick_reply", shown.id)
    for area in (menu or {}).get("areas", []):
        yield Button(area["action"], "rich_menu")
    for entry in reversed(chat.entries):
        if entry.by == "bot":
            yield from (Button(action, "message", entry.id) for action in actions_in(entry.message))


def actions_in(message: Mapping[str, Any]) -> Iterator[Json]:
    """Return the actions of a Flex, template or imagemap message in reading order, without quick replies."""
    if message["type"] == "flex":
        yield from _flex_actions(message["contents"])
    elif message["type"] == "template":
        yield from _template_actions(message["template"])
    elif message["type"] == "imagemap":
        yield from (_as_action(action) for action in message["actions"])


def _flex_actions(part: Mapping[str, Any]) -> Iterator[Json]:
    if part["type"] == "carousel":
        for bubble in part["contents"]:
            yield from _flex_actions(bubble)
        return
    if "action" in part:
        yield part["action"]
    for block in ("header", "hero", "body", "footer"):
        if block in part:
            yield from _flex_actions(part[block])
    for child in part.get("contents", []):
        yield from _flex_actions(child)


def _template_actions(template: Mapping[str, Any]) -> Iterator[Json]:
    for column in template.get("columns", [template]):
        yield from column.get("actions", [])
        for single in ("defaultAction", "action"):
            if single in column:
                yield column[single]


def _as_action(action: Mapping[str, Any]) -> Json:
    """Return an imagemap's action in the format of the others."""
    rest = {name: value for name, value in action.items() if name not in ("area", "linkUri")}
    return {**rest, "uri": action["linkUri"]} if "linkUri" in action else rest
