"""Raw webhook events read leniently: what is new or strange is accepted and has a name."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

SourceKind = Literal["user", "group", "room"]


class _Loose(BaseModel):
    """LINE may add properties and kinds at any time (line: "Development guidelines")."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Source(_Loose):
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


class Mentionee(_Loose):
    """`isSelf` is true where this bot is meant; without an index, nothing can be taken out of the text."""

    index: int = -1
    length: int = 0
    isSelf: bool = False  # noqa: N815 - LINE's name


class Mention(_Loose):
    """Who is mentioned in a text."""

    mentionees: tuple[Mentionee, ...] = ()


class Message(_Loose):
    """Any message; `text` only where it is one."""

    id: str = ""
    type: str = ""
    text: str = ""
    mention: Mention = Mention()


class PostbackContent(_Loose):
    """A tap; `params` from the date picker or a tab switch."""

    data: str = ""
    params: dict[str, Any] = {}


class Unsend(_Loose):
    """The message that its sender took back."""

    messageId: str = ""  # noqa: N815 - LINE's name


class Follow(_Loose):
    """`isUnblocked` is not fully reliable, by LINE's own note."""

    isUnblocked: bool = False  # noqa: N815 - LINE's name


class DeliveryContext(_Loose):
    """Whether LINE has sent the event before."""

    isRedelivery: bool = False  # noqa: N815 - LINE's name


class Event(_Loose):
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
    while True:
        try:
            return Event.model_validate(raw)
        except ValidationError as error:
            # the last first: what is taken out of a list moves what stands behind it
            for found in reversed(error.errors(include_url=False, include_context=False, include_input=False)):
                raw = _without(raw, found["loc"])


def _without(value: Any, place: Sequence[int | str]) -> Any:
    key, *rest = place
    left = value.copy()
    if rest:
        left[key] = _without(left[key], rest)
    else:
        del left[key]
    return left
