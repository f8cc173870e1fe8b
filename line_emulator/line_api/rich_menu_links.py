"""The endpoints about rich menu aliases, and about the menus of users."""

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.chats import Json
from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import checked_body, platform, require_shape, watch
from line_emulator.line_api.rich_menus import existing, require_image
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
    require_image(body["richMenuId"], unknown=400)
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
    require_image(body["richMenuId"], unknown=400)
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
    require_shape(alias_id, alias, "richMenuAliasId")
    if alias not in platform().menus.aliases:
        raise RefusedError(404, "richmenu alias not found")


@api.post("/user/<user_id>/richmenu/<menu_id>")
def link(user_id: str, menu_id: str) -> ResponseReturnValue:
    require_shape(values.user_id, user_id, "userId")
    require_image(menu_id)
    platform().menus.link(user_id, menu_id)
    return jsonify({})


@api.get("/user/<user_id>/richmenu")
def get_linked(user_id: str) -> ResponseReturnValue:
    require_shape(values.user_id, user_id, "userId")
    user = platform().world.users.get(user_id)
    if user is None or user.rich_menu is None:
        raise RefusedError(404, "the user has no richmenu")
    return jsonify({"richMenuId": user.rich_menu})


@api.delete("/user/<user_id>/richmenu")
def unlink(user_id: str) -> ResponseReturnValue:
    require_shape(values.user_id, user_id, "userId")
    platform().menus.link(user_id, None)
    return jsonify({})


@api.post("/richmenu/bulk/link")
def bulk_link() -> ResponseReturnValue:
    body = checked_body(rules.bulk_link)
    require_image(body["richMenuId"], unknown=400)
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
    _checked_operations()
    return jsonify({})


@api.post("/richmenu/batch")
def batch() -> ResponseReturnValue:
    """Run the operations at once. Their progress can be asked for by the ID of this request."""
    platform().menus.run_batch(_checked_operations(), g.request_id)
    return jsonify({}), 202


def _checked_operations() -> list[Json]:
    """Return the operations; 404 for menus that do not exist, 400 for a new one without an image."""
    operations: list[Json] = checked_body(rules.batch)["operations"]
    for operation in operations:
        if "from" in operation:
            existing(operation["from"])
        if "to" in operation:
            require_image(operation["to"])
    return operations


@api.get("/richmenu/progress/batch")
def progress() -> ResponseReturnValue:
    request_id = request.args.get("requestId", "")
    if request_id not in platform().menus.batches:
        raise RefusedError(404, "no such request")
    return jsonify(platform().menus.batches[request_id])
