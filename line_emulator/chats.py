"""The contents of the chats: users, groups, and the entries that they and the bot wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]


@dataclass
class User:
    """A person who uses LINE; `friend` has added the account, `blocked` has blocked it since."""

    id: str
    name: str
    friend: bool = False
    blocked: bool = False
    rich_menu: str | None = None
    language: str | None = "ja"
    picture_url: str | None = None
    status_message: str | None = None

    @property
    def reachable(self) -> bool:
        return self.friend and not self.blocked


@dataclass
class Group:
    """Several people in one chat, with or without the bot."""

    id: str
    kind: Literal["group", "room"]
    name: str
    members: list[str]
    bot_in: bool = False


@dataclass(frozen=True)
class Entry:
    """An entry of a chat; `message` is LINE's object, as the bot sent it or as the webhook carried it."""

    id: str
    by: Literal["user", "bot", "notice"]
    at: int
    via: str
    user: str | None = None
    name: str = ""
    message: Mapping[str, Any] = field(default_factory=dict)
    unsent: bool = False
    silent: bool = False

    @property
    def text(self) -> str:
        """The text of the entry, its alternative text, or the kind of its message."""
        for name in ("text", "altText"):
            if name in self.message:
                return str(self.message[name])
        return f"[{self.message.get('type', self.via)}]"


@dataclass
class Chat:
    """A chat and how far its readers have read; `mark` is the entry at which the user last did something."""

    id: str
    entries: list[Entry] = field(default_factory=list)
    read_by_bot: int = 0
    seen_by: dict[str, int] = field(default_factory=dict)
    mark: int = 0
    used_quick_replies: str | None = None
    loading_until: int | None = None

    def unread(self, user: str) -> int:
        return sum(1 for entry in self.entries[self.seen_by.get(user, 0) :] if entry.by == "bot")

    def latest(self) -> Entry | None:
        """Return the last message, without notices."""
        return next((entry for entry in reversed(self.entries) if entry.by != "notice"), None)

    def quick_replies(self) -> Entry | None:
        """Return the entry whose quick replies are still shown."""
        latest = self.latest()
        if not latest or latest.by != "bot" or latest.id == self.used_quick_replies:
            return None
        return latest if "quickReply" in latest.message else None

    def index(self, entry_id: str) -> int | None:
        """Return the position of the entry, searched from the end."""
        places = range(len(self.entries) - 1, -1, -1)
        return next((place for place in places if self.entries[place].id == entry_id), None)
