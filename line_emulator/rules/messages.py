"""Message objects, and the list of them in a request."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from line_emulator.rules import text_messages, values
from line_emulator.rules.actions import in_quick_reply
from line_emulator.rules.checks import Check, Problem, items, number, record, shaped, tagged, text, whole
from line_emulator.rules.flex import container
from line_emulator.rules.imagemaps import imagemap
from line_emulator.rules.templates import template

_TRACKING = shaped(r"[A-Za-z0-9\-.=,+*()%$&;:@{}!?<>\[\]]{1,100}", "1 to 100 of the permitted characters")
_not_in_groups = shaped(r"(?!)", "left out: trackingId is not for groups and rooms")


_THE_WORD = re.compile(r"(?<![a-z])line(?![a-z])")


def _no_reserved_word(value: Any, at: str) -> Iterator[Problem]:
    name = unicodedata.normalize("NFKC", value.get("name", "")).casefold()
    if "line" in name:
        inside_another = not _THE_WORD.search(name)
        yield Problem(f"{at}/name", "must not contain the word LINE", tolerated=inside_another)


_sender = record(optional={"name": text(most=20), "iconUrl": values.media}, rules=(_no_reserved_word,))
_item = tagged({"action": record(required={"action": in_quick_reply}, optional={"imageUrl": values.media})}, "item")
_quick_reply = record(required={"items": items(_item, least=1, most=13)})
_COMMON = {"quickReply": _quick_reply, "sender": _sender}


def _message(
    *, required: dict[str, Check], optional: dict[str, Check] | None = None, rules: tuple[Check, ...] = ()
) -> Check:
    return record(required=required, optional={**_COMMON, **(optional or {})}, rules=rules)


@cache
def _kinds(*, to_group: bool | None) -> Check:
    """Return every kind of message, for a chat with one user, with several, or (None) unknown."""
    pictures: dict[str, Check] = {"originalContentUrl": values.media, "previewImageUrl": values.media}
    place: dict[str, Check] = {"title": text(most=100), "address": text(most=100)}
    place |= {"latitude": number(least=-90, most=90), "longitude": number(least=-180, most=180)}
    sticker: dict[str, Check] = {"packageId": values.digits, "stickerId": values.digits}
    coupon = {"couponId": values.token}
    tag: dict[str, Check] = {"deliveryTag": shaped(r"[0-9A-Za-z_]{1,30}", "1 to 30 of 0-9A-Za-z_")}
    tracking = _not_in_groups if to_group else _TRACKING
    return tagged(
        {
            "text": _message(**text_messages.plain),
            "textV2": _message(**text_messages.with_substitutes(mentions=to_group is not False)),
            "sticker": _message(required=sticker, optional={"quoteToken": values.token}),
            "image": _message(required=pictures),
            "video": _message(required=pictures, optional={"trackingId": tracking}),
            "audio": _message(required={"originalContentUrl": values.media, "duration": whole(least=1)}),
            "location": _message(required=place),
            "coupon": _message(required=coupon, optional=tag),
            "imagemap": _message(**imagemap),
            "template": _message(required={"altText": values.alternative_text, "template": template}),
            "flex": _message(required={"altText": values.alternative_text, "contents": container}),
        },
        "message",
    )


def _quick_replies_last(messages: list[Any], at: str) -> Iterator[Problem]:
    for index, message in enumerate(messages[:-1]):
        if isinstance(message, dict) and "quickReply" in message:
            # LINE accepts this but shows no buttons.
            yield Problem(f"{at}/{index}/quickReply", "is shown on the last message only", tolerated=True)


def messages_check(*, to_group: bool | None = None) -> Check:
    """Return the check of a request's `messages`; `to_group` decides on mentions and tracking."""
    each = items(_kinds(to_group=to_group), least=1, most=5)

    def check(value: Any, at: str) -> Iterator[Problem]:
        yield from each(value, at)
        if isinstance(value, list):
            yield from _quick_replies_last(value, at)

    return check
