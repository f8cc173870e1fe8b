"""The chats of the account as its staff see them in LINE's manager: what is unread, and answers written by a person."""

from dataclasses import dataclass

from line_emulator.chats import Chat, Entry, Json, User
from line_emulator.world import ImpossibleError, World

SHOWN = 100  # the newest entries of a chat


@dataclass(frozen=True)
class Manager:
    """The view of the staff on the one-to-one chats. What they do sends no webhook: the bot never learns of it."""

    world: World

    def people(self) -> list[Json]:
        """Return every user with the number of unread messages and the newest message."""
        with self.world.feed.lock:
            return [self._person(user) for user in self.world.users.values()]

    def entries(self, user_id: str) -> list[Json]:
        """Return the newest entries of this user's chat as text, the oldest first."""
        with self.world.feed.lock:
            chat = self.world.chat(self.world.user(user_id).id)
            first = max(0, len(chat.entries) - SHOWN)
            return [_entry(chat, place) for place in range(first, len(chat.entries)) if chat.entries[place].message]

    def reply(self, user_id: str, text: str) -> None:
        """Write to the user as a person, which reads the chat up to here. It costs no message of the quota."""
        with self.world.feed.lock:
            user = self.world.user(user_id)
            if not user.reachable:
                raise ImpossibleError("is no friend, or has blocked the account")
            self.world.add_bot_entry(user.id, {"type": "text", "text": text}, via="manager", silent=False)
            self.world.read_up_to(user.id, self.world.chat(user.id).entries[-1].id)

    def _person(self, user: User) -> Json:
        chat = self.world.chat(user.id)
        latest = chat.latest()
        return {
            "id": user.id,
            "name": user.name,
            "reachable": user.reachable,
            "unread": sum(_waits(entry) for entry in chat.entries[chat.read_by_bot :]),
            "latest": latest.text if latest else "",
        }


def _waits(entry: Entry) -> bool:
    """Return True for what a person can read; a tapped button has no mark of its own."""
    return entry.by == "user" and entry.via == "message" and not entry.unsent


def _entry(chat: Chat, place: int) -> Json:
    entry = chat.entries[place]
    writer = {"bot": "manager" if entry.via == "manager" else "bot"}.get(entry.by, "user")
    read = place < chat.read_by_bot if _waits(entry) else None
    return {"id": entry.id, "from": writer, "text": entry.text, "at": entry.at, "read": read}
