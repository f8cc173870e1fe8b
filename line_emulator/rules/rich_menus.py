"""Rich menus, their aliases, and operations on many users at once."""

from collections.abc import Iterator
from typing import Any

from line_emulator.rules.actions import alias_id, in_rich_menu
from line_emulator.rules.checks import Check, Problem, flag, items, record, shaped, softened, tagged, text, whole
from line_emulator.rules.images import picture_size
from line_emulator.rules.values import user_id

NARROWEST, WIDEST, LOWEST, FLATTEST = 800, 2500, 250, 1.45
IMAGE_BYTES = 1_000_000
menu_id = shaped(r"richmenu-[0-9a-f]{32}", "a rich menu ID")


def _proportions(width: int, height: int) -> str | None:
    """Yield what is wrong with the size of a picture."""
    if not NARROWEST <= width <= WIDEST:
        return f"the width must be from {NARROWEST} to {WIDEST} pixels"
    if height < LOWEST:
        return f"the height must be at least {LOWEST} pixels"
    if width / height < FLATTEST:
        return f"width / height must be at least {FLATTEST}"
    return None


def _right_size(value: Any, at: str) -> Iterator[Problem]:
    if wrong := _proportions(value["width"], value["height"]):
        yield Problem(at, wrong)


def _areas_inside(value: Any, at: str) -> Iterator[Problem]:
    size = value["size"]
    for index, area in enumerate(value["areas"]):
        bounds = area["bounds"]
        over = max(bounds["x"] + bounds["width"] - size["width"], bounds["y"] + bounds["height"] - size["height"])
        if over > 0:
            # Thirds of 2,500 pixels, rounded up, end at 2,501 in LINE's own tutorials.
            yield Problem(f"{at}/areas/{index}/bounds", "lies outside the menu", tolerated=over == 1)


_length = whole(least=1)
_place = whole(least=0)
_bounds = record(required={"x": _place, "y": _place, "width": _length, "height": _length})
_area = record(required={"bounds": _bounds, "action": in_rich_menu})
rich_menu = record(
    required={
        "size": record(required={"width": _length, "height": _length}, rules=(_right_size,)),
        "selected": flag,
        "name": text(most=300, by_graphemes=True),
        "chatBarText": text(most=14, by_graphemes=True),
        "areas": softened(items(_area, least=1, most=20), items(_area, most=20)),
    },
    rules=(_areas_inside,),
)

create_alias = record(required={"richMenuAliasId": alias_id, "richMenuId": menu_id})
update_alias = record(required={"richMenuId": menu_id})
_users = items(user_id, least=1, most=500)
bulk_link = record(required={"richMenuId": menu_id, "userIds": _users})
bulk_unlink = record(required={"userIds": _users})

_operation = tagged(
    {
        "link": record(required={"from": menu_id, "to": menu_id}),
        "unlink": record(required={"from": menu_id}),
        "unlinkAll": record(),
    },
    "operation",
)


def _operations_agree(value: Any, at: str) -> Iterator[Problem]:
    operations = value["operations"]
    sources = [operation["from"] for operation in operations if "from" in operation]
    if any(operation["type"] == "unlinkAll" for operation in operations) and len(operations) > 1:
        yield Problem(f"{at}/operations", "unlinkAll must stand alone")
    if len(sources) != len(set(sources)):
        yield Problem(f"{at}/operations", "the same from is given twice")


batch = record(
    required={"operations": items(_operation, least=1, most=1000)},
    optional={"resumeRequestKey": shaped(r"[0-9A-Za-z_-]{1,100}", "1 to 100 of 0-9A-Za-z_-")},
    rules=(_operations_agree,),
)


def image_check(content_type: str, size: dict[str, int]) -> Check:
    """Return the check of a menu's image, given as bytes, against its type and the menu's size."""

    def check(value: Any, at: str) -> Iterator[Problem]:
        if len(value) > IMAGE_BYTES:
            yield Problem(at, f"{len(value)} bytes, at most {IMAGE_BYTES}")
        kind, width, height = picture_size(value)
        if kind != content_type:
            yield Problem(at, f"is not a picture of type {content_type}")
        elif wrong := _proportions(width, height):
            yield Problem(at, wrong)
        elif (width, height) != (size["width"], size["height"]):
            yield Problem(at, f"is {width}x{height}, but the menu says {size['width']}x{size['height']}")

    return check
