"""The endpoints that change something: users' actions, switches, and one-time actions."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import Field

from line_emulator.line_api.guard import platform
from line_emulator.page_api import views
from line_emulator.page_api.auth import BadRequestError, Body, body, watch
from line_emulator.page_api.sends import send_body
from line_emulator.phone import ActionResult
from line_emulator.records import Delivery
from line_emulator.taps import Tap

api = Blueprint("page_acts", __name__, url_prefix="/_")
watch(api)
Name = Annotated[str, Field(min_length=1, max_length=100)]


class NewUser(Body):
    """The body that creates a user."""

    name: Name
    id: Annotated[str, Field(pattern=r"^U[0-9a-f]{32}$")] | None = None
    follows: bool = True


class NewGroup(Body):
    """The body that creates a group or a multi-person chat."""

    name: Name
    kind: Literal["group", "room"] = "group"
    members: list[str]
    invite: bool = True


class Seen(Body):
    """The body that says which user has which chat open."""

    user: str
    chat: str | None = None


class TapBody(Body):
    """The body that names the button to tap."""

    user: str
    chat: str | None = None
    entry: str | None = None
    action: dict[str, Any] | None = None
    label: str | None = None
    params: dict[str, Any] | None = None


class Once(Body):
    """The body that asks for a one-time action."""

    what: Literal["redeliver", "twice", "release", "expire_tokens", "verify"]
    user: str | None = None


class Clear(Body):
    """The body that says which records to delete."""

    what: Literal["all", "chats", "records"] = "all"


@api.post("/users")
def new_user() -> ResponseReturnValue:
    wanted = NewUser.model_validate(body())
    if wanted.id in platform().world.users:
        raise BadRequestError(409, "there is such a user")
    user = platform().world.new_user(wanted.name, wanted.id)
    if wanted.follows:
        platform().phone.follow(user.id)
    return jsonify({"user": views.user_view(platform(), user)}), 201


@api.post("/groups")
def new_group() -> ResponseReturnValue:
    wanted = NewGroup.model_validate(body())
    group = platform().world.new_group(wanted.name, wanted.members, wanted.kind)
    if wanted.invite:
        platform().groups.join(group.id, wanted.members[0] if wanted.members else None)
    viewer = wanted.members[0] if wanted.members else ""
    return jsonify({"group": views.group_view(platform(), group, viewer)}), 201


@api.post("/seen")
def seen() -> ResponseReturnValue:
    who = Seen.model_validate(body())
    platform().world.seen(platform().world.user(who.user).id, who.chat or who.user)
    return jsonify({})


@api.post("/send")
def send() -> ResponseReturnValue:
    return jsonify(_done(send_body(platform(), body())))


@api.post("/tap")
def tap() -> ResponseReturnValue:
    wanted = TapBody.model_validate(body())
    taps = platform().taps
    if (wanted.action is None) is (wanted.label is None):
        raise BadRequestError(400, "either action or label must be given")
    if wanted.label is not None:
        done = taps.by_label(wanted.user, wanted.label, chat=wanted.chat, params=wanted.params)
    else:
        action = wanted.action or {}
        done = taps.by_action(wanted.user, action, chat=wanted.chat, entry=wanted.entry, params=wanted.params)
    return jsonify({"did": done.did, "action": done.action, **_done(done)})


def _done(done: ActionResult | Tap) -> dict[str, Any]:
    entry = None
    if done.entry:
        chat, _ = platform().world.find(done.entry.id)
        entry = views.entry_view(chat, chat.index(done.entry.id) or 0, done.entry.user or "")
    return {"entry": entry, "delivery": views.delivery_view(done.delivery)}


@api.get("/control")
def get_control() -> ResponseReturnValue:
    return jsonify(platform().control.now.model_dump())


@api.post("/control")
def set_control() -> ResponseReturnValue:
    switches = platform().control.set(**body())
    platform().world.feed.publish("control")
    return jsonify(switches.model_dump())


@api.post("/do")
def do() -> ResponseReturnValue:
    wanted = Once.model_validate(body())
    webhooks = platform().webhooks
    acts: dict[str, Callable[[], Delivery | None]] = {
        "redeliver": lambda: webhooks.redeliver(wanted.user),
        "twice": lambda: webhooks.twice(wanted.user),
        "release": webhooks.release,
        "expire_tokens": platform().tokens.expire_all,
        "verify": webhooks.verify,
    }
    return jsonify({"delivery": views.delivery_view(acts[wanted.what]())})


@api.post("/clear")
def clear() -> ResponseReturnValue:
    what = Clear.model_validate(body()).what
    part = platform()
    if what in ("all", "chats"):
        part.world.clear_chats()
    if what in ("all", "records"):
        part.records.clear()
    if what == "all":
        part.control.reset()
        part.webhooks.drop_held()
    part.world.feed.publish("control")
    return jsonify({})
