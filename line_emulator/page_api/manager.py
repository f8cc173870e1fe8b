"""The endpoints of the manager's view: the chats with their read marks, and a reply by a person."""

from typing import Annotated

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from line_emulator.line_api.guard import platform
from line_emulator.manager import Manager
from line_emulator.page_api.auth import Body, body, watch

api = Blueprint("page_manager", __name__, url_prefix="/_")
watch(api)


class ManagerReply(Body):
    """The body of a reply by a person."""

    user: str
    text: Annotated[str, Field(min_length=1, max_length=5000)]


@api.get("/manager")
def chats() -> ResponseReturnValue:
    """Return all users; with `user`, also the entries of that user's chat."""
    manager, user = Manager(platform().world), request.args.get("user")
    return jsonify({"people": manager.people(), "entries": manager.entries(user) if user else []})


@api.post("/manager/reply")
def reply() -> ResponseReturnValue:
    wanted = ManagerReply.model_validate(body())
    Manager(platform().world).reply(wanted.user, wanted.text)
    return jsonify({})
