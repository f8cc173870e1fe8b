"""Narrowcast, audiences and statistics as plausible stubs, behind the switch `stubs`.

Nobody is selected by a filter here and nothing is counted, so a bot can be tried out with them, but not judged by them.
"""

from typing import Any

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.chats import Json
from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import RETRY_KEY, json_body, platform, watch

api = Blueprint("stubs", __name__, url_prefix="/v2/bot")
watch(api)
_AUDIENCE = "/audienceGroup/<int:group_id>"
_READY: dict[str, Json] = {
    "followers": {"status": "ready", "followers": 100, "targetedReaches": 90, "blocks": 10},
    "delivery": {"status": "ready", "broadcast": 0, "targeting": 0, "apiBroadcast": 0, "apiPush": 0},
    "demographic": {"available": False},
    "event": {"overview": {"requestId": "", "timestamp": 0, "delivered": 0}, "messages": [], "clicks": []},
    "aggregation": {"overview": {}, "messages": [], "clicks": []},
}


@api.before_request
def _only_if_switched_on() -> None:
    if not platform().control.now.stubs:
        raise RefusedError(501, "Only a stub, which is off: switch on `stubs`, and read what it is worth")


@api.post("/message/narrowcast")
def narrowcast() -> ResponseReturnValue:
    """Send to every friend. Recipients and filters are ignored."""
    part = platform()
    key = request.headers.get(RETRY_KEY)
    sent = {"raw": request.get_data(), "key": key, "request_id": g.request_id}
    part.sending.broadcast(json_body(), **sent, kind="narrowcast")
    friends = sum(1 for user in part.world.users.values() if user.reachable)
    now = part.clock.iso()
    part.narrowcasts[g.request_id] = {
        "phase": "succeeded",
        "successCount": friends,
        "failureCount": 0,
        "targetCount": friends,
        "acceptedTime": now,
        "completedTime": now,
    }
    return jsonify({}), 202


@api.get("/message/progress/narrowcast")
def narrowcast_progress() -> ResponseReturnValue:
    found = platform().narrowcasts.get(request.args.get("requestId", ""))
    if found is None:
        raise RefusedError(404, "Not found")
    return jsonify(found)


@api.get("/message/delivery/<any(reply, push, multicast, broadcast):kind>")
def deliveries(kind: str) -> ResponseReturnValue:
    """Return how many calls of the kind were recorded. The day is ignored."""
    path = f"/v2/bot/message/{kind}"
    return jsonify({"status": "ready", "success": sum(1 for one in platform().records.calls if one.path == path)})


@api.get("/message/aggregation/info")
def aggregation_usage() -> ResponseReturnValue:
    return jsonify({"numOfCustomAggregationUnits": 0})


@api.get("/message/aggregation/list")
def aggregation_names() -> ResponseReturnValue:
    return jsonify({"customAggregationUnits": []})


@api.get("/insight/<any(followers, demographic):kind>")
@api.get("/insight/message/<any(delivery, event):kind>")
@api.get("/insight/message/event/<any(aggregation):kind>")
def insight(kind: str) -> ResponseReturnValue:
    return jsonify(_READY[kind])


@api.post("/audienceGroup/<any(upload, click, imp):kind>")
@api.post("/audienceGroup/upload/<any(byFile):kind>")
def create_audience(kind: str) -> ResponseReturnValue:
    wanted = request.form if kind == "byFile" else _object()
    name = wanted.get("description")
    if not isinstance(name, str) or not 0 < len(name) <= 120:
        raise RefusedError(400, "size must be between 1 and 120", details=[{"message": "", "property": "description"}])
    return jsonify(_add_audience(kind, name, wanted)), 202


def _add_audience(kind: str, name: str, wanted: Any) -> Json:
    audiences = platform().audiences
    group_id = 1_000_000_000_000 + len(audiences) + 1
    made = {
        "audienceGroupId": group_id,
        "createRoute": "MESSAGING_API",
        "type": {"click": "CLICK", "imp": "IMP"}.get(kind, "UPLOAD"),
        "description": name,
        "created": int(platform().clock.seconds()),
        "status": "READY",
        "audienceCount": len(wanted.get("audiences") or []),
        "isIfaAudience": False,
        "permission": "READ_WRITE",
    }
    audiences[group_id] = made
    return made


@api.put("/audienceGroup/<any(upload):kind>")
@api.put("/audienceGroup/upload/<any(byFile):kind>")
def add_to_audience(kind: str) -> ResponseReturnValue:
    wanted: Any = request.form if kind == "byFile" else _object()
    group = _audience(int(wanted.get("audienceGroupId", 0)))
    group["audienceCount"] += len(wanted.get("audiences") or [])
    return jsonify({}), 202


@api.get(_AUDIENCE)
@api.get("/audienceGroup/shared/<int:group_id>")
def get_audience(group_id: int) -> ResponseReturnValue:
    return jsonify({"audienceGroup": _audience(group_id), "jobs": []})


@api.get("/audienceGroup/list")
@api.get("/audienceGroup/shared/list")
def list_audiences() -> ResponseReturnValue:
    """Return all audiences on one page."""
    found = list(platform().audiences.values())
    counts = {"totalCount": len(found), "readWriteAudienceGroupTotalCount": len(found), "page": 1, "size": 20}
    return jsonify({"audienceGroups": found, "hasNextPage": False, **counts})


@api.put(f"{_AUDIENCE}/updateDescription")
def describe_audience(group_id: int) -> ResponseReturnValue:
    _audience(group_id)["description"] = _object().get("description", "")
    return jsonify({})


@api.delete(_AUDIENCE)
def delete_audience(group_id: int) -> ResponseReturnValue:
    _audience(group_id)
    del platform().audiences[group_id]
    return jsonify({}), 202


def _audience(group_id: int) -> Json:
    if group_id not in platform().audiences:
        raise RefusedError(404, "Audience group not found")
    return platform().audiences[group_id]


def _object() -> Json:
    sent = json_body()
    if not isinstance(sent, dict):
        raise RefusedError(400, "The request body must be an object")
    return sent
