"""The endpoints about rich menus: objects, images and the default."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from line_emulator.chats import Json
from line_emulator.errors import RefusedError
from line_emulator.line_api.guard import checked_body, insist, platform, watch
from line_emulator.rich_menu_store import MOST_MENUS
from line_emulator.rules import rich_menus as rules

api = Blueprint("rich_menus", __name__, url_prefix="/v2/bot")
watch(api)
_IMAGE_TYPES = ("image/png", "image/jpeg")


def existing(menu_id: str) -> Json:
    """Return the menu, or 404."""
    menus = platform().menus.menus
    if menu_id not in menus:
        raise RefusedError(404, "richmenu not found")
    return menus[menu_id]


def require_image(menu_id: str, *, unknown: int = 404) -> None:
    """Answer 400 for a menu that has no image yet, and `unknown` for one that does not exist."""
    if menu_id not in platform().menus.menus:
        raise RefusedError(unknown, "richmenu not found")
    if not platform().menus.showable(menu_id):
        raise RefusedError(400, "must upload richmenu image before applying it to user")


@api.post("/richmenu")
def create() -> ResponseReturnValue:
    menu = checked_body(rules.rich_menu)
    if len(platform().menus.menus) >= MOST_MENUS:
        raise RefusedError(400, f"at most {MOST_MENUS} rich menus")
    return jsonify({"richMenuId": platform().menus.create(menu)})


@api.post("/richmenu/validate")
def validate() -> ResponseReturnValue:
    checked_body(rules.rich_menu)
    return jsonify({})


@api.get("/richmenu/list")
def list_menus() -> ResponseReturnValue:
    return jsonify({"richmenus": list(platform().menus.menus.values())})


@api.get("/richmenu/<menu_id>")
def get(menu_id: str) -> ResponseReturnValue:
    return jsonify(existing(menu_id))


@api.delete("/richmenu/<menu_id>")
def delete(menu_id: str) -> ResponseReturnValue:
    existing(menu_id)
    platform().menus.delete(menu_id)
    return jsonify({})


@api.post("/richmenu/<menu_id>/content")
def upload(menu_id: str) -> ResponseReturnValue:
    """Store the image; it can never be replaced."""
    menu = existing(menu_id)
    if request.mimetype not in _IMAGE_TYPES:
        raise RefusedError(415, f"Unsupported Media Type: must be {' or '.join(_IMAGE_TYPES)}")
    if menu_id in platform().menus.images:
        raise RefusedError(400, "An image has already been uploaded to the richmenu")
    data = request.get_data()
    insist(rules.image_check(request.mimetype, menu["size"]), data)
    platform().menus.set_image(menu_id, request.mimetype, data)
    return jsonify({})


@api.get("/richmenu/<menu_id>/content")
def download(menu_id: str) -> ResponseReturnValue:
    existing(menu_id)
    if menu_id not in platform().menus.images:
        raise RefusedError(404, "no image has been uploaded")
    mime, data = platform().menus.images[menu_id]
    return Response(data, mimetype=mime)


@api.post("/user/all/richmenu/<menu_id>")
def set_default(menu_id: str) -> ResponseReturnValue:
    require_image(menu_id)
    platform().menus.set_default(menu_id)
    return jsonify({})


@api.get("/user/all/richmenu")
def get_default() -> ResponseReturnValue:
    if platform().menus.default is None:
        raise RefusedError(404, "no default richmenu")
    return jsonify({"richMenuId": platform().menus.default})


@api.delete("/user/all/richmenu")
def clear_default() -> ResponseReturnValue:
    platform().menus.set_default(None)
    return jsonify({})
