"""The actions of users on their phones. Each changes the chat and sends the webhook that LINE would send."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from line_emulator import ids
from line_emulator.chats import Entry, Json
from line_emulator.events import Events
from line_emulator.records import Delivery
from line_emulator.typed_text import LabelledCount, typed_text
from line_emulator.webhooks import Webhooks
from line_emulator.world import ImpossibleError, World

# A 1x1 transparent PNG, for those who only want to send some picture.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63f8ffff3f030008fc02fe"
    "a7350c650000000049454e44ae426082"
)
MediaKind = Literal["image", "video", "audio", "file"]
_MIME: dict[str, str] = {
    "image": "image/png",
    "video": "video/mp4",
    "audio": "audio/x-m4a",
    "file": "application/octet-stream",
}


@dataclass(frozen=True)
class ActionResult:
    """The result of an action: its entry in the chat and its webhook. Both may be missing."""

    entry: Entry | None = None
    delivery: Delivery | None = None


@dataclass
class Phone:
    """The actions of users, in their one-to-one chat unless a group is named."""

    world: World
    events: Events
    webhooks: Webhooks

    def says(
        self,
        user: str,
        text: str,
        *,
        chat: str | None = None,
        mention_bot: bool = False,
        mentions: Sequence[str] = (),
        emoji: Sequence[str] = (),
        quote: str | None = None,
    ) -> ActionResult:
        """Type a text; `mention_bot` puts the bot's name before it, `quote` is the quoted message.

        `mentions` are the members of the group whose names stand before it; "all" is everyone. `emoji` are the words in
        the text, such as "(love)", that are LINE emoji.
        """
        names = [self._named(one, chat) for one in mentions]
        own = {"type": "user", "userId": self.world.account.id, "isSelf": True}
        names += [(self.world.account.name, own)] if mention_bot else []
        content = typed_text(text, names=names, emoji=emoji)
        if quote:
            content["quotedMessageId"] = self.world.find(quote)[1].id
        return self.sends(user, content, chat=chat)

    def sticker(
        self, user: str, package: str = "446", sticker: str = "1988", *, chat: str | None = None
    ) -> ActionResult:
        content = {
            "packageId": package,
            "stickerId": sticker,
            "stickerResourceType": "STATIC",
            "keywords": ["hello"],
        }
        return self.sends(user, {"type": "sticker", **content}, chat=chat)

    def media(
        self,
        user: str,
        kind: MediaKind,
        data: bytes = PIXEL,
        *,
        mime: str | None = None,
        name: str = "案内.pdf",
        chat: str | None = None,
    ) -> ActionResult:
        """Send a picture, a video, a voice message or a file. The content endpoint serves its bytes."""
        extra: dict[str, Json] = {
            "image": {"contentProvider": {"type": "line"}},
            "video": {"contentProvider": {"type": "line"}, "duration": 1000},
            "audio": {"contentProvider": {"type": "line"}, "duration": 1000},
            "file": {"fileName": name, "fileSize": len(data)},
        }
        return self.sends(user, {"type": kind, **extra[kind]}, chat=chat, data=(mime or _MIME[kind], data))

    def location(
        self,
        user: str,
        latitude: float = 35.6895,
        longitude: float = 139.6917,
        *,
        title: str = "",
        address: str = "",
        chat: str | None = None,
    ) -> ActionResult:
        named = {name: value for name, value in (("title", title), ("address", address)) if value}
        place = {"type": "location", **named, "latitude": latitude, "longitude": longitude}
        return self.sends(user, place, chat=chat)

    def sends(
        self, user: str, content: Json, *, chat: str | None = None, data: tuple[str, bytes] | None = None
    ) -> ActionResult:
        """Send any message content in the format of a webhook."""
        place = self._place(user, chat)
        event = self.events.message(user, place, content)
        message = event["message"]
        if data:
            self.world.contents[message["id"]] = data
        entry = self.world.add_user_entry(user, place, message)
        return ActionResult(entry, self._tell_bot(place, event))

    def postback(
        self,
        user: str,
        data: str,
        *,
        params: Json | None = None,
        display_text: str | None = None,
        chat: str | None = None,
    ) -> ActionResult:
        """Send a postback as if tapped. Only its display text appears in the chat."""
        place = self._place(user, chat)
        entry = None
        if display_text:
            shown = {"type": "text", "text": display_text}
            entry = self.world.add_user_entry(user, place, shown, via="postback")
        self.world.mark(place)
        postback = {"data": data, **({"params": params} if params else {})}
        return ActionResult(
            entry,
            self._tell_bot(place, self.events.make("postback", user=user, chat=place, postback=postback)),
        )

    def follow(self, user: str) -> ActionResult:
        """Add the account as a friend, or unblock it."""
        person = self.world.user(user)
        again = person.blocked
        if person.reachable:
            raise ImpossibleError("is a friend already")
        with self.world.feed.lock:
            person.friend, person.blocked = True, False
            self.world.add_notice(user, "unblocked" if again else "followed", person)
            self.world.mark(user)
            self.world.feed.publish("users", user)
        return self._sent("follow", user, follow={"isUnblocked": again})

    def unfollow(self, user: str) -> ActionResult:
        """Block the account."""
        person = self.world.user(user)
        if not person.reachable:
            raise ImpossibleError("is no friend, or has blocked the account already")
        with self.world.feed.lock:
            person.blocked = True
            self.world.add_notice(user, "blocked", person)
            self.world.mark(user)
            self.world.feed.publish("users", user)
        return self._sent("unfollow", user)

    def unsend(self, user: str, message_id: str) -> ActionResult:
        chat, entry = self.world.find(message_id)
        if entry.user != user or entry.via != "message" or entry.unsent:
            raise ImpossibleError("only an own message can be unsent, once")
        self.world.unsend(message_id)
        self.world.mark(chat.id)
        event = self.events.make("unsend", user=user, chat=chat.id, unsend={"messageId": message_id})
        return ActionResult(None, self._tell_bot(chat.id, event))

    def account_link(self, user: str, nonce: str, *, ok: bool = True) -> ActionResult:
        """Finish the linking of an account, as LINE's dialog does."""
        self.world.mark(user)
        return self._sent("accountLink", user, link={"result": "ok" if ok else "failed", "nonce": nonce})

    def edit(self, user: str, message_id: str, text: str) -> ActionResult:
        """Change an own text. LINE offers that in groups and rooms."""
        chat, entry = self.world.find(message_id)
        if (
            entry.user != user
            or entry.unsent
            or entry.message.get("type") != "text"
            or chat.id not in self.world.groups
        ):
            raise ImpossibleError("only an own text in a group or room can be edited")
        with self.world.feed.lock:
            content = {**typed_text(text), "id": message_id}
            message = {**content, **self.world.quotable(chat.id, message_id, content)}
            self.world.replace_message(chat.id, message_id, {**entry.message, **message})
            self.world.mark(chat.id)
        return ActionResult(
            None, self._tell_bot(chat.id, self.events.make("messageEdited", user=user, chat=chat.id, message=message))
        )

    def images(self, user: str, count: int, data: bytes = PIXEL, *, chat: str | None = None) -> list[ActionResult]:
        """Send several pictures at once: one event each, held together by an image set."""
        set_id = ids.opaque_token()
        sets = [{"id": set_id, "index": index, "total": count} for index in range(1, count + 1)]
        picture = {"type": "image", "contentProvider": {"type": "line"}}
        return [self.sends(user, {**picture, "imageSet": one}, chat=chat, data=("image/png", data)) for one in sets]

    def video_complete(self, user: str, entry_id: str) -> ActionResult:
        """Watch the bot's video to its end, for which the bot has given a tracking ID."""
        chat, entry = self.world.find(entry_id)
        tracking = entry.message.get("trackingId")
        if entry.by != "bot" or tracking is None or chat.id != user:
            raise ImpossibleError("is no video of the bot with a trackingId in the chat of that user")
        self.world.mark(chat.id)
        return self._sent("videoPlayComplete", user, videoPlayComplete={"trackingId": tracking})

    def raw(self, user: str, event: Json, *, chat: str | None = None) -> ActionResult:
        """Send an event with any fields over the common ones. A null removes a common one."""
        made = self.events.make(str(event.get("type", "message")), user=user, chat=chat or user)
        laid = {**made, **event}
        self.world.mark(chat or user)
        return ActionResult(None, self.webhooks.send([{key: laid[key] for key in laid if laid[key] is not None}]))

    def _named(self, mentioned: str, chat: str | None) -> LabelledCount:
        """Return the member of the group, or everyone."""
        if chat is None or chat not in self.world.groups:
            raise ImpossibleError("only in a group or room somebody can be mentioned")
        if mentioned == "all":
            return "All", {"type": "all"}
        if mentioned not in self.world.group(chat).members:
            raise ImpossibleError("only members of the group can be mentioned")
        return self.world.user(mentioned).name, {"type": "user", "userId": mentioned, "isSelf": False}

    def _place(self, user: str, chat: str | None) -> str:
        """Return the chat that the user writes in. Raise ImpossibleError if the user has blocked the account."""
        person = self.world.user(user)
        if chat is None or chat == user:
            if person.blocked:
                raise ImpossibleError("has blocked the account")
            return user
        if user not in self.world.group(chat).members:
            raise ImpossibleError("is not a member of that group")
        return chat

    def _tell_bot(self, place: str, event: Json) -> Delivery | None:
        group = self.world.groups.get(place)
        if group and not group.bot_in:
            return None
        return self.webhooks.send([event])

    def _sent(self, kind: str, user: str, **fields: Any) -> ActionResult:
        return ActionResult(None, self.webhooks.send([self.events.make(kind, user=user, **fields)]))
