"""The actions around groups and rooms: the bot and people join and leave."""

from dataclasses import dataclass

from line_emulator.chats import Group, User
from line_emulator.events import Events
from line_emulator.phone import ActionResult
from line_emulator.webhooks import Webhooks
from line_emulator.world import ImpossibleError, World


@dataclass
class GroupActs:
    """The actions around groups and multi-person chats."""

    world: World
    events: Events
    webhooks: Webhooks

    def join(self, chat: str, user: str | None = None) -> ActionResult:
        """Invite the bot, which joins."""
        group = self._group(chat, bot_in=False)
        with self.world.feed.lock:
            group.bot_in = True
            self._noted(chat, "joined")
        return ActionResult(None, self.webhooks.send([self.events.make("join", user=user, chat=chat)]))

    def leave(self, chat: str) -> ActionResult:
        """Remove the bot."""
        self.bot_leaves(chat)
        self.world.mark(chat)
        return ActionResult(None, self.webhooks.send([self.events.make("leave", user=None, chat=chat)]))

    def bot_leaves(self, chat: str) -> None:
        """Let the bot leave by itself, which sends no event."""
        group = self._group(chat, bot_in=True)
        with self.world.feed.lock:
            group.bot_in = False
            self.world.add_notice(chat, "left")  # no mark: what the bot said before it left is still its answer
            self.world.feed.publish("users")

    def member_joined(self, chat: str, user: str) -> ActionResult:
        return self._member_change(chat, user, comes=True)

    def member_left(self, chat: str, user: str) -> ActionResult:
        return self._member_change(chat, user, comes=False)

    def _member_change(self, chat: str, user: str, *, comes: bool) -> ActionResult:
        group, person = self.world.group(chat), self.world.user(user)
        if (user in group.members) is comes:
            raise ImpossibleError("is a member already" if comes else "is not a member")
        with self.world.feed.lock:
            (group.members.append if comes else group.members.remove)(user)
            self._noted(chat, "member_joined" if comes else "member_left", person)
        people = {"members": [{"type": "user", "userId": user}]}
        kind, field = ("memberJoined", "joined") if comes else ("memberLeft", "left")
        event = self.events.make(kind, user=None, chat=chat, **{field: people})
        return ActionResult(None, self.webhooks.send([event]) if group.bot_in else None)

    def _noted(self, chat: str, what: str, person: User | None = None) -> None:
        self.world.add_notice(chat, what, person)
        self.world.mark(chat)
        self.world.feed.publish("users")

    def _group(self, chat: str, *, bot_in: bool) -> Group:
        group = self.world.group(chat)
        if group.bot_in is not bot_in:
            raise ImpossibleError(
                "the bot is in that group already" if group.bot_in else "the bot is not in that group"
            )
        return group
