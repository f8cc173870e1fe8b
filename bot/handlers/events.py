"""Raw webhook events read leniently: what is new or strange is accepted and has a name."""

from typing import Any, get_args, get_origin

import msgspec
from msgspec import structs

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


class Mentionee(msgspec.Struct, frozen=True):
    """`isSelf` is true where this bot is meant; without an index, nothing can be taken out of the text."""

    index: int = -1
    length: int = 0
    isSelf: bool = False  # noqa: N815 - LINE's name


class Mention(msgspec.Struct, frozen=True):
    """Who is mentioned in a text."""

    mentionees: tuple[Mentionee, ...] = ()


class Message(msgspec.Struct, frozen=True):
    """Any message; `text` only where it is one."""

    id: str = ""
    type: str = ""
    text: str = ""
    mention: Mention = Mention()


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

    @property
    def text_without_mention(self) -> str:
        """The text with the bot's own name taken out; index and length count UTF-16 units."""
        units = self.message.text.encode("utf-16-le")
        for mentionee in sorted(self.message.mention.mentionees, key=lambda one: -one.index):
            if mentionee.isSelf and mentionee.index >= 0 and mentionee.length > 0:
                start, end = mentionee.index * 2, (mentionee.index + mentionee.length) * 2
                units = units[:start] + units[end:]
        return units.decode("utf-16-le", "ignore").strip()


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
