"""Parses webhook events leniently: unknown properties are ignored, and malformed ones count as missing."""

from typing import Any, get_args, get_origin

import msgspec
from msgspec import structs

from bot.text.incoming import typed_text, without_spans

_UNFIT = object()
LATEST_MS = 2**53 - 1  # the largest number that every reader of JSON reads alike


# Other properties are ignored, because LINE may add properties and kinds at any time ("Development guidelines").
class Source(msgspec.Struct, frozen=True):
    """The chat of an event. `userId` may be missing outside 1:1."""

    type: str = ""
    userId: str = ""  # noqa: N815 - LINE's name
    groupId: str = ""  # noqa: N815 - LINE's name
    roomId: str = ""  # noqa: N815 - LINE's name

    @property
    def chat(self) -> str:
        """The id that a push to this chat is sent to."""
        return self.groupId or self.roomId or self.userId

    @property
    def private(self) -> bool:
        return not (self.groupId or self.roomId)


class Emoji(msgspec.Struct, frozen=True):
    """The position of a LINE emoji, in whose place the text has a word in brackets. In UTF-16 units."""

    index: int = -1
    length: int = 0


class Mentionee(msgspec.Struct, frozen=True):
    """A mentioned user. `isSelf` is true for this bot. Without an index, the mention stays in the text."""

    index: int = -1
    length: int = 0
    isSelf: bool = False  # noqa: N815 - LINE's name


class Mention(msgspec.Struct, frozen=True):
    """The users who are mentioned in a text."""

    mentionees: tuple[Mentionee, ...] = ()


class Message(msgspec.Struct, frozen=True):
    """A message of any type. `text` is set for a text message, as LINE sent it.

    `typed` is the text that the user typed, without LINE emoji and mentions. All handlers read only that.
    """

    id: str = ""
    type: str = ""
    text: str = ""
    emojis: tuple[Emoji, ...] = ()
    mention: Mention = Mention()
    quoteToken: str = ""  # noqa: N815 - LINE's name
    markAsReadToken: str = ""  # noqa: N815 - LINE's name

    @property
    def typed(self) -> str:
        """The text without LINE emoji and without anybody's name in a mention."""
        mentions = [(one.index, one.length) for one in self.mention.mentionees]
        return typed_text(self.text, emoji=[(one.index, one.length) for one in self.emojis], mentions=mentions)

    @property
    def only_emoji(self) -> bool:
        """True if the text consists of LINE emoji only."""
        mentions = [(one.index, one.length) for one in self.mention.mentionees]
        return not self.typed.strip() and bool(without_spans(self.text, mentions).strip())


class PostbackContent(msgspec.Struct, frozen=True):
    """The content of a tapped button. `params` is set by the date picker and by a tab switch."""

    data: str = ""
    params: dict[str, Any] = {}


class Unsend(msgspec.Struct, frozen=True):
    """The message that was unsent."""

    messageId: str = ""  # noqa: N815 - LINE's name


class Follow(msgspec.Struct, frozen=True):
    """A follow event. LINE documents that `isUnblocked` is not fully reliable."""

    isUnblocked: bool = False  # noqa: N815 - LINE's name


class DeliveryContext(msgspec.Struct, frozen=True):
    """The redelivery flag: true if LINE has sent the event before."""

    isRedelivery: bool = False  # noqa: N815 - LINE's name


class Event(msgspec.Struct, frozen=True):
    """One webhook event."""

    type: str = ""
    mode: str = "active"
    webhookEventId: str = ""  # noqa: N815 - LINE's name
    replyToken: str = ""  # noqa: N815 - LINE's name
    timestamp: int = 0
    deliveryContext: DeliveryContext = DeliveryContext()  # noqa: N815 - LINE's name
    source: Source = Source()
    message: Message = Message()
    postback: PostbackContent = PostbackContent()
    unsend: Unsend = Unsend()
    follow: Follow = Follow()

    @property
    def token_since_ms(self) -> int:
        """The time when the reply token was issued. 0 if LINE redelivered the event, which renews the token."""
        return 0 if self.deliveryContext.isRedelivery else self.timestamp

    @property
    def mentions_us(self) -> bool:
        return any(mentionee.isSelf for mentionee in self.message.mention.mentionees)


def read_event(raw: dict[str, Any]) -> Event:
    """Parse an event. A malformed property counts as missing and does not affect the others."""
    try:
        event = msgspec.convert(raw, Event)
    except msgspec.ValidationError:
        event = msgspec.convert(_fitting(raw, Event), Event)
    # a larger number could not be stored with the reply
    return event if 0 <= event.timestamp <= LATEST_MS else structs.replace(event, timestamp=0)


def _fitting(value: Any, kind: Any) -> Any:
    """Return as much of the value as fits the type, converting a number to an id, and "1" or 1.0 to a number."""
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        parts = {
            field.name: _fitting(value[field.name], field.type) for field in structs.fields(kind) if field.name in value
        }
        return {name: part for name, part in parts.items() if part is not _UNFIT}
    if isinstance(value, list) and get_origin(kind) is tuple:
        return [part for one in value if (part := _fitting(one, get_args(kind)[0])) is not _UNFIT]
    if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if kind is int and isinstance(value, float) and value.is_integer():
        return int(value)
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return _UNFIT
