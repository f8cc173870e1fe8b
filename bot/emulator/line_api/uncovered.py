"""Everything of LINE's API that the emulator does not do: 501, and it says so."""

from typing import NoReturn

from flask import Blueprint, request

from bot.emulator.line_api.guard import watch
from bot.emulator.refusals import RefusedError

api = Blueprint("uncovered", __name__)
watch(api, covered=False)  # some of it, such as the making of tokens, has no token to show yet
_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")


@api.route("/<any(v2, v3, oauth2, bot, liff, friendship, notifier, dynamic):first>/<path:rest>", methods=_METHODS)
def uncovered(first: str, rest: str) -> NoReturn:
    raise RefusedError(501, f"The emulator does not cover {request.method} /{first}/{rest}; see docs/emulator.md")
