"""Raw webhook events read leniently: what is new or strange is accepted and has a name."""

from typing import Any, get_args, get_origin

import msgspec
from msgspec import structs

from bot.text.incoming import typed_text, without_spans

_UNFIT = object()


# What is not named here is left out: LINE may add properties and kinds at any time (line: "Development guidelines").
class Source(msgspec.Struct, frozen=True):
    """Where it happened; `userId` may be absent outside 1:1."""

    type: str = ""
    userId: str = ""  # noqa: N815 - LINE's name
    groupId: str = ""  # noqa: N815 - LINE's name
    roomId: str = ""  # noqa: N815 - LINE's name

    @property
    def chat(self) -> str:
        """Where an answer goes."""
        return self.groupId or self.roomId or self.userId

    @property
    def private(self) -> bool:
        return not (self.groupId or self.roomId)


class Emoji(msgspec.Struct, frozen=True):
    """The place of a LINE emoji in the text, which holds some words in brackets there; counted in UTF-16 units."""

    index: int = -1
    length: int = 0


class Mentionee(msgspec.Struct, frozen=True):
    """`isSelf` is true if this bot is meant; without an index, nothing can be taken out of the text."""

    index: int = -1
    length: int = 0
    isSelf: bool = False  # noqa: N815 - LINE's name


class Mention(msgspec.Struct, frozen=True):
    """Who is mentioned in a text."""

    mentionees: tuple[Mentionee, ...] = ()


class Message(msgspec.Struct, frozen=True):
    """Any message; `text` only if it is one, as it came.

    `typed` is what its writer typed: without LINE emoji and mentions. Everything reads that, and nothing else.
    """

    id: str = ""
    type: str = ""
    text: str = ""
    emojis: tuple[Emoji, ...] = ()
    mention: Mention = Mention()

    @property
    def typed(self) -> str:
        """The text without LINE emoji and without anybody's name in a mention."""
        mentions = [(one.index, one.length) for one in self.mention.mentionees]
        return typed_text(self.text, emoji=[(one.index, one.length) for one in self.emojis], mentions=mentions)

    @property
    def only_emoji(self) -> bool:
        """Whether it holds LINE emoji and nothing else that its writer typed."""
        mentions = [(one.index, one.length) for one in self.mention.mentionees]
        return not self.typed.strip() and bool(without_spans(self.text, mentions).strip())


class PostbackContent(msgspec.Struct, frozen=True):
    """A tap; `params` from the date picker or a tab switch."""

    data: str = ""
    params: dict[str, Any] = {}


class Unsend(msgspec.Struct, frozen=True):
    """The message that its sender took back."""

    messageId: str = ""  # noqa: N815 - LINE's name


class Follow(msgspec.Struct, frozen=True):
    """`isUnblocked` is not fully reliable, by LINE's own note."""

    isUnblocked: bool = False  # noqa: N815 - LINE's name


class DeliveryContext(msgspec.Struct, frozen=True):
    """Whether LINE has sent the event before."""

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
        """When its reply token began to live; 0 where it was delivered again, which gives the token a new life."""
        return 0 if self.deliveryContext.isRedelivery else self.timestamp

    @property
    def mentions_us(self) -> bool:
        return any(mentionee.isSelf for mentionee in self.message.mention.mentionees)


def read_event(raw: dict[str, Any]) -> Event:
    """As much as can be read: what has a wrong shape counts as not there, and costs nothing else."""
    try:
        return msgspec.convert(raw, Event)
    except msgspec.ValidationError:
        return msgspec.convert(_fitting(raw, Event), Event)


def _fitting(value: Any, kind: Any) -> Any:
    """As much of the value as is of that kind, or stands for it: a number for an id, "1" or 1.0 for a number."""
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
