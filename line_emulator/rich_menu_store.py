"""The rich menus of the channel: objects, images, aliases, the default, and the links to users."""

from dataclasses import dataclass, field
from typing import Literal

from line_emulator import ids
from line_emulator.chats import Json
from line_emulator.menu_taps import MenuTaps
from line_emulator.world import UnknownError, World

MOST_MENUS = MOST_ALIASES = 1000


@dataclass
class RichMenus:
    """All menus of the channel. A menu without an image cannot be shown."""

    world: World
    menus: dict[str, Json] = field(default_factory=dict)
    images: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    default: str | None = None
    batches: dict[str, Json] = field(default_factory=dict)
    taps: MenuTaps = field(init=False)

    def __post_init__(self) -> None:
        self.taps = MenuTaps(self.world.clock.seconds)

    def create(self, menu: Json) -> str:
        with self.world.feed.lock:
            menu_id = ids.rich_menu_id()
            self.menus[menu_id] = {"richMenuId": menu_id, **menu}
            return menu_id

    def menu(self, menu_id: str) -> Json:
        if menu_id not in self.menus:
            raise UnknownError("richmenu not found")
        return self.menus[menu_id]

    def delete(self, menu_id: str) -> None:
        """Delete the menu and its image. Linked users see the default again; aliases stay and lead nowhere."""
        with self.world.feed.lock:
            self.menu(menu_id)
            del self.menus[menu_id]
            self.images.pop(menu_id, None)
            self.default = None if self.default == menu_id else self.default
            for user in self.world.users.values():
                user.rich_menu = None if user.rich_menu == menu_id else user.rich_menu
            self.world.feed.publish("menu")

    def set_image(self, menu_id: str, mime: str, data: bytes) -> None:
        with self.world.feed.lock:
            self.images[menu_id] = (mime, data)
            self.world.feed.publish("menu")

    def clear(self) -> None:
        with self.world.feed.lock:
            for store in (self.menus, self.images, self.aliases, self.batches):
                store.clear()
            self.default = None
            self.taps.clear()
            self.world.feed.publish("menu")

    def showable(self, menu_id: str) -> bool:
        return menu_id in self.menus and menu_id in self.images

    def set_default(self, menu_id: str | None) -> None:
        with self.world.feed.lock:
            self.default = menu_id
            self.world.feed.publish("menu")

    def link(self, user_id: str, menu_id: str | None) -> None:
        """Link a menu to friends only. Like LINE, it reports no error for others."""
        with self.world.feed.lock:
            user = self.world.users.get(user_id)
            if user and user.friend:
                user.rich_menu = menu_id
                self.world.feed.publish("menu", user_id)

    def shown_to(self, user_id: str) -> tuple[Json | None, Literal["user", "default"]]:
        """Return the menu that the user sees: the linked one, or the default."""
        linked = self.world.user(user_id).rich_menu
        if linked and self.showable(linked):
            return self.menus[linked], "user"
        if self.default and self.showable(self.default):
            return self.menus[self.default], "default"
        return None, "default"

    def switch(self, user_id: str, alias: str) -> Json:
        """Switch the menu like a tap on a tab, and return the params of the postback."""
        if alias not in self.aliases:
            return {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}
        if not self.showable(self.aliases[alias]):
            return {"status": "RICHMENU_NOTFOUND"}
        self.link(user_id, self.aliases[alias])
        return {"newRichMenuAliasId": alias, "status": "SUCCESS"}

    def run_batch(self, operations: list[Json], request_id: str) -> None:
        """Run all operations from the state before them, and store the progress under this ID."""
        with self.world.feed.lock:
            moves = {operation.get("from"): operation.get("to") for operation in operations}
            everyone = any(operation["type"] == "unlinkAll" for operation in operations)
            for user in self.world.users.values():
                if user.rich_menu and (everyone or user.rich_menu in moves):
                    user.rich_menu = moves.get(user.rich_menu)
            self.world.feed.publish("menu")
            now = self.world.clock.iso()
            self.batches[request_id] = {"phase": "succeeded", "acceptedTime": now, "completedTime": now}
