"""The endpoints that tests in other languages need: wait, move time, start afresh, and read what happened as text."""

from typing import Annotated

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from line_emulator.chats import Entry
from line_emulator.line_api.guard import platform
from line_emulator.listening import takes_connections
from line_emulator.page_api import views
from line_emulator.page_api.auth import BadRequestError, Body, body, watch
from line_emulator.transcripts import conversation, story

api = Blueprint("page_testing", __name__, url_prefix="/_")
watch(api)


class Wait(Body):
    """The body that says what to wait for: so many answers, one of which contains the text."""

    user: str
    chat: str | None = None
    count: Annotated[int, Field(ge=1, le=100)] = 1
    text: str = ""
    timeout: Annotated[float, Field(gt=0, le=60)] = 5


class Advance(Body):
    """The body that says how far to put the clock forward."""

    seconds: Annotated[float, Field(gt=0, le=100_000_000)]


@api.post("/wait")
def wait() -> ResponseReturnValue:
    """Return the bot's messages since the user's last action once there are enough; 408 with the story if not."""
    wanted = Wait.model_validate(body())
    part = platform()
    place = part.world.chat(wanted.chat or wanted.user)

    def answers() -> list[tuple[int, Entry]]:
        return [
            (index, entry) for index, entry in enumerate(place.entries) if index >= place.mark and entry.by == "bot"
        ]

    def met() -> bool:
        found = answers()
        return len(found) >= wanted.count and any(wanted.text in entry.text for _, entry in found)

    if not part.world.feed.wait_until(met, wanted.timeout):
        raise BadRequestError(
            408, f"the bot has not answered that; so far:\n{story(part.records.deliveries, part.records.calls)}"
        )
    with part.world.feed.lock:
        return jsonify({"entries": [views.entry_view(place, index, wanted.user) for index, _ in answers()]})


@api.get("/ready")
def ready() -> ResponseReturnValue:
    """Answer 503 until the bot takes connections, so that a script knows when its test may start."""
    url = platform().webhooks.url
    if not takes_connections(url):
        raise BadRequestError(503, f"nothing takes connections at {url} yet")
    return jsonify({})


@api.post("/advance")
def advance() -> ResponseReturnValue:
    platform().advance(Advance.model_validate(body()).seconds)
    return jsonify({})


@api.post("/reset")
def reset() -> ResponseReturnValue:
    platform().reset()
    return jsonify({})


@api.get("/conversation")
def get_conversation() -> ResponseReturnValue:
    """Return a chat as text without the ids, tokens and times of this run."""
    part = platform()
    with part.world.feed.lock:
        chat = part.world.chat(request.args.get("chat") or request.args.get("user", ""))
        text = conversation(chat.entries, part.issued_tokens())
    return Response(text, mimetype="text/plain")


@api.get("/story")
def get_story() -> ResponseReturnValue:
    """Return the recorded webhooks and calls as text."""
    part = platform()
    with part.world.feed.lock:
        return Response(story(part.records.deliveries, part.records.calls) + "\n", mimetype="text/plain")
