"""The endpoints that send or validate messages, and others about messages."""

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.contents import served_mime
from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import RETRY_KEY, checked_body, json_body, platform, require_shape, watch
from line_emulator.rules import requests as rules
from line_emulator.rules import values
from line_emulator.world import UnknownError

api = Blueprint("messages", __name__, url_prefix="/v2/bot")
watch(api)


@api.post("/message/reply")
def reply() -> ResponseReturnValue:
    return jsonify(platform().sending.reply(json_body()))


@api.post("/message/push")
def push() -> ResponseReturnValue:
    key = request.headers.get(RETRY_KEY)
    return jsonify(platform().sending.push(json_body(), raw=request.get_data(), key=key, request_id=g.request_id))


@api.post("/message/multicast")
def multicast() -> ResponseReturnValue:
    key = request.headers.get(RETRY_KEY)
    return jsonify(platform().sending.multicast(json_body(), raw=request.get_data(), key=key, request_id=g.request_id))


@api.post("/message/broadcast")
def broadcast() -> ResponseReturnValue:
    key = request.headers.get(RETRY_KEY)
    return jsonify(platform().sending.broadcast(json_body(), raw=request.get_data(), key=key, request_id=g.request_id))


@api.post("/message/validate/<any(reply, push, multicast, narrowcast, broadcast):kind>")
def validate(kind: str) -> ResponseReturnValue:
    checked_body(rules.send_check(f"validate/{kind}"))
    return jsonify({})


@api.post("/chat/loading/start")
def start_loading() -> ResponseReturnValue:
    """Show the indicator until a message arrives or its time is over."""
    body = checked_body(rules.loading)
    world = platform().world
    if body["chatId"] not in world.users:
        raise RefusedError(400, "There is no such user")
    with world.feed.lock:
        chat = world.chat(body["chatId"])
        chat.loading_until = world.clock.ms() + 1000 * int(body.get("loadingSeconds", 20))
        world.feed.publish("loading", chat.id)
    return jsonify({}), 202


@api.post("/chat/markAsRead")
def mark_as_read() -> ResponseReturnValue:
    token = checked_body(rules.mark_as_read)["markAsReadToken"]
    known = platform().world.read_tokens.get(token)
    if known is None:
        raise RefusedError(400, "Invalid mark as read token")
    platform().world.read_up_to(*known)
    return jsonify({})


@api.get("/message/quota")
def quota() -> ResponseReturnValue:
    limit = platform().control.now.monthly_limit
    return jsonify({"type": "none"} if limit is None else {"type": "limited", "value": limit})


@api.get("/message/quota/consumption")
def consumption() -> ResponseReturnValue:
    return jsonify({"totalUsage": platform().sending.used})


@api.get("/message/<message_id>/content")
def content(message_id: str) -> ResponseReturnValue:
    """Return the content that a user sent; 410 once it is unsent."""
    mime, data = _content_of(message_id)
    return Response(data, mimetype=served_mime(mime))


@api.get("/message/<message_id>/content/preview")
def preview(message_id: str) -> ResponseReturnValue:
    """Return a picture or a video as its own preview; 400 for others, which have none."""
    mime, data = _content_of(message_id)
    if not mime.startswith(("image/", "video/")):
        raise RefusedError(400, "Only images and videos have a preview")
    return Response(data, mimetype=served_mime(mime))


@api.get("/message/<message_id>/content/transcoding")
def transcoding(message_id: str) -> ResponseReturnValue:
    """Return the state of a video or a voice message; 400 for others, which are not transcoded."""
    mime, _ = _content_of(message_id)
    if not mime.startswith(("video/", "audio/")):
        raise RefusedError(400, "Transcoding is for video and audio only")
    return jsonify({"status": "succeeded"})


def _content_of(message_id: str) -> tuple[str, bytes]:
    """Return media type and bytes; 400 for an impossible ID, 404 for a message without content, 410 once unsent."""
    require_shape(values.digits, message_id, "messageId")
    world = platform().world
    try:
        _, entry = world.find(message_id)
    except UnknownError:
        raise RefusedError(404, "Not found") from None
    if entry.unsent:
        raise RefusedError(410, "Gone")
    if message_id not in world.contents:
        raise RefusedError(404, "Not found")
    return world.contents[message_id]
