"""The state of the platform: users, groups, chats, and the channel itself."""

from dataclasses import dataclass, replace
from typing import Literal

from line_emulator import ids
from line_emulator.change_feed import ChangeFeed
from line_emulator.chats import Chat, Entry, Group, Json, User
from line_emulator.clock import Clock


class UnknownError(LookupError):
    """An error for a user, group, message or menu that does not exist."""


class ImpossibleError(Exception):
    """An error for an action that the user's phone could not do now."""


@dataclass(frozen=True)
class BotAccount:
    """The official account of the emulated channel."""

    name: str
    basic_id: str
    id: str
    mark_as_read: Literal["auto", "manual"]


class World:
    """The state of the platform. A writer must hold `feed.lock` and notify the feed."""

    def __init__(self, account: BotAccount, clock: Clock) -> None:
        self.account = account
        self.clock = clock
        self.feed = ChangeFeed()
        self.users: dict[str, User] = {}
        self.groups: dict[str, Group] = {}
        self.chats: dict[str, Chat] = {}
        self.contents: dict[str, tuple[str, bytes]] = {}
        self.quotes: dict[str, tuple[str, str]] = {}
        self.read_tokens: dict[str, tuple[str, str]] = {}

    def user(self, user_id: str) -> User:
        if user_id not in self.users:
            raise UnknownError(f"no user {user_id}")
        return self.users[user_id]

    def group(self, group_id: str) -> Group:
        if group_id not in self.groups:
            raise UnknownError(f"no group or room {group_id}")
        return self.groups[group_id]

    def chat(self, chat_id: str) -> Chat:
        if chat_id not in self.users and chat_id not in self.groups:
            raise UnknownError(f"no chat {chat_id}")
        return self.chats.setdefault(chat_id, Chat(chat_id))

    def new_user(self, name: str, user_id: str | None = None) -> User:
        with self.feed.lock:
            user = User(user_id or ids.chat_id("U"), name)
            self.users[user.id] = user
            self.feed.publish("users")
            return user

    def new_group(self, name: str, members: list[str], kind: Literal["group", "room"]) -> Group:
        with self.feed.lock:
            group = Group(
                ids.chat_id("C" if kind == "group" else "R"),
                kind,
                name,
                [self.user(one).id for one in members],
            )
            self.groups[group.id] = group
            self.feed.publish("users")
            return group

    def members(self, chat_id: str) -> list[str]:
        """Return the users who read this chat."""
        return self.group(chat_id).members if chat_id in self.groups else [self.user(chat_id).id]

    def add_user_entry(self, user_id: str, chat_id: str, message: Json, *, via: str = "message") -> Entry:
        """Add the user's own entry. Answers of the bot are counted from here."""
        with self.feed.lock:
            entry = Entry(
                message.get("id") or ids.message_id(),
                "user",
                self.clock.ms(),
                via,
                user=user_id,
                name=self.user(user_id).name,
                message=message,
            )
            self._append(chat_id, entry)
            self.mark(chat_id)
            return entry

    def add_bot_entry(self, chat_id: str, message: Json, *, via: str, silent: bool) -> Json:
        """Show the bot's message in the chat and return what the API answers about it."""
        with self.feed.lock:
            name = message.get("sender", {}).get("name", self.account.name)
            entry = Entry(ids.message_id(), "bot", self.clock.ms(), via, name=name, message=message, silent=silent)
            self._append(chat_id, entry)
            self.chat(chat_id).loading_until = None
            return {"id": entry.id, **self.quotable(chat_id, entry.id, message)}

    def add_notice(self, chat_id: str, what: str, user: User | None = None) -> None:
        with self.feed.lock:
            number = f"n{self.feed.version + 1}"
            who, name = (user.id, user.name) if user else (None, "")
            self._append(chat_id, Entry(number, "notice", self.clock.ms(), what, user=who, name=name))

    def quotable(self, chat_id: str, message_id: str, message: Json) -> Json:
        """Return a quote token if messages of this type can be quoted."""
        if message["type"] not in ("text", "textV2", "sticker", "image", "video"):
            return {}
        token = ids.opaque_token()
        self.quotes[token] = (chat_id, message_id)
        return {"quoteToken": token}

    def mark(self, chat_id: str) -> None:
        """Count the bot's messages from here on as answers to the user's last action."""
        with self.feed.lock:
            chat = self.chat(chat_id)
            chat.mark = len(chat.entries)

    def find(self, message_id: str) -> tuple[Chat, Entry]:
        for chat in self.chats.values():
            if (index := chat.index(message_id)) is not None:
                return chat, chat.entries[index]
        raise UnknownError(f"no message {message_id}")

    def unsend(self, message_id: str) -> None:
        """Remove the content; the entry stays."""
        with self.feed.lock:
            chat, entry = self.find(message_id)
            index = chat.entries.index(entry)
            chat.entries[index] = replace(entry, unsent=True, message={"type": entry.message["type"]})
            self.contents.pop(message_id, None)
            self.feed.publish("chat", chat.id)

    def replace_message(self, chat_id: str, message_id: str, message: Json) -> None:
        """Show another content of a message that its writer has edited."""
        with self.feed.lock:
            chat = self.chat(chat_id)
            index = chat.index(message_id)
            if index is not None:
                chat.entries[index] = replace(chat.entries[index], message=message)
                self.feed.publish("chat", chat_id)

    def read_up_to(self, chat_id: str, message_id: str) -> None:
        """Mark everything up to this message as read by the bot. Ignore an unknown chat or message."""
        with self.feed.lock:
            chat = self.chats.get(chat_id)
            index = chat.index(message_id) if chat else None
            if chat and index is not None and index >= chat.read_by_bot:
                chat.read_by_bot = index + 1
                self.feed.publish("chat", chat_id)

    def seen(self, user_id: str, chat_id: str) -> None:
        """Mark everything in the chat as seen by the user, who has it open."""
        with self.feed.lock:
            chat = self.chat(chat_id)
            if chat.seen_by.get(user_id, 0) != len(chat.entries):
                chat.seen_by[user_id] = len(chat.entries)
                self.feed.publish("chat", chat_id)

    def clear(self) -> None:
        with self.feed.lock:
            self.clear_chats()
            self.users.clear()
            self.groups.clear()
            self.feed.publish("users")

    def clear_chats(self) -> None:
        with self.feed.lock:
            self.chats.clear()
            self.contents.clear()
            self.quotes.clear()
            self.read_tokens.clear()
            self.feed.publish("cleared")

    def _append(self, chat_id: str, entry: Entry) -> None:
        self.chat(chat_id).entries.append(entry)
        self.feed.publish("chat", chat_id)
