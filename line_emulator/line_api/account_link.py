"""The link tokens, and the dialog of LINE that ends the linking of an account."""

from html import escape

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import platform, require_shape, watch
from line_emulator.rules import values

api = Blueprint("account_link", __name__)
watch(api)
dialog = Blueprint("account_link_dialog", __name__)
watch(dialog, needs_token=False)
_PAGE = "<!doctype html><meta charset=utf-8><title>LINE</title><p>{}</p>"


@api.post("/v2/bot/user/<user_id>/linkToken")
def issue_link_token(user_id: str) -> ResponseReturnValue:
    """Return a token that the user can spend once, within ten minutes."""
    require_shape(values.user_id, user_id, "userId")
    if user_id not in platform().world.users:
        raise RefusedError(404, "Not found")
    return jsonify({"linkToken": platform().link_tokens.issue(user_id)})


@dialog.get("/dialog/bot/accountLink")
def link_account() -> ResponseReturnValue:
    """Link the account as the user's browser does: spend the token, and send the event with the nonce."""
    nonce = request.args.get("nonce", "")
    if not 10 <= len(nonce) <= 255:
        raise RefusedError(400, "nonce must have 10 to 255 characters")
    user = platform().link_tokens.spend(request.args.get("linkToken", ""))
    if user is None:
        raise RefusedError(400, "the link token is unknown, used or expired")
    platform().phone.account_link(user, nonce)
    name = escape(platform().world.user(user).name)
    return Response(_PAGE.format(f"{name}: account linked. / アカウントを連携しました。"), mimetype="text/html")
