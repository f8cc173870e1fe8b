"""The endpoints that read: the state, the panel, stored bytes, and the stream of changes."""

import json
from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.change_feed import EVERY_KIND, Change
from line_emulator.contents import served_mime
from line_emulator.line_api.guard import platform
from line_emulator.page_api import views
from line_emulator.page_api.auth import BadRequestError, watch
from line_emulator.platform import Platform
from line_emulator.world import UnknownError

api = Blueprint("page_state", __name__, url_prefix="/_")
watch(api)


@api.get("/users")
def get_users() -> ResponseReturnValue:
    return jsonify(views.users(platform()))


@api.get("/state")
def get_state() -> ResponseReturnValue:
    return jsonify(views.state(platform(), request.args.get("user"), request.args.get("chat")))


@api.get("/panel")
def get_panel() -> ResponseReturnValue:
    limit = request.args.get("limit", "50")
    if not limit.isdecimal() or not 0 < int(limit) <= 1000:
        raise BadRequestError(400, "limit must be from 1 to 1000")
    return jsonify(views.panel(platform(), request.args.get("user"), int(limit)))


@api.get("/events")
def get_events() -> ResponseReturnValue:
    """Stream server-sent events. The first one names every kind, so that no earlier change is missed."""
    user = request.args.get("user")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(_stream(platform(), user), mimetype="text/event-stream", headers=headers)


def _stream(part: Platform, user: str | None) -> Iterator[str]:
    feed = part.world.feed
    version = feed.version
    yield _event(version, list(EVERY_KIND), user)
    while True:
        changes = feed.after(version, part.heartbeat)
        if feed.closed:
            return
        if not changes:
            yield ": still here\n\n"
            continue
        version = changes[-1].version
        wanted = [change for change in changes if _concerns(part, change, user)]
        for chat in dict.fromkeys(change.chat for change in wanted):
            kinds = list(dict.fromkeys(change.what for change in wanted if change.chat == chat))
            yield _event(version, kinds, chat)


def _event(version: int, what: list[str], chat: str | None) -> str:
    data = json.dumps({"version": version, "what": what, "user": chat})
    return f"id: {version}\nevent: change\ndata: {data}\n\n"


def _concerns(part: Platform, change: Change, user: str | None) -> bool:
    if user is None or change.chat in (None, user):
        return True
    group = part.world.groups.get(change.chat or "")
    return group is not None and user in group.members


@api.get("/richmenu/<menu_id>/image")
def menu_image(menu_id: str) -> ResponseReturnValue:
    if menu_id not in platform().menus.images:
        raise UnknownError("no image")
    mime, data = platform().menus.images[menu_id]
    return Response(data, mimetype=mime, headers={"Cache-Control": "private, max-age=3600"})


@api.get("/content/<message_id>")
def content(message_id: str) -> ResponseReturnValue:
    if message_id not in platform().world.contents:
        raise UnknownError("no content")
    mime, data = platform().world.contents[message_id]
    return Response(data, mimetype=served_mime(mime))


@api.get("/gallery.json")
def gallery() -> ResponseReturnValue:
    provider = platform().gallery
    if provider is None:
        raise UnknownError("no gallery")
    return jsonify(provider())
