"""Replies, pushes and multicasts: the allowed recipients, the quota, and the entries in the chats."""

from dataclasses import dataclass, field
from typing import Any

from line_emulator import ids
from line_emulator.chats import Json
from line_emulator.errors import BAD_TOKEN, MONTHLY_LIMIT, Enforcer, RefusedError
from line_emulator.faults import Control
from line_emulator.retry_keys import RetryKeys
from line_emulator.rules import Problem
from line_emulator.rules.requests import send_check
from line_emulator.tokens import ReplyTokens
from line_emulator.world import World

WEEK_MS = 7 * 24 * 3600 * 1000


@dataclass
class Sending:
    """The sending endpoints, given their bodies. They raise RefusedError with LINE's answer."""

    world: World
    tokens: ReplyTokens
    keys: RetryKeys
    control: Control
    enforcer: Enforcer
    used: int = field(default=0)

    def clear(self) -> None:
        """Forget the consumption and the retry keys."""
        self.used = 0
        self.keys.clear()

    def reply(self, body: Any) -> Json:
        """Answer an event once. Only an accepted reply uses up the token."""
        self._refuse_if_switched(self._chat_of(body, "replyToken"))
        self.enforcer.insist(send_check("reply", to_group=self._is_group(body, "replyToken")), body)
        with self.world.feed.lock:
            chat = self.tokens.chat_of(body["replyToken"])
            if chat is None:
                raise RefusedError(400, BAD_TOKEN)
            self._check_for_chat(body, chat)
            self.tokens.use(body["replyToken"])
            return self._show(chat, body, "reply")

    def push(self, body: Any, *, raw: bytes, key: str | None, request_id: str) -> Json:
        """Write to one chat. For a user who cannot be reached it is accepted and has no effect."""
        self._refuse_if_switched(self._chat_of(body, "to"))
        self.enforcer.insist(send_check("push", to_group=self._is_group(body, "to")), body)
        with self.world.feed.lock:
            chat = body["to"]
            self.keys.check("push", key, raw)
            if chat not in self.world.users and chat not in self.world.groups:
                raise RefusedError(400, "Failed to send messages", [Problem("/to", "there is no such user or group")])
            self._check_for_chat(body, chat)
            self._count(self._people(chat))
            sent = self._show(chat, body, "push")
            self.keys.accept("push", key, raw, request_id=request_id, sent=sent)
            return sent

    def multicast(self, body: Any, *, raw: bytes, key: str | None, request_id: str) -> Json:
        """Write to many users. Unknown and unreachable ones are ignored."""
        self._refuse_if_switched()
        self.enforcer.insist(send_check("multicast"), body)
        with self.world.feed.lock:
            self.keys.check("multicast", key, raw)
            self._refuse_quotes(body["messages"], None)
            known = [user for user in body["to"] if user in self.world.users]
            self._count(sum(self._people(user) for user in known))
            for user in known:
                self._show(user, body, "multicast")
            self.keys.accept("multicast", key, raw, request_id=request_id, sent={})
            return {}

    def broadcast(self, body: Any, *, raw: bytes, key: str | None, request_id: str, kind: str = "broadcast") -> Json:
        """Write to every friend who can be reached."""
        self._refuse_if_switched()
        self.enforcer.insist(send_check(kind), body)
        with self.world.feed.lock:
            self.keys.check(kind, key, raw)
            self._refuse_quotes(body["messages"], None)
            friends = [user.id for user in self.world.users.values() if user.reachable]
            self._count(len(friends))
            for user in friends:
                self._show(user, body, kind)
            self.keys.accept(kind, key, raw, request_id=request_id, sent={})
            return {}

    def _refuse_if_switched(self, chat: str | None = None) -> None:
        if self.control.take_refusal(chat):
            raise RefusedError(
                400,
                "The request body has 1 error(s)",
                [Problem("/messages", "refused by a switch")],
                fault=True,
            )

    def _is_group(self, body: Any, name: str) -> bool | None:
        """Return True if the request is for a group, None if that is not known yet."""
        chat = self._chat_of(body, name)
        return chat in self.world.groups if chat else None

    def _chat_of(self, body: Any, name: str) -> str | None:
        value = body.get(name) if isinstance(body, dict) else None
        chat = self.tokens.chat_of(value) if isinstance(value, str) and name == "replyToken" else value
        return chat if isinstance(chat, str) else None

    def _check_for_chat(self, body: Json, chat: str) -> None:
        group = self.world.groups.get(chat)
        self._refuse_quotes(body["messages"], chat)
        if group is None:
            return
        if not group.bot_in:
            raise RefusedError(400, "Failed to send messages", [Problem("/to", "the bot is not in that group")])
        for index, message in enumerate(body["messages"]):
            for key, user in _mentioned(message):
                if user not in group.members:
                    place = f"/messages/{index}/substitution/{key}/mentionee/userId"
                    raise RefusedError(400, "Failed to send messages", [Problem(place, "is not a member of the group")])

    def _refuse_quotes(self, messages: list[Json], chat: str | None) -> None:
        """Refuse a quote token of another chat."""
        for index, message in enumerate(messages):
            token = message.get("quoteToken")
            if token is not None and (chat is None or self.world.quotes.get(token, ("",))[0] != chat):
                place = f"/messages/{index}/quoteToken"
                raise RefusedError(400, "Invalid quote token", [Problem(place, "is not of a message of this chat")])

    def _people(self, chat: str) -> int:
        """Return how many recipients count: people who can be reached, not messages."""
        if chat in self.world.groups:
            return len(self.world.groups[chat].members)
        return int(self._arrives(chat, "push"))

    def _count(self, people: int) -> None:
        limit = self.control.now.monthly_limit
        if limit is not None and self.used + people > limit:
            raise RefusedError(429, MONTHLY_LIMIT)
        self.used += people

    def _show(self, chat: str, body: Json, via: str) -> Json:
        silent = body.get("notificationDisabled", False)
        person = self.world.users.get(chat)
        if person is not None and not self._arrives(chat, via):
            # Accepted, but it reaches nobody: only ids are given out.
            from_nowhere = [{"id": ids.message_id()} for _ in body["messages"]]
            return {"sentMessages": from_nowhere}
        sent = [self.world.add_bot_entry(chat, message, via=via, silent=silent) for message in body["messages"]]
        return {"sentMessages": sent}

    def _arrives(self, user: str, via: str) -> bool:
        """Return True if the user can be reached: a friend, or for a week someone who wrote; never after a block."""
        person = self.world.user(user)
        return not person.blocked and (person.friend or via == "reply" or self._wrote_lately(user))

    def _wrote_lately(self, user: str) -> bool:
        since = self.world.clock.ms() - WEEK_MS
        return any(entry.by == "user" and entry.at >= since for entry in self.world.chat(user).entries)


def _mentioned(message: Json) -> list[tuple[str, str]]:
    """Return the users that a message mentions, by their key."""
    people = []
    for key, substitute in message.get("substitution", {}).items():
        user = substitute.get("mentionee", {}).get("userId")
        if user:
            people.append((key, user))
    return people
