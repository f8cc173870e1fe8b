"""Decisions on each operation and each event of LINE: covered, a stub, or left out for a reason.

`table` draws the page about it. A test compares it with LINE's SDK, so that a new operation or event is decided on.
"""

import re
from collections.abc import Iterable, Iterator

from flask import Flask

Operation = tuple[str, str]

_LIFF = "LIFF apps need LINE's login"
_MODULE = "modules belong to LINE's marketplace"
_PNP = "notification messages need LINE's approval and phone numbers"
_MEMBERSHIP = "memberships need a shop of LINE's"
_COUPON = "coupons are made in LINE's manager; `coupon` messages are accepted with any ID"
NOT_COVERED: dict[Operation, str] = {
    ("POST", "/liff/v1/apps"): _LIFF,
    ("GET", "/liff/v1/apps"): _LIFF,
    ("PUT", "/liff/v1/apps/{liffId}"): _LIFF,
    ("DELETE", "/liff/v1/apps/{liffId}"): _LIFF,
    ("POST", "/v2/bot/chat/{chatId}/control/acquire"): _MODULE,
    ("POST", "/v2/bot/chat/{chatId}/control/release"): _MODULE,
    ("POST", "/v2/bot/channel/detach"): _MODULE,
    ("GET", "/v2/bot/list"): _MODULE,
    ("POST", "/module/auth/v1/token"): _MODULE,
    ("POST", "/bot/pnp/push"): _PNP,
    ("POST", "/v2/bot/message/pnp/templated/push"): _PNP,
    ("GET", "/v2/bot/message/delivery/pnp"): _PNP,
    ("GET", "/v2/bot/message/delivery/pnp/templated"): _PNP,
    ("GET", "/v2/bot/membership/list"): _MEMBERSHIP,
    ("GET", "/v2/bot/membership/subscription/{userId}"): _MEMBERSHIP,
    ("GET", "/v2/bot/membership/{membershipId}/users/ids"): _MEMBERSHIP,
    ("GET", "/v2/bot/coupon"): _COUPON,
    ("POST", "/v2/bot/coupon"): _COUPON,
    ("GET", "/v2/bot/coupon/{couponId}"): _COUPON,
    ("PUT", "/v2/bot/coupon/{couponId}/close"): _COUPON,
    ("POST", "/shop/v3/mission"): "mission stickers need an agreement with LINE",
    ("POST", "/v2/bot/message/markAsRead"): "closed to new accounts; `chat/markAsRead` has its place",
}
_RAW = "only with `raw`"
EVENTS: dict[str, str] = {
    "message": "`says`, `phone.sticker`, `media`, `images`, `location`",
    "messageEdited": "`phone.edit`, in groups and rooms",
    "unsend": "`phone.unsend`",
    "postback": "`taps`, `postback`",
    "follow": "`phone.follow`",
    "unfollow": "`phone.unfollow`",
    "join": "`groups.join`",
    "leave": "`groups.leave`",
    "memberJoined": "`groups.member_joined`",
    "memberLeft": "`groups.member_left`",
    "accountLink": "`/dialog/bot/accountLink` in the browser, or `phone.account_link`",
    "videoPlayComplete": "`phone.video_complete`",
    **dict.fromkeys(
        ("beacon", "membership", "delivery", "module", "activated", "deactivated", "botSuspended", "botResumed"), _RAW
    ),
}


_LINE_API = {
    "messages",
    "people",
    "channel_tokens",
    "account_link",
    "rich_menu_links",
    "rich_menus",
    "menu_insight",
    "stubs",
}


def answers(app: Flask, operation: Operation) -> str:
    """Return "yes", "stub" or "no" for an operation of LINE's, whose path has names in braces."""
    method, path = operation
    adapter = app.url_map.bind("localhost")
    probe = re.sub(r"\{(\w+)\}", lambda match: "1" if match[1] == "audienceGroupId" else "x", path)
    endpoint = adapter.match(probe, method=method)[0]
    blueprint = str(endpoint).partition(".")[0]
    return "stub" if blueprint == "stubs" else "yes" if blueprint in _LINE_API else "no"


def table(app: Flask, operations: Iterable[Operation]) -> Iterator[str]:
    """Yield the lines of the page, one for each operation and event."""
    yield "| Operation | Answered |"
    yield "|---|---|"
    for method, path in sorted(operations, key=lambda one: (one[1], one[0])):
        answer = answers(app, (method, path))
        reason = {"stub": "stub, behind the switch `stubs`", "no": f"501: {NOT_COVERED.get((method, path), '?')}"}
        yield f"| `{method} {path}` | {reason.get(answer, 'yes')} |"
    yield ""
    yield "| Event | Sent by |"
    yield "|---|---|"
    yield from (f"| `{kind}` | {how} |" for kind, how in sorted(EVENTS.items()))
