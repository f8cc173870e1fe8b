"""The endpoints about rich menu aliases, and about the menus of users."""

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.line_api.guard import checked_body, platform, watch
from line_emulator.line_api.rich_menus import require_image
from line_emulator.refusals import RefusedError, insist
from line_emulator.rich_menu_store import MOST_ALIASES
from line_emulator.rules import rich_menus as rules
from line_emulator.rules import values
from line_emulator.rules.actions import alias_id

api = Blueprint("rich_menu_links", __name__, url_prefix="/v2/bot")
watch(api)


@api.post("/richmenu/alias")
def create_alias() -> ResponseReturnValue:
    body = checked_body(rules.create_alias)
    aliases = platform().menus.aliases
    require_image(body["richMenuId"])
    if body["richMenuAliasId"] in aliases:
        raise RefusedError(400, "conflict richmenu alias id")
    if len(aliases) >= MOST_ALIASES:
        raise RefusedError(400, f"at most {MOST_ALIASES} rich menu aliases")
    aliases[body["richMenuAliasId"]] = body["richMenuId"]
    return jsonify({})


@api.get("/richmenu/alias/list")
def list_aliases() -> ResponseReturnValue:
    aliases = platform().menus.aliases
    return jsonify({"aliases": [_alias(name) for name in aliases]})


@api.get("/richmenu/alias/<alias>")
def get_alias(alias: str) -> ResponseReturnValue:
    _existing_alias(alias)
    return jsonify(_alias(alias))


@api.post("/richmenu/alias/<alias>")
def update_alias(alias: str) -> ResponseReturnValue:
    body = checked_body(rules.update_alias)
    _existing_alias(alias)
    require_image(body["richMenuId"])
    platform().menus.aliases[alias] = body["richMenuId"]
    return jsonify({})


@api.delete("/richmenu/alias/<alias>")
def delete_alias(alias: str) -> ResponseReturnValue:
    _existing_alias(alias)
    del platform().menus.aliases[alias]
    return jsonify({})


def _alias(name: str) -> dict[str, str]:
    return {"richMenuAliasId": name, "richMenuId": platform().menus.aliases[name]}


def _existing_alias(alias: str) -> None:
    """Return the menu of the alias; 400 for an impossible alias, 404 for an unknown one."""
    insist(alias_id, alias)
    if alias not in platform().menus.aliases:
        raise RefusedError(404, "richmenu alias not found")


@api.post("/user/<user_id>/richmenu/<menu_id>")
def link(user_id: str, menu_id: str) -> ResponseReturnValue:
    insist(values.user_id, user_id)
    require_image(menu_id)
    platform().menus.link(user_id, menu_id)
    return jsonify({})


@api.get("/user/<user_id>/richmenu")
def get_linked(user_id: str) -> ResponseReturnValue:
    insist(values.user_id, user_id)
    user = platform().world.users.get(user_id)
    if user is None or user.rich_menu is None:
        raise RefusedError(404, "the user has no richmenu")
    return jsonify({"richMenuId": user.rich_menu})


@api.delete("/user/<user_id>/richmenu")
def unlink(user_id: str) -> ResponseReturnValue:
    insist(values.user_id, user_id)
    platform().menus.link(user_id, None)
    return jsonify({})


@api.post("/richmenu/bulk/link")
def bulk_link() -> ResponseReturnValue:
    body = checked_body(rules.bulk_link)
    require_image(body["richMenuId"])
    for user_id in body["userIds"]:
        platform().menus.link(user_id, body["richMenuId"])
    return jsonify({}), 202


@api.post("/richmenu/bulk/unlink")
def bulk_unlink() -> ResponseReturnValue:
    for user_id in checked_body(rules.bulk_unlink)["userIds"]:
        platform().menus.link(user_id, None)
    return jsonify({}), 202


@api.post("/richmenu/validate/batch")
def validate_batch() -> ResponseReturnValue:
    checked_body(rules.batch)
    return jsonify({})


@api.post("/richmenu/batch")
def batch() -> ResponseReturnValue:
    """Run the operations at once. Their progress can be asked for by the ID of this request."""
    operations = checked_body(rules.batch)["operations"]
    for operation in operations:
        if "to" in operation:
            require_image(operation["to"])
    platform().menus.run_batch(operations, g.request_id)
    return jsonify({}), 202


@api.get("/richmenu/progress/batch")
def progress() -> ResponseReturnValue:
    request_id = request.args.get("requestId", "")
    if request_id not in platform().menus.batches:
        raise RefusedError(404, "no such request")
    return jsonify(platform().menus.batches[request_id])
