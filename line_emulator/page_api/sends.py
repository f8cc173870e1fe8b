"""The kinds of `/_/send`: each body is validated strictly and passed to the phone."""

import base64
import binascii
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from line_emulator.page_api.auth import BadRequestError, Body
from line_emulator.phone import PIXEL, ActionResult, MediaKind
from line_emulator.platform import Platform


class Act(Body):
    """The fields of every action: the user and the chat."""

    kind: str
    user: str = ""
    chat: str | None = None


class Text(Act):
    """A typed text."""

    text: Annotated[str, Field(min_length=1, max_length=10_000)]
    mention_bot: bool = False
    mentions: Annotated[Sequence[str], Field(max_length=20)] = ()
    emoji: Annotated[Sequence[str], Field(max_length=20)] = ()
    quote: str | None = None


class Sticker(Act):
    """A sticker."""

    package: str = "446"
    sticker: str = "1988"


class Media(Act):
    """A picture, a video or a voice message."""

    kind: Literal["image", "video", "audio"]
    data: str | None = None
    mime: str | None = None


class File(Act):
    """A file."""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    data: str | None = None


class Location(Act):
    """A location."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]
    title: str = ""
    address: str = ""


class Postback(Act):
    """A postback without a button."""

    data: str
    params: dict[str, Any] | None = None
    display_text: str | None = None


class Unsend(Act):
    """The unsending of a message."""

    message: str


class Edit(Unsend):
    """The new text of a message."""

    text: Annotated[str, Field(min_length=1, max_length=10_000)]


class Link(Act):
    """The end of an account's linking."""

    nonce: Annotated[str, Field(min_length=1, max_length=255)]
    ok: bool = True


class Images(Act):
    """Several pictures at once."""

    count: Annotated[int, Field(ge=2, le=20)] = 2


class InGroup(Act):
    """An action of or in a group."""

    chat: str


class Raw(Act):
    """Any event."""

    event: dict[str, Any]


def _text(part: Platform, act: Text) -> ActionResult:
    says = partial(part.phone.says, mention_bot=act.mention_bot, mentions=act.mentions, emoji=act.emoji)
    return says(act.user, act.text, chat=act.chat, quote=act.quote)


def _sticker(part: Platform, act: Sticker) -> ActionResult:
    return part.phone.sticker(act.user, act.package, act.sticker, chat=act.chat)


def _media(part: Platform, act: Media) -> ActionResult:
    kind: MediaKind = act.kind
    return part.phone.media(act.user, kind, _bytes(act.data), mime=act.mime, chat=act.chat)


def _file(part: Platform, act: File) -> ActionResult:
    return part.phone.media(act.user, "file", _bytes(act.data), name=act.name, chat=act.chat)


def _location(part: Platform, act: Location) -> ActionResult:
    where = (act.latitude, act.longitude)
    return part.phone.location(act.user, *where, title=act.title, address=act.address, chat=act.chat)


def _postback(part: Platform, act: Postback) -> ActionResult:
    shown = act.display_text
    return part.phone.postback(act.user, act.data, params=act.params, display_text=shown, chat=act.chat)


def _group(part: Platform, act: InGroup) -> ActionResult:
    if act.kind == "join":
        return part.groups.join(act.chat, act.user or None)
    if act.kind == "leave":
        return part.groups.leave(act.chat)
    change = part.groups.member_joined if act.kind == "member_joined" else part.groups.member_left
    return change(act.chat, act.user)


def _bytes(data: str | None) -> bytes:
    try:
        return PIXEL if data is None else base64.b64decode(data, validate=True)
    except binascii.Error:
        raise BadRequestError(400, "data must be base64") from None


_KINDS: dict[str, tuple[type[Act], Callable[[Platform, Any], ActionResult]]] = {
    "text": (Text, _text),
    "sticker": (Sticker, _sticker),
    **dict.fromkeys(("image", "video", "audio"), (Media, _media)),
    "file": (File, _file),
    "location": (Location, _location),
    "postback": (Postback, _postback),
    "follow": (Act, lambda part, act: part.phone.follow(act.user)),
    "unfollow": (Act, lambda part, act: part.phone.unfollow(act.user)),
    "unsend": (Unsend, lambda part, act: part.phone.unsend(act.user, act.message)),
    "edit": (Edit, lambda part, act: part.phone.edit(act.user, act.message, act.text)),
    "account_link": (Link, lambda part, act: part.phone.account_link(act.user, act.nonce, ok=act.ok)),
    "video_complete": (Unsend, lambda part, act: part.phone.video_complete(act.user, act.message)),
    "images": (Images, lambda part, act: part.phone.images(act.user, act.count, chat=act.chat)[-1]),
    **dict.fromkeys(("join", "leave", "member_joined", "member_left"), (InGroup, _group)),
    "raw": (Raw, lambda part, act: part.phone.raw(act.user, act.event, chat=act.chat)),
}


def send_body(part: Platform, sent: dict[str, Any]) -> ActionResult:
    """Do what the body of `/_/send` asks for."""
    kind = sent.get("kind")
    if not isinstance(kind, str) or kind not in _KINDS:
        raise BadRequestError(400, f"kind must be one of {', '.join(_KINDS)}")
    model, act = _KINDS[kind]
    return act(part, model.model_validate(sent))
