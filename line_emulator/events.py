"""Webhook events in LINE's format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from line_emulator import ids
from line_emulator.chats import Json
from line_emulator.faults import Control
from line_emulator.tokens import ReplyTokens
from line_emulator.world import World

# The kinds that a bot can reply to (sections 1 and 2 of the reference: "reply token: yes").
REPLIABLE = frozenset(
    {
        "message",
        "follow",
        "join",
        "memberJoined",
        "postback",
        "videoPlayComplete",
        "beacon",
        "membership",
        "accountLink",
        "messageEdited",
    }
)


@dataclass
class Events:
    """A factory of events: adds the common fields, and a reply token to kinds that have one."""

    world: World
    tokens: ReplyTokens
    control: Control

    def make(self, kind: str, *, user: str | None, chat: str | None = None, **fields: Any) -> Json:
        """Return an event of this kind from this user, in a group if `chat` is one."""
        now = self.world.clock.ms()
        switches = self.control.now
        event: Json = {
            "type": kind,
            "webhookEventId": ids.ulid(now),
            "deliveryContext": {"isRedelivery": False},
            "timestamp": now,
            "source": self.source(user, chat),
            "mode": "standby" if switches.standby else "active",
            **fields,
        }
        if kind in REPLIABLE and not switches.standby:
            event["replyToken"] = self.tokens.issue(chat or user or "", switches.token_life)
        return event

    def source(self, user: str | None, chat: str | None) -> Json:
        if chat is None or chat == user:
            return {"type": "user", "userId": user}
        kind = self.world.group(chat).kind
        person = {"userId": user} if user else {}
        return {"type": kind, f"{kind}Id": chat, **person}

    def message(self, user: str, chat: str, content: Json) -> Json:
        """Return a message event; the content gets its ID and its tokens."""
        with self.world.feed.lock:
            message_id = ids.message_id()
            read_token = ids.opaque_token()
            self.world.read_tokens[read_token] = (chat, message_id)
            message = {"id": message_id, **content, **self.world.quotable(chat, message_id, content)}
        message["markAsReadToken"] = read_token
        return self.make("message", user=user, chat=chat, message=message)


def word_in(event: Json, *path: str) -> str:
    """Return the string at this path of the event; empty if a raw event has none or another type there."""
    found: Any = event
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, str) else ""


def redelivered(event: Json) -> Json:
    """Return the same event with the delivery context of a redelivery."""
    return {**event, "deliveryContext": {"isRedelivery": True}}


Deliver = Callable[[list[Json]], Any]
