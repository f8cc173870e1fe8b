"""The endpoints about the account itself, profiles, groups and the webhook endpoint."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.chats import Group, User
from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import checked_body, insist, platform, require_shape, watch
from line_emulator.loopback import is_loopback
from line_emulator.rules import Check, values
from line_emulator.rules import requests as rules

api = Blueprint("people", __name__, url_prefix="/v2/bot")
watch(api)
_REASONS = {
    "ok": "OK",
    "request_timeout": "REQUEST_TIMEOUT",
    "could_not_connect": "COULD_NOT_CONNECT",
    "error_status_code": "ERROR_STATUS_CODE",
    "unclassified": "UNCLASSIFIED",
}


@api.get("/info")
def info() -> ResponseReturnValue:
    account = platform().world.account
    chat_mode = "bot" if account.mark_as_read == "auto" else "chat"
    return jsonify(
        {
            "userId": account.id,
            "basicId": account.basic_id,
            "displayName": account.name,
            "chatMode": chat_mode,
            "markAsReadMode": account.mark_as_read,
        }
    )


@api.get("/profile/<user_id>")
def profile(user_id: str) -> ResponseReturnValue:
    """Return the profile of a user who can be reached; 404 for strangers and for users who blocked the account."""
    require_shape(values.user_id, user_id, "userId")
    user = platform().world.users.get(user_id)
    if user is None or not user.reachable:
        raise RefusedError(404, "Not found")
    more = {"language": user.language, "statusMessage": user.status_message}
    return jsonify({**_person(user), **{name: value for name, value in more.items() if value}})


@api.get("/<any(group, room):kind>/<chat_id>/member/<user_id>")
def member(kind: str, chat_id: str, user_id: str) -> ResponseReturnValue:
    require_shape(values.user_id, user_id, "userId")
    group = _joined(kind, chat_id)
    if user_id not in group.members:
        raise RefusedError(404, "Not found")
    return jsonify(_person(platform().world.user(user_id)))


@api.get("/<any(group, room):kind>/<chat_id>/members/count")
def count_members(kind: str, chat_id: str) -> ResponseReturnValue:
    return jsonify({"count": len(_joined(kind, chat_id).members)})


@api.get("/followers/ids")
def follower_ids() -> ResponseReturnValue:
    """Return the users who can be reached, a page at a time. LINE gives them to verified accounts only."""
    users = [user.id for user in platform().world.users.values() if user.reachable]
    return _page_of_ids(users, most=1000)


@api.get("/<any(group, room):kind>/<chat_id>/members/ids")
def member_ids(kind: str, chat_id: str) -> ResponseReturnValue:
    """Return the members, a page at a time. LINE gives them to verified accounts only."""
    answer = _page_of_ids(_joined(kind, chat_id).members, most=100)
    return jsonify({"memberIds": answer.pop("userIds"), **answer})


def _page_of_ids(found: list[str], *, most: int) -> dict[str, Any]:
    """Return a page of IDs; the token of the next page is the place at which it begins."""
    start, limit = request.args.get("start", "0"), request.args.get("limit", str(most))
    if not start.isdecimal() or int(start) > len(found):
        raise RefusedError(400, "Invalid start")
    if not limit.isdecimal() or not 0 < int(limit) <= most:
        raise RefusedError(400, f"limit must be between 1 and {most}")
    end = int(start) + int(limit)
    return {"userIds": found[int(start) : end], **({"next": str(end)} if end < len(found) else {})}


@api.get("/group/<chat_id>/summary")
def summary(chat_id: str) -> ResponseReturnValue:
    group = _joined("group", chat_id)
    return jsonify({"groupId": group.id, "groupName": group.name})


@api.post("/<any(group, room):kind>/<chat_id>/leave")
def leave(kind: str, chat_id: str) -> ResponseReturnValue:
    _joined(kind, chat_id)
    platform().groups.bot_leaves(chat_id)
    return jsonify({})


def _person(user: User) -> dict[str, str]:
    picture = {"pictureUrl": user.picture_url} if user.picture_url else {}
    return {"userId": user.id, "displayName": user.name, **picture}


def _joined(kind: str, chat_id: str) -> Group:
    require_shape(values.group_id if kind == "group" else values.room_id, chat_id, f"{kind}Id")
    group = platform().world.groups.get(chat_id)
    if group is None or group.kind != kind or not group.bot_in:
        raise RefusedError(404, "Not found")
    return group


@api.get("/channel/webhook/endpoint")
def get_endpoint() -> ResponseReturnValue:
    url = platform().webhooks.url
    if not url:
        raise RefusedError(404, "Not found")
    return jsonify({"endpoint": url, "active": not platform().control.now.webhook_off})


@api.put("/channel/webhook/endpoint")
def set_endpoint() -> ResponseReturnValue:
    platform().webhooks.url = _endpoint(rules.set_endpoint, rules.local_set_endpoint)["endpoint"]
    return jsonify({})


@api.post("/channel/webhook/test")
def test_endpoint() -> ResponseReturnValue:
    """Send an empty list of events, like the Verify button, and return the result."""
    url = _endpoint(rules.test_endpoint, rules.local_test_endpoint).get("endpoint")
    if not url and not platform().webhooks.url:
        raise RefusedError(404, "Not found")
    timestamp = platform().clock.iso()
    delivery = platform().webhooks.verify(url)
    return jsonify(
        {
            "success": delivery.outcome == "ok",
            "timestamp": timestamp,
            "statusCode": delivery.status or 0,
            "reason": _REASONS[delivery.outcome],
            "detail": str(delivery.status or delivery.detail),
        }
    )


def _endpoint(strict: Check, local: Check) -> dict[str, Any]:
    """Return the body. Its URL must be https, as LINE requires, unless it leads to this machine."""
    body: dict[str, Any] = checked_body(local) if request.get_data() or request.method == "PUT" else {}
    if body and not is_loopback(urlsplit(body.get("endpoint", "")).hostname):
        insist(strict, body)
    return body
